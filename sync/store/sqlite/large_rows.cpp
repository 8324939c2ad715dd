// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/batch/part.hpp"
#include "sync/store/sqlite/transaction.hpp"

namespace pillarbox::sqlite_storage {

using storage::Large;
using storage::UnnamedSize;
using storage::WhichLarge;

namespace {

base::Result<Large> read_large(const sqlite::Rows& rows) {
    Large large;
    large.envelope.digest = TRY(rows.array<32>(0));
    large.envelope.size_bytes = TRY(rows.unsigned_integer(1));
    large.tag = TRY(rows.array<32>(2));
    large.parts = TRY(rows.unsigned_integer(3));
    large.batch = TRY(rows.unsigned_integer(4));
    large.day = TRY(rows.text(5));
    return large;
}

}  // namespace

base::Result<std::optional<Large>> Transaction::find_large(const batch::LogId& log_id,
                                                           const crypto::Digest& envelope) {
    auto select =
        TRY(connection_.prepare("SELECT digest, size, tag, parts, batch, day FROM large "
                                "WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) AND digest = ?"));
    auto rows = TRY(select.query(base::ByteView(log_id), base::ByteView(envelope)));
    if (!TRY(rows.next())) {
        return std::optional<Large>{};
    }
    Large large = TRY(read_large(rows));
    return std::optional(std::move(large));
}

base::Result<std::vector<Large>> Transaction::all_large(const batch::LogId& log_id, WhichLarge which) {
    auto select =
        TRY(connection_.prepare(fmt::format("SELECT digest, size, tag, parts, batch, day FROM large "
                                            "WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?){} ORDER BY digest",
                                            which == WhichLarge::unnamed ? " AND batch = 0" : "")));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    std::vector<Large> all;
    while (TRY(rows.next())) {
        all.push_back(TRY(read_large(rows)));
    }
    return all;
}

base::Result<void> Transaction::put_large(const batch::LogId& log_id, const Large& large) {
    const std::int64_t row = TRY(row_of(log_id));
    auto insert = TRY(connection_.prepare(
        "INSERT INTO large (kiosk, digest, size, tag, parts, batch, day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
        "ON CONFLICT (kiosk, digest) DO UPDATE SET size = ?3, tag = ?4, parts = ?5, batch = ?6, day = ?7"));
    return insert.run(row, base::ByteView(large.envelope.digest), large.envelope.size_bytes,
                      base::ByteView(large.tag), large.parts, large.batch, std::string_view(large.day));
}

base::Result<void> Transaction::add_part(const batch::LogId& log_id, const crypto::Digest& envelope,
                                         std::uint64_t number, base::ByteView content) {
    auto insert =
        TRY(connection_.prepare("INSERT INTO part (large, number, content) VALUES ((SELECT id FROM large "
                                "WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) AND digest = ?), ?, ?)"));
    return insert.run(base::ByteView(log_id), base::ByteView(envelope), number, content);
}

base::Result<std::optional<base::Bytes>> Transaction::part_content(const batch::LogId& log_id,
                                                                   const crypto::Digest& envelope,
                                                                   std::uint64_t number) {
    auto select =
        TRY(connection_.prepare("SELECT content FROM part WHERE large = (SELECT id FROM large "
                                "WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) AND digest = ?) AND number = ?"));
    auto rows = TRY(select.query(base::ByteView(log_id), base::ByteView(envelope), number));
    if (!TRY(rows.next())) {
        return std::optional<base::Bytes>{};
    }
    const base::ByteView content = TRY(rows.bytes(0));
    return std::optional(base::Bytes(content.begin(), content.end()));
}

base::Result<void> Transaction::drop_large(const batch::LogId& log_id, const crypto::Digest& envelope) {
    const std::int64_t row = TRY(row_of(log_id));
    auto parts = TRY(
        connection_.prepare("DELETE FROM part WHERE large = (SELECT id FROM large WHERE kiosk = ? AND digest = ?)"));
    TRY(parts.run(row, base::ByteView(envelope)));
    auto large = TRY(connection_.prepare("DELETE FROM large WHERE kiosk = ? AND digest = ?"));
    return large.run(row, base::ByteView(envelope));
}

base::Result<std::vector<UnnamedSize>> Transaction::unnamed_sizes() {
    auto select =
        TRY(connection_.prepare("SELECT log, count(*), coalesce(sum(min(size, parts * ?)), 0) FROM large JOIN kiosk "
                                "ON kiosk.id = large.kiosk "
                                "WHERE batch = 0 GROUP BY log ORDER BY log"));
    auto rows = TRY(select.query(std::uint64_t{batch::part_size_bytes_max}));
    std::vector<UnnamedSize> sizes;
    while (TRY(rows.next())) {
        UnnamedSize size;
        size.log_id = TRY(rows.array<16>(0));
        size.envelopes = TRY(rows.unsigned_integer(1));
        size.size_bytes = TRY(rows.unsigned_integer(2));
        sizes.push_back(size);
    }
    return sizes;
}

}  // namespace pillarbox::sqlite_storage
