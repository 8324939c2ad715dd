// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/station_work.hpp"

#include <utility>

namespace pillarbox::tests {

const crypto::SigningKey& device_key() {
    static const crypto::SigningKey key = *crypto::SigningKey::from_seed(base::Bytes(32, 7));
    return key;
}

batch::LogId device_log_id() {
    return batch::log_id_of(device_key().verify_key(), {});
}

batch::Item random_item(SeededRandom& random) {
    batch::Item item;
    random.fill(item.tag);
    item.envelope.resize(200 + random.below(random.in_percent(10) ? 30'000 : 3'000));
    random.fill(item.envelope);
    return item;
}

base::Bytes bytes_of_item(const batch::Item& item) {
    base::Bytes bytes(item.tag.begin(), item.tag.end());
    bytes.insert(bytes.end(), item.envelope.begin(), item.envelope.end());
    return bytes;
}

base::Result<std::optional<base::Bytes>> draw_from(outbox::Outbox& outbox, std::size_t batch_size_bytes_max) {
    batch::Limits limits;
    limits.batch_size_bytes_max = batch_size_bytes_max;
    return outbox.draw_batch("test", crypto::Digest{}, device_key(), limits);
}

StationWork::StationWork(outbox::Outbox& outbox, SeededRandom& random, Tell tell, Thanks thanks)
    : outbox_(&outbox), random_(&random), tell_(std::move(tell)), thanks_(thanks) {}

void StationWork::tell_failure(const base::Error& error) {
    tell_({EventKind::has_failed, static_cast<std::uint64_t>(error.code), base::bytes_of(error.describe())});
}

void StationWork::start() {
    const auto started = outbox_->start_log(device_log_id());
    is_started_ = started.has_value();
    if (is_started_) {
        tell_({EventKind::has_started, 0, {}});
    } else {
        tell_failure(started.error());
    }
}

void StationWork::add() {
    const batch::Item item = random_item(*random_);
    base::Bytes bytes = bytes_of_item(item);
    tell_({EventKind::will_add, 0, bytes});
    const auto added = outbox_->add(item);
    if (!added.has_value()) {
        tell_failure(added.error());
    }
    if (added.has_value() || thanks_ == Thanks::careless) {
        tell_({EventKind::has_added, 0, std::move(bytes)});
    }
}

void StationWork::draw() {
    if (!is_started_) {
        start();
        return;
    }
    tell_({EventKind::will_draw, 0, {}});
    auto drawn = draw_from(*outbox_, small_batch_size_bytes);
    if (!drawn.has_value()) {
        tell_failure(drawn.error());
    } else if (drawn->has_value()) {
        tell_({EventKind::has_drawn, 0, std::move(**drawn)});
    }
}

void StationWork::purge() {
    const auto head = outbox_->head();
    if (!head.has_value()) {
        return;
    }
    batch::Receipt receipt;
    receipt.log_id = head->log_id;
    receipt.stored = head->number;
    receipt.stored_hash = head->hash;
    receipt.safe = head->number;
    tell_({EventKind::will_purge, head->number, {}});
    const auto purged = outbox_->purge(receipt);
    if (purged.has_value()) {
        tell_({EventKind::has_purged, head->number, {}});
    } else {
        tell_failure(purged.error());
    }
}

void StationWork::step() {
    const std::uint64_t choice = random_->below(100);
    if (choice < 75) {
        add();
    } else if (choice < 86) {
        draw();
    } else if (choice < 97) {
        purge();
    } else {
        const auto emptied = outbox_->checkpoint();
        if (!emptied.has_value()) {
            tell_failure(emptied.error());
        }
    }
}

}  // namespace pillarbox::tests
