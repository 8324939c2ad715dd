// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/rot/outbox_at_rest.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/outbox/outbox.hpp"
#include "core/outbox/slot.hpp"
#include "tests/faults/rot/damage.hpp"
#include "tests/faults/storage/station_work.hpp"

namespace pillarbox::tests {
namespace {

// A slot's row ends its page: the 4000 bytes of content are the page's last (docs/formats/outbox.md).
constexpr std::size_t content_offset = page_size_bytes - outbox::slot_size_bytes;

base::ByteView content_of_page(const base::Bytes& database, std::size_t page) {
    return base::ByteView(database).subspan(page * page_size_bytes + content_offset, outbox::slot_size_bytes);
}

// Which pages hold which item, read without SQLite and without the outbox.
void find_pages(OutboxAtRest& made) {
    struct Part {
        std::size_t page;
        outbox::PartLabel label;
    };
    std::map<outbox::ItemId, std::vector<Part>> parts;
    for (std::size_t page = 0; page < made.database.size() / page_size_bytes; ++page) {
        const auto label = outbox::label_of(content_of_page(made.database, page));
        if (label.has_value()) {
            parts[label->id].push_back({page, *label});
        }
        // A leaf with one row of a slot's size; the few other tables have far smaller rows.
        const std::size_t start = page * page_size_bytes;
        if (page > 0 && made.database[start] == 0x0d && made.database[start + 4] == 1 &&
            made.database[start + 5] == 0) {
            made.slot_pages.insert(page);
        }
        if (page > 0 && made.database[start] == 0x05) {
            made.leading_pages.insert(page);
        }
    }
    for (auto& [id, of_item] : parts) {
        std::ranges::sort(of_item, {}, [](const Part& part) { return part.label.number; });
        std::vector<base::Bytes> slots;
        std::set<std::size_t> pages;
        for (const Part& part : of_item) {
            const base::ByteView content = content_of_page(made.database, part.page);
            slots.emplace_back(content.begin(), content.end());
            pages.insert(part.page);
        }
        const auto item = outbox::item_of(slots);
        if (item.has_value() && made.held.contains(bytes_of_item(*item))) {
            made.pages_of[bytes_of_item(*item)] = pages;
        }
    }
}

void note_purged(OutboxAtRest& made) {
    for (const auto& [number, bytes] : made.batches) {
        const batch::Batch parsed = batch::parse_batch(bytes, {}).value();
        for (const batch::Item& item : parsed.items) {
            made.held.erase(bytes_of_item(item));
        }
    }
    made.batches.clear();
}

bool is_signed(const base::Bytes& bytes) {
    const auto parsed = batch::parse_batch(bytes, {});
    return !parsed.has_value() || batch::verify_signature(*parsed, device_key().verify_key()).has_value();
}

// What came out of the damaged outbox, and what it said.
struct Delivered {
    std::set<base::Bytes> items;
    bool told_damage = false;
    std::vector<std::string> broken;

    void take_batch(const base::Bytes& bytes) {
        const auto parsed = batch::parse_batch(bytes, {});
        if (!parsed.has_value() || !batch::verify_signature(*parsed, device_key().verify_key()).has_value()) {
            broken.emplace_back("I4 a batch was handed out that does not parse or verify");
            return;
        }
        for (const batch::Item& item : parsed->items) {
            items.insert(bytes_of_item(item));
        }
    }
};

void take_unpurged(outbox::Outbox& outbox, const OutboxAtRest& sound, Delivered& delivered) {
    const auto head = outbox.head();
    const auto first = outbox.first_unpurged();
    bool is_whole = head.has_value() && first.has_value();
    constexpr std::uint64_t batches_max = 1000;  // a damaged number must not make this long
    for (std::uint64_t number = is_whole ? *first : 1;
         is_whole && number <= head->number && number < *first + batches_max; ++number) {
        const auto bytes = outbox.batch_at(number);
        // A damaged signature is the store's to find: it refuses the batch, and so says it.
        is_whole = bytes.has_value() && is_signed(*bytes);
        if (is_whole) {
            delivered.take_batch(*bytes);
            const auto known = sound.batches.find(number);
            if (known != sound.batches.end() && known->second != *bytes) {
                delivered.broken.emplace_back("I4 a batch is not byte for byte what it was");
            }
        }
    }
    if (!is_whole) {
        delivered.told_damage = true;
        const auto restarted = outbox.restart_log(batch::log_id_of(device_key().verify_key(), device_log_id()));
        static_cast<void>(restarted);  // where there is no log, one is started below
    }
}

Delivered take_all(outbox::Outbox& outbox, const OutboxAtRest& sound) {
    Delivered delivered;
    const auto counts = outbox.counts();
    delivered.told_damage = !counts.has_value() || counts->quarantined > 0;
    take_unpurged(outbox, sound, delivered);
    const auto started = outbox.start_log(device_log_id());
    static_cast<void>(started);
    while (true) {
        const auto bytes = draw_from(outbox);
        delivered.told_damage = delivered.told_damage || !bytes.has_value();
        if (!bytes.has_value() || !bytes->has_value()) {
            return delivered;
        }
        delivered.take_batch(**bytes);
    }
}

std::vector<std::string> compare(const Delivered& delivered, const OutboxAtRest& sound,
                                 const std::set<std::size_t>& damaged, bool is_log_damaged) {
    std::vector<std::string> broken = delivered.broken;
    for (const base::Bytes& item : delivered.items) {
        if (!sound.ever.contains(item)) {
            broken.emplace_back("I4 an envelope came out that was never put in");
        }
    }
    for (const base::Bytes& item : sound.held) {
        const auto place = sound.pages_of.find(item);
        const bool is_in_log = place == sound.pages_of.end();
        if (delivered.items.contains(item) || (is_in_log && is_log_damaged)) {
            continue;
        }
        // A slot is lost with its own page, or with the page that leads to it.
        const bool is_damaged = !is_in_log && std::ranges::any_of(damaged, [&](std::size_t page) {
            return place->second.contains(page) || sound.leading_pages.contains(page);
        });
        if (!is_damaged) {
            broken.emplace_back("I1 an undamaged envelope is not delivered");
        } else if (!delivered.told_damage) {
            broken.emplace_back("I4 a damaged envelope is missing and nobody says so");
        }
    }
    return broken;
}

std::vector<std::string> check_refusal(const base::Error& error, const base::Bytes& before, const base::Bytes& after,
                                       const OutboxAtRest& sound, const std::set<std::size_t>& damaged) {
    std::vector<std::string> broken;
    const bool says_so = error.code == base::ErrorCode::damaged || error.code == base::ErrorCode::unsupported;
    if (!says_so || error.remedy.empty()) {
        broken.push_back("damage is not told as such: " + error.describe());
    }
    // What a file lost at its end may have been filled with zeros.
    const bool is_kept = after.size() >= before.size() && std::equal(before.begin(), before.end(), after.begin());
    if (!is_kept) {
        broken.emplace_back("a refused outbox is not left as it was");
    }
    const bool only_slots =
        std::ranges::all_of(damaged, [&](std::size_t page) { return sound.slot_pages.contains(page); });
    if (only_slots && !damaged.empty() && sound.log.empty()) {
        broken.push_back("I1 damaged slots keep the others from being delivered: " + error.describe());
    }
    return broken;
}

std::vector<std::string> open_and_compare(MemoryDisk& disk, const std::filesystem::path& path,
                                          const OutboxAtRest& sound, const base::Bytes& database,
                                          const base::Bytes& log, SeededRandom& random) {
    disk.clear();
    disk.put(path.string(), database);
    if (!log.empty()) {
        disk.put(path.string() + "-wal", log);
    }
    const std::set<std::size_t> damaged = changed_pages(sound.database, database);
    auto outbox = outbox::Outbox::open(path, random);
    if (!outbox.has_value()) {
        const base::Bytes* left = disk.content(path.string());
        return check_refusal(outbox.error(), database, left == nullptr || !log.empty() ? database : *left, sound,
                             damaged);
    }
    const batch::Item later = random_item(random);
    const bool is_kept = outbox->add(later).has_value();
    OutboxAtRest wanted = sound;
    wanted.ever.insert(bytes_of_item(later));
    Delivered delivered = take_all(*outbox, wanted);
    if (is_kept && !delivered.items.contains(bytes_of_item(later))) {
        delivered.broken.emplace_back("I1 an envelope that was added after the damage is not delivered");
    }
    return compare(delivered, wanted, damaged, log != sound.log);
}

}  // namespace

OutboxAtRest make_outbox_at_rest(MemoryDisk& disk, const std::filesystem::path& path, std::uint64_t seed) {
    OutboxAtRest made;
    SeededRandom random(seed);
    disk.clear();
    {
        auto outbox = outbox::Outbox::open(path, random).value();
        PILLARBOX_CHECK(outbox.start_log(device_log_id()).has_value());
        const auto add = [&] {
            const batch::Item item = random_item(random);
            made.ever.insert(bytes_of_item(item));
            const bool kept = outbox.add(item).has_value();
            if (kept) {
                made.held.insert(bytes_of_item(item));
            }
            return kept;
        };
        for (int count = 0; count < 24; ++count) {
            PILLARBOX_CHECK(add());
            if (count % 6 == 5 && count < (seed % 2 == 0 ? 18 : 12)) {
                const base::Bytes bytes = draw_from(outbox, small_batch_size_bytes).value().value();
                made.batches[batch::parse_batch(bytes, {})->header.number] = bytes;
            }
            if (count == 8 && seed % 3 == 0) {
                const auto head = outbox.head().value();
                batch::Receipt receipt;
                receipt.log_id = head.log_id;
                receipt.stored = head.number;
                receipt.stored_hash = head.hash;
                receipt.safe = head.number;
                PILLARBOX_CHECK(outbox.purge(receipt).has_value());
                note_purged(made);
            }
        }
        // Every fourth was killed between a commit and the emptying of the log.
        for (int change = 1; seed % 4 == 3 && disk.content(path.string() + "-wal")->empty(); ++change) {
            disk.fail_after(static_cast<std::uint64_t>(change));
            add();
            if (disk.has_power() || !disk.content(path.string() + "-wal")->empty()) {
                break;
            }
        }
        if (seed % 4 == 3) {
            disk.fail_after(0);
        }
    }
    made.database = *disk.content(path.string());
    const base::Bytes* log = disk.content(path.string() + "-wal");
    made.log = log == nullptr ? base::Bytes() : *log;
    find_pages(made);
    PILLARBOX_CHECK(!made.log.empty() || made.pages_of.size() == made.held.size());
    return made;
}

std::vector<std::string> rot_outbox(MemoryDisk& disk, const std::filesystem::path& path, const OutboxAtRest& sound,
                                    SeededRandom& random) {
    base::Bytes database = sound.database;
    base::Bytes log = sound.log;
    damage(!log.empty() && random.in_percent(40) ? log : database, random);
    return open_and_compare(disk, path, sound, database, log, random);
}

std::vector<std::string> rot_unseen(MemoryDisk& disk, const std::filesystem::path& path, const OutboxAtRest& sound,
                                    SeededRandom& random) {
    std::set<std::size_t> waiting;  // pages of items in no batch: a batch has a second digest
    std::set<base::Bytes> batched;
    for (const auto& [number, bytes] : sound.batches) {
        const batch::Batch parsed = batch::parse_batch(bytes, {}).value();
        for (const batch::Item& item : parsed.items) {
            batched.insert(bytes_of_item(item));
        }
    }
    for (const auto& [item, pages] : sound.pages_of) {
        if (!batched.contains(item)) {
            waiting.insert(pages.begin(), pages.end());
        }
    }
    PILLARBOX_CHECK(!waiting.empty());
    const std::size_t page = *std::next(waiting.begin(), static_cast<std::ptrdiff_t>(random.below(waiting.size())));
    base::Bytes database = sound.database;
    const auto slot = std::span(database).subspan(page * page_size_bytes + content_offset, outbox::slot_size_bytes);
    slot[outbox::part_offset_bytes + random.below(100)] ^= 1U;
    std::ranges::copy(crypto::sha256(slot.subspan(32)), slot.begin());
    return open_and_compare(disk, path, sound, database, sound.log, random);
}

}  // namespace pillarbox::tests
