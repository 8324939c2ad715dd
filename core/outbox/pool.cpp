// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/pool.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "core/crypto/running_hash.hpp"

namespace pillarbox::outbox {
namespace {

constexpr std::uint64_t capacity_slot_count_max = std::uint64_t{1} << 20U;  // 4 GiB: more is damage, not use
constexpr std::uint64_t block_slot_count =
    256;  // 1 MiB; at 30 responses a day more than a week before the pool grows

// Sorts the readable parts into complete items; those of incomplete ones count as quarantined.
void gather_items(PoolSurvey& survey) {
    std::map<ItemId, std::vector<const Part*>> by_item;
    for (const Part& part : survey.parts) {
        by_item[part.label.id].push_back(&part);
    }
    for (auto& [id, parts] : by_item) {
        std::ranges::sort(parts, {}, [](const Part* part) { return part->label.number; });
        bool complete = parts.size() == parts.front()->label.count;
        StoredItem stored;
        stored.envelope_size_bytes = envelope_size_bytes_in(parts.front()->label);
        for (const Part* part : parts) {
            complete = complete && part->label.number == stored.positions.size() &&
                       part->label.item_size_bytes == parts.front()->label.item_size_bytes;
            stored.positions.push_back(part->position);
        }
        if (complete && parts.front()->label.of_test) {
            survey.tests.insert(id);
        }
        if (complete) {
            survey.items.emplace(id, std::move(stored));
        } else {
            survey.quarantined += parts.size();
        }
    }
}

}  // namespace

Pool::Pool(sqlite::Statement capacity, sqlite::Statement set_capacity, sqlite::Statement read,
           sqlite::Statement insert, sqlite::Statement write, base::Random& random,
           const std::set<Position>& unreadable)
    : capacity_(std::move(capacity)),
      set_capacity_(std::move(set_capacity)),
      read_(std::move(read)),
      insert_(std::move(insert)),
      write_(std::move(write)),
      random_(&random),
      unreadable_(&unreadable) {}

base::Result<Pool> Pool::over(sqlite::Connection& connection, base::Random& random,
                              const std::set<Position>& unreadable) {
    auto capacity = TRY(connection.prepare("SELECT capacity, page_count FROM pool, pragma_page_count WHERE one = 1"));
    auto set_capacity = TRY(connection.prepare("UPDATE pool SET capacity = ? WHERE one = 1"));
    auto read = TRY(connection.prepare("SELECT used, content FROM slot WHERE position = ?"));
    auto insert = TRY(connection.prepare("INSERT INTO slot(position, used, content) VALUES(?, 0, ?)"));
    // RETURNING tells a row that was not there (a damaged file) from one that was written.
    auto write =
        TRY(connection.prepare("UPDATE slot SET used = ?, content = ? WHERE position = ? RETURNING position"));
    return Pool(std::move(capacity), std::move(set_capacity), std::move(read), std::move(insert), std::move(write),
                random, unreadable);
}

base::Result<std::uint64_t> Pool::capacity() {
    auto rows = TRY(capacity_.query());
    if (!TRY(rows.next())) {
        return base::fail(base::ErrorCode::damaged, "outbox", "The pool does not say how large it is.");
    }
    const std::uint64_t capacity = TRY(rows.unsigned_integer(0));
    // A slot has a page of its own. More slots than the file has pages is a number that nobody wrote, and looking for
    // them all would keep the kiosk busy for minutes.
    const std::uint64_t page_count = TRY(rows.unsigned_integer(1));
    if (capacity > capacity_slot_count_max || capacity > page_count) {
        return base::fail(base::ErrorCode::damaged, "outbox", "The pool's size is damaged.");
    }
    return capacity;
}

base::Result<void> Pool::survey_slot(Position position, PoolSurvey& survey) {
    auto rows = TRY(read_.query(position));
    if (!TRY(rows.next())) {
        ++survey.quarantined;
        return {};
    }
    const base::ByteView content = TRY(rows.bytes(1));
    const std::optional<PartLabel> label = label_of(content);
    if (label.has_value()) {
        // The digest decides, not the mark: a mark that lost its bit must not let an item be overwritten.
        survey.parts.push_back(Part{position, *label});
        return {};
    }
    const std::uint64_t used = TRY(rows.unsigned_integer(0));
    if (used == 0 && content.size() == slot_size_bytes) {
        survey.free.push_back(position);
    } else {
        ++survey.quarantined;
    }
    return {};
}

base::Result<PoolSurvey> Pool::survey() {
    PoolSurvey survey;
    survey.capacity = TRY(capacity());
    for (Position position = 1; position <= survey.capacity; ++position) {
        if (unreadable_->contains(position)) {
            ++survey.quarantined;
        } else {
            TRY(survey_slot(position, survey));
        }
    }
    gather_items(survey);
    return survey;
}

base::Result<void> Pool::meet(Position position) {
    auto rows = TRY(read_.query(position));
    if (TRY(rows.next())) {
        TRY(rows.bytes(1));
    }
    return {};
}

base::Result<std::set<Position>> Pool::find_unreadable() {
    std::set<Position> unreadable;
    const std::uint64_t slot_count = TRY(capacity());
    for (Position position = 1; position <= slot_count; ++position) {
        const auto seen = meet(position);
        if (!seen.has_value() && seen.error().code != base::ErrorCode::damaged) {
            return std::unexpected(seen.error());
        }
        if (!seen.has_value()) {
            unreadable.insert(position);
        }
    }
    return unreadable;
}

base::Result<base::Bytes> Pool::read(Position position) {
    auto rows = TRY(read_.query(position));
    if (!TRY(rows.next())) {
        return base::fail(base::ErrorCode::damaged, "outbox", "A slot of the pool is missing.");
    }
    const base::ByteView content = TRY(rows.bytes(1));
    return base::Bytes(content.begin(), content.end());
}

base::Result<batch::Item> Pool::item_at(const StoredItem& stored) {
    std::vector<base::Bytes> slots;
    for (const Position position : stored.positions) {
        slots.push_back(TRY(read(position)));
    }
    return item_of(slots);
}

base::Result<PartLabel> Pool::first_label(const std::vector<Position>& positions) {
    const base::Bytes slot = TRY(read(positions.front()));
    const std::optional<PartLabel> label = label_of(slot);
    if (!label.has_value() || label->count != positions.size()) {
        return base::fail(base::ErrorCode::damaged, "outbox", "A part of an envelope is damaged.");
    }
    return *label;
}

base::Result<batch::Item> Pool::named_item_at(const StoredItem& stored) {
    const PartLabel first = TRY(first_label(stored.positions));
    batch::Item item;
    crypto::RunningHash hash;
    for (std::size_t number = 0; number < stored.positions.size(); ++number) {
        const base::Bytes slot = TRY(read(stored.positions[number]));
        base::ByteView content = TRY(content_of(slot, first, number));
        if (number == 0) {
            std::ranges::copy(content.first(tag_size_bytes), item.tag.begin());
            content = content.subspan(tag_size_bytes);
        }
        hash.add(content);
    }
    item.large = batch::LargeEnvelope{hash.finish(), std::uint64_t{first.item_size_bytes} - tag_size_bytes};
    return item;
}

base::Result<base::Bytes> Pool::piece_at(const StoredItem& stored, std::uint64_t offset, std::size_t size_bytes) {
    const PartLabel first = TRY(first_label(stored.positions));
    std::size_t at = tag_size_bytes + static_cast<std::size_t>(offset);
    const std::size_t end = at + size_bytes;
    base::Bytes piece;
    piece.reserve(size_bytes);
    while (at < end) {
        const std::size_t number = at / part_size_bytes;
        const base::Bytes slot = TRY(read(stored.positions[number]));
        const base::ByteView content = TRY(content_of(slot, first, number));
        const base::ByteView rest = content.subspan(at % part_size_bytes);
        const base::ByteView wanted = rest.first(std::min(rest.size(), end - at));
        piece.insert(piece.end(), wanted.begin(), wanted.end());
        at += wanted.size();
    }
    return piece;
}

base::Result<void> Pool::release(Position position) {
    return write_.run(0, base::ByteView(random_slot(*random_)), position);
}

// Guesses positions until enough of them are free: any free slot is as likely as any other, and only the slots that
// were met are read and hashed. Fewer than asked for where the pool is so full that guessing does not pay.
base::Result<std::vector<Position>> Pool::guess_free(std::size_t slot_count) {
    constexpr std::size_t guesses_per_slot = 16;
    const std::uint64_t slots_in_pool = TRY(capacity());
    std::set<Position> seen;
    PoolSurvey found;
    const std::size_t guess_count = slots_in_pool == 0 ? 0 : slot_count * guesses_per_slot;
    for (std::size_t guess = 0; guess < guess_count && found.free.size() < slot_count; ++guess) {
        const Position position = 1 + random_->below(slots_in_pool);
        if (!unreadable_->contains(position) && seen.insert(position).second) {
            TRY(survey_slot(position, found));
        }
    }
    return std::move(found.free);
}

base::Result<std::vector<Position>> Pool::find_free(std::size_t slot_count) {
    std::vector<Position> guessed = TRY(guess_free(slot_count));
    if (guessed.size() >= slot_count) {
        return guessed;
    }
    PoolSurvey now = TRY(survey());
    if (now.free.size() < slot_count) {
        TRY(grow(slot_count - now.free.size()));
        now = TRY(survey());
    }
    random_->shuffle(now.free);
    return std::move(now.free);
}

base::Result<void> Pool::put(const std::vector<base::Bytes>& slots) {
    const std::vector<Position> free = TRY(find_free(slots.size()));
    for (std::size_t index = 0; index < slots.size(); ++index) {
        auto rows = TRY(write_.query(1, base::ByteView(slots[index]), free[index]));
        if (!TRY(rows.next())) {
            return base::fail(base::ErrorCode::damaged, "outbox", "A slot of the pool is missing.");
        }
        static_cast<void>(TRY(rows.next()));  // to the end: only then the row is written for good
    }
    return {};
}

base::Result<void> Pool::grow(std::uint64_t slot_count) {
    const PoolSurvey before = TRY(survey());
    const std::uint64_t block_count = (slot_count + block_slot_count - 1) / block_slot_count;
    const std::uint64_t capacity = before.capacity + block_count * block_slot_count;
    std::vector<Position> places;
    for (const auto& [id, stored] : before.items) {
        places.insert(places.end(), stored.positions.begin(), stored.positions.end());
    }
    const std::size_t used = places.size();
    places.insert(places.end(), before.free.begin(), before.free.end());
    for (Position position = before.capacity + 1; position <= capacity; ++position) {
        TRY(insert_.run(position, base::ByteView(random_slot(*random_))));
        places.push_back(position);
    }
    TRY(set_capacity_.run(capacity));
    // Without this move, whatever lies in the new block would be known to be younger than the rest.
    return move_about(places, used);
}

// Gives what lies at the first `used` of the places, and the room at the others, new places among them, all ways of
// which are as likely. From one place on to where its content goes, and so on until the circle is closed: each slot
// is written once, and two of them are in memory, however many there are.
base::Result<void> Pool::move_about(const std::vector<Position>& places, std::size_t used) {
    std::vector<std::size_t> goes_to(places.size());
    std::iota(goes_to.begin(), goes_to.end(), std::size_t{0});
    random_->shuffle(goes_to);
    std::vector<bool> moved(places.size());
    const auto content_at = [&](std::size_t place) {
        return place < used ? read(places[place]) : base::Result<base::Bytes>(base::Bytes());
    };
    for (std::size_t start = 0; start < places.size(); ++start) {
        if (moved[start]) {
            continue;
        }
        base::Bytes content = TRY(content_at(start));
        std::size_t place = start;
        do {
            const std::size_t target = goes_to[place];
            base::Bytes displaced = TRY(content_at(target));
            TRY(place < used ? write_.run(1, base::ByteView(content), places[target]) : release(places[target]));
            moved[target] = true;
            content = std::move(displaced);
            place = target;
        } while (place != start);
    }
    return {};
}

}  // namespace pillarbox::outbox
