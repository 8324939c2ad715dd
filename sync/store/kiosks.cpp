// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/kiosks.hpp"

#include <fmt/format.h>

#include <limits>

namespace pillarbox::store {
namespace {

constexpr std::string_view kiosk_columns =
    "id, log, station, device_key, forerunner, stored, stored_hash, responses, safe, coalesce(last_day, '')";

// Limits for reading back: what was accepted under any earlier limits must stay readable.
constexpr batch::Limits no_limits{std::numeric_limits<std::size_t>::max(), std::numeric_limits<std::size_t>::max()};

// What every row of a kiosk is: it says nothing that the store could not sign for. CHECK constraints hold when a row
// is written, not when the disk has changed it since.
bool holds_together(const Kiosk& kiosk) {
    return kiosk.safe <= kiosk.stored && kiosk.stored <= batch::number_max &&
           kiosk.log_id == batch::log_id_of(kiosk.device_key, kiosk.forerunner) &&
           (kiosk.stored != 0 || kiosk.stored_hash == batch::genesis_hash(kiosk.log_id));
}

base::Result<Kiosk> read_kiosk(const sqlite::Connection& connection, const sqlite::Rows& rows) {
    Kiosk kiosk;
    kiosk.row = TRY(rows.integer(0));
    kiosk.log_id = TRY(rows.array<16>(1));
    kiosk.station = TRY(rows.text(2));
    kiosk.device_key.bytes = TRY(rows.array<32>(3));
    kiosk.forerunner = TRY(rows.array<16>(4));
    kiosk.stored = TRY(rows.unsigned_integer(5));
    kiosk.stored_hash = TRY(rows.array<32>(6));
    kiosk.responses = TRY(rows.unsigned_integer(7));
    kiosk.safe = TRY(rows.unsigned_integer(8));
    kiosk.last_day = TRY(rows.text(9));
    if (!holds_together(kiosk)) {
        return base::fail(base::ErrorCode::damaged, connection.path().string(),
                          fmt::format("The row of kiosk {} contradicts itself.", base::to_hex(kiosk.log_id)),
                          "Stop the store, keep this file for inspection, and put back the last verified backup.");
    }
    return kiosk;
}

std::unexpected<base::Error> chain_broken(const sqlite::Connection& connection, const Kiosk& kiosk,
                                          std::uint64_t number) {
    return base::fail(base::ErrorCode::damaged, connection.path().string(),
                      fmt::format("Batch {} of {} is not as it was accepted.", number, base::to_hex(kiosk.log_id)),
                      "Stop the store, keep this file for inspection, and put back the last verified backup.");
}

}  // namespace

base::Result<std::optional<Kiosk>> find_kiosk(sqlite::Connection& connection, const batch::LogId& log_id) {
    auto select = TRY(connection.prepare(fmt::format("SELECT {} FROM kiosk WHERE log = ?", kiosk_columns)));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    const bool found = TRY(rows.next());
    if (!found) {
        return std::optional<Kiosk>{};
    }
    Kiosk kiosk = TRY(read_kiosk(connection, rows));
    return std::optional(std::move(kiosk));
}

base::Result<std::vector<Kiosk>> all_kiosks(sqlite::Connection& connection) {
    auto select = TRY(connection.prepare(fmt::format("SELECT {} FROM kiosk ORDER BY station, log", kiosk_columns)));
    auto rows = TRY(select.query());
    std::vector<Kiosk> kiosks;
    while (TRY(rows.next())) {
        kiosks.push_back(TRY(read_kiosk(connection, rows)));
    }
    return kiosks;
}

base::Result<void> add_kiosk(sqlite::Connection& connection, Kiosk& kiosk) {
    kiosk.stored_hash = batch::genesis_hash(kiosk.log_id);
    auto insert = TRY(connection.prepare(
        "INSERT INTO kiosk (log, station, device_key, forerunner, stored_hash) VALUES (?, ?, ?, ?, ?)"));
    TRY(insert.run(base::ByteView(kiosk.log_id), std::string_view(kiosk.station),
                   base::ByteView(kiosk.device_key.bytes), base::ByteView(kiosk.forerunner),
                   base::ByteView(kiosk.stored_hash)));
    kiosk.row = connection.last_insert_rowid();
    return {};
}

base::Result<std::optional<crypto::Digest>> batch_hash(sqlite::Connection& connection, const Kiosk& kiosk,
                                                       std::uint64_t number) {
    auto select = TRY(connection.prepare("SELECT hash FROM batch WHERE kiosk = ? AND number = ?"));
    auto rows = TRY(select.query(kiosk.row, number));
    const bool found = TRY(rows.next());
    if (!found) {
        return std::optional<crypto::Digest>{};
    }
    const crypto::Digest hash = TRY(rows.array<32>(0));
    return std::optional(hash);
}

base::Result<void> append_batch(sqlite::Connection& connection, Kiosk& kiosk, const batch::Header& header,
                                base::ByteView content, std::uint64_t responses, base::Day today) {
    const crypto::Digest hash = batch::hash_of(header);
    auto insert = TRY(connection.prepare("INSERT INTO batch (kiosk, number, hash, content) VALUES (?, ?, ?, ?)"));
    TRY(insert.run(kiosk.row, header.number, base::ByteView(hash), content));
    kiosk.stored = header.number;
    kiosk.stored_hash = hash;
    kiosk.responses += responses;
    kiosk.last_day = base::format_day(today);
    auto update = TRY(
        connection.prepare("UPDATE kiosk SET stored = ?, stored_hash = ?, responses = ?, last_day = ? WHERE id = ?"));
    return update.run(kiosk.stored, base::ByteView(kiosk.stored_hash), kiosk.responses,
                      std::string_view(kiosk.last_day), kiosk.row);
}

base::Result<void> walk_batches(sqlite::Connection& connection, const Kiosk& kiosk, const BatchVisitor& visit) {
    auto select = TRY(connection.prepare("SELECT number, hash, content FROM batch WHERE kiosk = ? ORDER BY number"));
    auto rows = TRY(select.query(kiosk.row));
    std::uint64_t number = 0;
    crypto::Digest hash = batch::genesis_hash(kiosk.log_id);
    while (TRY(rows.next())) {
        ++number;
        const std::uint64_t found_number = TRY(rows.unsigned_integer(0));
        const crypto::Digest found_hash = TRY(rows.array<32>(1));
        const base::ByteView content = TRY(rows.bytes(2));
        const auto parsed = batch::parse_batch(content, no_limits);
        const bool whole = parsed.has_value() && found_number == number && parsed->header.number == number &&
                           parsed->header.log_id == kiosk.log_id && parsed->header.previous == hash &&
                           batch::hash_of(parsed->header) == found_hash &&
                           batch::verify_signature(*parsed, kiosk.device_key).has_value();
        if (!whole) {
            return chain_broken(connection, kiosk, number);
        }
        hash = found_hash;
        TRY(visit(number, content));
    }
    if (number != kiosk.stored || hash != kiosk.stored_hash) {
        return chain_broken(connection, kiosk, number + 1);
    }
    return {};
}

base::Result<std::uint64_t> count_forks(sqlite::Connection& connection, const Kiosk& kiosk) {
    auto select = TRY(connection.prepare("SELECT count(*) FROM fork WHERE kiosk = ?"));
    auto rows = TRY(select.query(kiosk.row));
    static_cast<void>(TRY(rows.next()));
    return rows.unsigned_integer(0);
}

base::Result<void> note_fork(sqlite::Connection& connection, const Kiosk& kiosk, std::uint64_t number,
                             const crypto::Digest& hash, base::Day today) {
    const std::uint64_t noted = TRY(count_forks(connection, kiosk));
    if (noted >= forks_noted_max) {
        return {};
    }
    auto insert =
        TRY(connection.prepare("INSERT OR IGNORE INTO fork (kiosk, number, hash, day) VALUES (?, ?, ?, ?)"));
    const std::string day = base::format_day(today);
    return insert.run(kiosk.row, number, base::ByteView(hash), std::string_view(day));
}

batch::Receipt receipt_for(const Kiosk& kiosk, const Identity& identity, const batch::Limits& limits) {
    batch::Receipt receipt;
    receipt.log_id = kiosk.log_id;
    receipt.stored = kiosk.stored;
    receipt.stored_hash = kiosk.stored_hash;
    receipt.safe = identity.copies == Copies::sole ? kiosk.stored : kiosk.safe;
    receipt.epoch = identity.epoch;
    receipt.limits = limits;
    return receipt;
}

}  // namespace pillarbox::store
