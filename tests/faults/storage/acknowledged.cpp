// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/acknowledged.hpp"

#include <algorithm>
#include <utility>

#include "tests/faults/storage/station_work.hpp"

namespace pillarbox::tests {
namespace {

std::uint64_t number_in(const base::Bytes& batch_bytes) {
    const auto parsed = batch::parse_batch(batch_bytes, {});
    return parsed.has_value() ? parsed->header.number : 0;
}

}  // namespace

void Account::take(const Event& event, Heard heard) {
    const bool counts = heard == Heard::before_the_fault;
    switch (event.kind) {
        case EventKind::has_started:
            started_ = started_ || counts;
            break;
        case EventKind::will_add:
            items_.emplace(event.bytes, Fate::attempted);
            break;
        case EventKind::has_added:
            items_[event.bytes] = counts ? Fate::acknowledged : items_[event.bytes];
            break;
        case EventKind::will_draw:
            ++draws_open_;
            break;
        case EventKind::has_drawn:
            (counts ? batches_ : left_unsaid_)[number_in(event.bytes)] = event.bytes;
            draws_open_ = counts ? 0 : draws_open_;
            break;
        case EventKind::will_purge:
            receipt_up_to_ = std::max(receipt_up_to_, event.number);
            break;
        case EventKind::has_purged:
            purged_up_to_ = counts ? std::max(purged_up_to_, event.number) : purged_up_to_;
            break;
        case EventKind::will_upload:
        case EventKind::has_uploaded:
        case EventKind::has_failed:
            break;
    }
}

std::size_t Account::acknowledged() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(items_, [](const auto& entry) { return entry.second == Fate::acknowledged; }));
}

void Account::note_items(std::uint64_t number, const base::Bytes& bytes, std::vector<std::string>& broken) {
    const auto parsed = batch::parse_batch(bytes, {});
    if (!parsed.has_value() || !batch::verify_signature(*parsed, device_key().verify_key()).has_value()) {
        broken.emplace_back("I4 a batch that was handed out does not parse or verify");
        return;
    }
    for (const batch::Item& item : parsed->items) {
        const base::Bytes whole = bytes_of_item(item);
        if (!items_.contains(whole)) {
            broken.emplace_back("I3 an envelope came out that was never put in whole");
        }
        const auto [place, is_new] = batch_of_.emplace(whole, number);
        if (!is_new && place->second != number) {
            broken.push_back("I1 an envelope is in two batches: " + std::to_string(place->second) + " and " +
                             std::to_string(number));
        }
    }
}

void Account::check_chain(std::vector<std::string>& broken) const {
    crypto::Digest previous = batch::genesis_hash(device_log_id());
    for (const auto& [number, bytes] : batches_) {
        const auto parsed = batch::parse_batch(bytes, {});
        if (!parsed.has_value() || parsed->header.number != number || parsed->header.previous != previous) {
            broken.emplace_back("I1 the chain does not hold together");
            return;
        }
        previous = batch::hash_of(parsed->header);
    }
}

void Account::check_batches(outbox::Outbox& outbox, std::vector<std::string>& broken) {
    const auto head = outbox.head();
    const auto first = outbox.first_unpurged();
    if (!head.has_value() || !first.has_value()) {
        broken.emplace_back("I1 the log is gone");
        return;
    }
    const std::uint64_t drawn = batches_.empty() ? 0 : batches_.rbegin()->first;
    if (head->number < drawn || head->number > drawn + draws_open_) {
        broken.emplace_back("I1 the chain's head is not where it was");
    }
    draws_open_ = 0;
    // A batch that was sent, and purged under the store's receipt, before its acknowledgement was read.
    for (auto& [number, bytes] : left_unsaid_) {
        if (number < *first) {
            batches_.emplace(number, std::move(bytes));
        }
    }
    left_unsaid_.clear();
    if (*first > receipt_up_to_ + 1 || *first <= purged_up_to_) {
        broken.emplace_back("I1 what is purged is not what receipts covered");
    }
    for (std::uint64_t number = *first; number <= head->number; ++number) {
        auto bytes = outbox.batch_at(number);
        const auto known = batches_.find(number);
        if (!bytes.has_value()) {
            broken.push_back("I1 a batch can't be read: " + bytes.error().what);
        } else if (known == batches_.end()) {
            batches_[number] = std::move(*bytes);  // drawn but not acknowledged: whole, and so from now on fixed
        } else if (known->second != *bytes) {
            broken.emplace_back("I1 a batch is not byte for byte what it was");
        }
    }
    check_chain(broken);
}

void Account::draw_the_rest(outbox::Outbox& outbox, std::vector<std::string>& broken) {
    while (true) {
        auto bytes = draw_from(outbox);
        if (!bytes.has_value()) {
            broken.push_back("I1 no batch can be drawn: " + bytes.error().what);
        }
        if (!bytes.has_value() || !bytes->has_value()) {
            return;
        }
        const std::uint64_t number = number_in(**bytes);
        batches_[number] = std::move(**bytes);
    }
}

std::vector<std::string> Account::check(outbox::Outbox& outbox) {
    std::vector<std::string> broken;
    const auto before = outbox.counts();
    if (!before.has_value() || before->quarantined != 0) {
        broken.emplace_back("I1 slots are damaged after the fault");
    }
    if (!started_) {
        started_ = outbox.start_log(device_log_id()).has_value();
    }
    check_batches(outbox, broken);
    draw_the_rest(outbox, broken);
    for (const auto& [number, bytes] : batches_) {
        note_items(number, bytes, broken);
    }
    for (auto& [item, fate] : items_) {
        const bool came_out = batch_of_.contains(item);
        if (fate == Fate::acknowledged && !came_out) {
            broken.emplace_back("I1 an acknowledged envelope is lost");
        }
        fate = came_out ? Fate::acknowledged : fate;
    }
    return broken;
}

}  // namespace pillarbox::tests
