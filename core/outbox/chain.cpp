// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/chain.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace pillarbox::outbox {
namespace {

using base::ErrorCode;

std::unexpected<base::Error> damaged(std::string what) {
    return base::fail(ErrorCode::damaged, "outbox", std::move(what), "Keep a copy of the outbox and ask for help.");
}

base::Bytes join(const std::vector<ItemId>& ids) {
    base::Bytes bytes;
    for (const ItemId& id : ids) {
        bytes.insert(bytes.end(), id.begin(), id.end());
    }
    return bytes;
}

base::Result<std::vector<ItemId>> split(base::ByteView bytes) {
    if (bytes.size() % std::tuple_size_v<ItemId> != 0) {
        return damaged("A batch's list of envelopes is damaged.");
    }
    std::vector<ItemId> ids(bytes.size() / std::tuple_size_v<ItemId>);
    for (ItemId& id : ids) {
        std::ranges::copy(bytes.first(id.size()), id.begin());
        bytes = bytes.subspan(id.size());
    }
    return ids;
}

}  // namespace

base::Result<std::optional<Head>> Chain::head() {
    auto select = TRY(connection_->prepare("SELECT log_id, number, hash FROM log WHERE one = 1"));
    auto rows = TRY(select.query());
    if (!TRY(rows.next())) {
        return std::optional<Head>();
    }
    Head head;
    head.log_id = TRY(rows.array<std::tuple_size_v<batch::LogId>>(0));
    head.number = TRY(rows.unsigned_integer(1));
    head.hash = TRY(rows.array<std::tuple_size_v<crypto::Digest>>(2));
    return std::optional<Head>(head);
}

base::Result<void> Chain::start(const batch::LogId& log_id) {
    auto insert =
        TRY(connection_->prepare("INSERT INTO log(one, log_id, number, hash, acknowledged) VALUES(1, ?, 0, ?, 0)"));
    return insert.run(base::ByteView(log_id), base::ByteView(batch::genesis_hash(log_id)));
}

base::Result<void> Chain::restart(const batch::LogId& log_id) {
    TRY(connection_->run("DELETE FROM batch"));
    auto update = TRY(connection_->prepare("UPDATE log SET log_id = ?, number = 0, hash = ? WHERE one = 1"));
    return update.run(base::ByteView(log_id), base::ByteView(batch::genesis_hash(log_id)));
}

base::Result<void> Chain::append(const Composition& composition) {
    const batch::Header& header = composition.header;
    const crypto::Digest hash = batch::hash_of(header);
    auto insert = TRY(connection_->prepare(
        "INSERT INTO batch(number, hash, campaign_id, previous, items_digest, pack_digest, signature, items) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
    TRY(insert.run(header.number, base::ByteView(hash), std::string_view(header.campaign_id),
                   base::ByteView(header.previous), base::ByteView(header.items_digest),
                   base::ByteView(header.pack_digest), base::ByteView(composition.signature),
                   base::ByteView(join(composition.items))));
    auto update = TRY(connection_->prepare("UPDATE log SET number = ?, hash = ? WHERE one = 1"));
    return update.run(header.number, base::ByteView(hash));
}

base::Result<crypto::Digest> Chain::hash_at(std::uint64_t number) {
    if (number == 0) {
        const std::optional<Head> now = TRY(head());
        return now.has_value() ? base::Result<crypto::Digest>(batch::genesis_hash(now->log_id))
                               : base::fail(ErrorCode::not_found, "outbox", "No log was started.");
    }
    auto select = TRY(connection_->prepare("SELECT hash FROM batch WHERE number = ?"));
    auto rows = TRY(select.query(number));
    if (!TRY(rows.next())) {
        return base::fail(ErrorCode::not_found, "outbox", "There is no batch " + std::to_string(number) + ".");
    }
    return rows.array<std::tuple_size_v<crypto::Digest>>(0);
}

base::Result<Composition> Chain::composition_at(std::uint64_t number) {
    const std::optional<Head> now = TRY(head());
    auto select = TRY(connection_->prepare(
        "SELECT hash, campaign_id, previous, items_digest, pack_digest, signature, items FROM batch "
        "WHERE number = ? AND items IS NOT NULL"));
    auto rows = TRY(select.query(number));
    if (!now.has_value() || !TRY(rows.next())) {
        return base::fail(ErrorCode::not_found, "outbox",
                          "Batch " + std::to_string(number) + " is not here: it was purged, or never made.");
    }
    constexpr std::size_t digest_size_bytes = std::tuple_size_v<crypto::Digest>;
    const auto hash = TRY(rows.array<digest_size_bytes>(0));
    Composition composition;
    composition.header.campaign_id = TRY(rows.text(1));
    composition.header.log_id = now->log_id;
    composition.header.number = number;
    composition.header.previous = TRY(rows.array<digest_size_bytes>(2));
    composition.header.items_digest = TRY(rows.array<digest_size_bytes>(3));
    composition.header.pack_digest = TRY(rows.array<digest_size_bytes>(4));
    composition.signature = TRY(rows.array<std::tuple_size_v<crypto::Signature>>(5));
    const base::ByteView items = TRY(rows.bytes(6));
    composition.items = TRY(split(items));
    composition.header.count = composition.items.size();
    // The version is not kept: the hash tells which of the two it was signed as.
    if (batch::hash_of(composition.header) != hash) {
        composition.header.version = 2;
    }
    if (batch::hash_of(composition.header) != hash) {
        return damaged("The header of batch " + std::to_string(number) + " is damaged.");
    }
    return composition;
}

base::Result<std::vector<std::uint64_t>> Chain::unpurged() {
    auto select = TRY(connection_->prepare("SELECT number FROM batch WHERE items IS NOT NULL ORDER BY number"));
    auto rows = TRY(select.query());
    std::vector<std::uint64_t> numbers;
    while (TRY(rows.next())) {
        numbers.push_back(TRY(rows.unsigned_integer(0)));
    }
    return numbers;
}

base::Result<void> Chain::forget_composition(std::uint64_t number, std::uint64_t acknowledged_count) {
    auto forget = TRY(connection_->prepare("UPDATE batch SET items = NULL WHERE number = ?"));
    TRY(forget.run(number));
    auto count = TRY(connection_->prepare("UPDATE log SET acknowledged = acknowledged + ? WHERE one = 1"));
    return count.run(acknowledged_count);
}

base::Result<std::uint64_t> Chain::acknowledged() {
    auto select = TRY(connection_->prepare("SELECT coalesce(sum(acknowledged), 0) FROM log"));
    auto rows = TRY(select.query());
    static_cast<void>(TRY(rows.next()));
    return rows.unsigned_integer(0);
}

}  // namespace pillarbox::outbox
