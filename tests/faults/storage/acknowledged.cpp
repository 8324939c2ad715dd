// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/acknowledged.hpp"

namespace pillarbox::tests {

Account::Account()
    : key_(*crypto::SigningKey::from_seed(base::Bytes(32, 7))), log_id_(batch::log_id_of(key_.verify_key(), {})) {}

void Account::start(outbox::Outbox& outbox) {
    started_ = outbox.start_log(log_id_).has_value() || started_;
}

void Account::add(outbox::Outbox& outbox, const batch::Item& item) {
    Fate& fate = items_[item.envelope];
    fate.attempted = 1;
    fate.certain = outbox.add(item).has_value() ? 1 : 0;
}

base::Result<std::optional<base::Bytes>> Account::draw_from(outbox::Outbox& outbox) {
    batch::Limits limits;
    limits.batch_size_bytes_max = 40'000;
    return outbox.draw_batch("test", crypto::Digest{}, key_, limits);
}

void Account::draw(outbox::Outbox& outbox) {
    auto drawn = draw_from(outbox);
    if (drawn.has_value() && drawn->has_value()) {
        const std::uint64_t number = batch::parse_batch(**drawn, {})->header.number;
        batches_[number] = std::move(**drawn);
    }
}

void Account::purge(outbox::Outbox& outbox) {
    const auto head = outbox.head();
    if (!head.has_value()) {
        return;
    }
    batch::Receipt receipt;
    receipt.log_id = log_id_;
    receipt.stored = head->number;
    receipt.stored_hash = head->hash;
    receipt.safe = head->number;
    receipt_up_to_ = head->number;
    if (outbox.purge(receipt).has_value()) {
        purged_up_to_ = head->number;
    }
}

void Account::note_items(std::uint64_t number, const base::Bytes& bytes, std::vector<std::string>& broken) {
    const auto parsed = batch::parse_batch(bytes, {});
    if (!parsed.has_value() || !batch::verify_signature(*parsed, key_.verify_key()).has_value()) {
        broken.push_back("I4 a batch that was handed out does not parse or verify");
        return;
    }
    for (const batch::Item& item : parsed->items) {
        if (!items_.contains(item.envelope)) {
            broken.push_back("I3 an envelope came out that was never put in whole");
        }
        const auto [place, is_new] = batch_of_.emplace(item.envelope, number);
        if (!is_new && place->second != number) {
            broken.push_back("I1 an envelope is in two batches");
        }
    }
}

void Account::check_batches(outbox::Outbox& outbox, std::vector<std::string>& broken) {
    const auto head = outbox.head();
    const auto first = outbox.first_unpurged();
    if (!head.has_value() || !first.has_value()) {
        broken.push_back("I1 the log is gone");
        return;
    }
    const std::uint64_t drawn = batches_.empty() ? 0 : batches_.rbegin()->first;
    if (head->number < drawn || head->number > drawn + 1) {
        broken.push_back("I1 the chain's head is not where it was");
    }
    if (*first > receipt_up_to_ + 1 || *first <= purged_up_to_) {
        broken.push_back("I1 what is purged is not what receipts covered");
    }
    for (std::uint64_t number = *first; number <= head->number; ++number) {
        auto bytes = outbox.batch_at(number);
        const auto known = batches_.find(number);
        if (!bytes.has_value()) {
            broken.push_back("I1 a batch can't be read: " + bytes.error().what);
        } else if (known == batches_.end()) {
            batches_[number] = std::move(*bytes);  // drawn but not acknowledged: whole, and so from now on fixed
        } else if (known->second != *bytes) {
            broken.push_back("I1 a batch is not byte for byte what it was");
        }
    }
    crypto::Digest previous = batch::genesis_hash(log_id_);
    for (const auto& [number, bytes] : batches_) {
        const auto parsed = batch::parse_batch(bytes, {});
        if (!parsed.has_value() || parsed->header.number != number || parsed->header.previous != previous) {
            broken.push_back("I1 the chain does not hold together");
            return;
        }
        previous = batch::hash_of(parsed->header);
    }
}

std::vector<std::string> Account::check(outbox::Outbox& outbox) {
    std::vector<std::string> broken;
    const auto before = outbox.counts();
    if (!before.has_value() || before->quarantined != 0) {
        broken.push_back("I1 slots are damaged after the fault");
    }
    if (!started_) {
        start(outbox);
    }
    check_batches(outbox, broken);
    for (auto bytes = draw_from(outbox);; bytes = draw_from(outbox)) {
        if (!bytes.has_value()) {
            broken.push_back("I1 no batch can be drawn: " + bytes.error().what);
            break;
        }
        if (!bytes->has_value()) {
            break;
        }
        const auto parsed = batch::parse_batch(**bytes, {});
        batches_[parsed.has_value() ? parsed->header.number : 0] = std::move(**bytes);
    }
    for (const auto& [number, bytes] : batches_) {
        note_items(number, bytes, broken);
    }
    for (auto& [envelope, fate] : items_) {
        if (fate.certain == 1 && !batch_of_.contains(envelope)) {
            broken.push_back("I1 an acknowledged envelope is lost");
        }
        fate.certain = batch_of_.contains(envelope) ? 1 : fate.certain;
    }
    return broken;
}

}  // namespace pillarbox::tests
