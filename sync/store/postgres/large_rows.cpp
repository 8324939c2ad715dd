// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/transaction.hpp"

#include "core/batch/part.hpp"

namespace pillarbox::postgres_storage {

using storage::Large;
using storage::UnnamedSize;
using storage::WhichLarge;

namespace {

Parameters large_of(const batch::LogId& log_id) {
    return std::move(Parameters().add(base::ByteView(log_id)));
}

Parameters large_of(const batch::LogId& log_id, const crypto::Digest& envelope) {
    return std::move(large_of(log_id).add(base::ByteView(envelope)));
}

base::Result<Large> read_large(const Rows& rows, int row) {
    Large large;
    large.envelope.digest = TRY(rows.array<32>(row, 0));
    large.envelope.size_bytes = TRY(rows.unsigned_integer(row, 1));
    large.tag = TRY(rows.array<32>(row, 2));
    large.parts = TRY(rows.unsigned_integer(row, 3));
    large.batch = TRY(rows.unsigned_integer(row, 4));
    large.day = TRY(rows.text(row, 5));
    return large;
}

}  // namespace

base::Result<std::optional<Large>> Transaction::find_large(const batch::LogId& log_id,
                                                           const crypto::Digest& envelope) {
    const Rows rows = TRY(
        connection_->query("SELECT digest, size, tag, parts, batch, day FROM large WHERE log = $1 AND digest = $2",
                           large_of(log_id, envelope)));
    if (rows.count() == 0) {
        return std::optional<Large>{};
    }
    Large large = TRY(read_large(rows, 0));
    return std::optional(std::move(large));
}

base::Result<std::vector<Large>> Transaction::all_large(const batch::LogId& log_id, WhichLarge which) {
    const Rows rows = TRY(connection_->query(
        which == WhichLarge::all
            ? "SELECT digest, size, tag, parts, batch, day FROM large WHERE log = $1 ORDER BY digest"
            : "SELECT digest, size, tag, parts, batch, day FROM large WHERE log = $1 AND batch = 0 ORDER BY digest",
        large_of(log_id)));
    std::vector<Large> all;
    for (int row = 0; row < rows.count(); ++row) {
        all.push_back(TRY(read_large(rows, row)));
    }
    return all;
}

base::Result<void> Transaction::put_large(const batch::LogId& log_id, const Large& large) {
    TRY(connection_->query(
        "INSERT INTO large (log, digest, size, tag, parts, batch, day) VALUES ($1, $2, $3, $4, $5, $6, $7) "
        "ON CONFLICT (log, digest) DO UPDATE SET size = excluded.size, tag = excluded.tag, parts = excluded.parts, "
        "batch = excluded.batch, day = excluded.day",
        std::move(large_of(log_id, large.envelope.digest)
                      .add(large.envelope.size_bytes)
                      .add(base::ByteView(large.tag))
                      .add(large.parts)
                      .add(large.batch)
                      .add(std::string_view(large.day)))));
    return {};
}

base::Result<void> Transaction::add_part(const batch::LogId& log_id, const crypto::Digest& envelope,
                                         std::uint64_t number, base::ByteView content) {
    TRY(connection_->query("INSERT INTO part (log, digest, number, content) VALUES ($1, $2, $3, $4)",
                           std::move(large_of(log_id, envelope).add(number).add(content))));
    return {};
}

base::Result<std::optional<base::Bytes>> Transaction::part_content(const batch::LogId& log_id,
                                                                   const crypto::Digest& envelope,
                                                                   std::uint64_t number) {
    const Rows rows =
        TRY(connection_->query("SELECT content FROM part WHERE log = $1 AND digest = $2 AND number = $3",
                               std::move(large_of(log_id, envelope).add(number))));
    if (rows.count() == 0) {
        return std::optional<base::Bytes>{};
    }
    const base::ByteView content = TRY(rows.bytes(0, 0));
    return std::optional(base::Bytes(content.begin(), content.end()));
}

base::Result<void> Transaction::drop_large(const batch::LogId& log_id, const crypto::Digest& envelope) {
    TRY(connection_->query("DELETE FROM part WHERE log = $1 AND digest = $2", large_of(log_id, envelope)));
    TRY(connection_->query("DELETE FROM large WHERE log = $1 AND digest = $2", large_of(log_id, envelope)));
    return {};
}

base::Result<std::vector<UnnamedSize>> Transaction::unnamed_sizes() {
    const Rows rows = TRY(connection_->query(
        "SELECT log, count(*), coalesce(sum(least(size, parts * $1)), 0)::bigint FROM large WHERE batch = 0 "
        "GROUP BY log ORDER BY log",
        std::move(Parameters().add(std::uint64_t{batch::part_size_bytes_max}))));
    std::vector<UnnamedSize> sizes;
    for (int row = 0; row < rows.count(); ++row) {
        UnnamedSize size;
        size.log_id = TRY(rows.array<16>(row, 0));
        size.envelopes = TRY(rows.unsigned_integer(row, 1));
        size.size_bytes = TRY(rows.unsigned_integer(row, 2));
        sizes.push_back(size);
    }
    return sizes;
}

}  // namespace pillarbox::postgres_storage
