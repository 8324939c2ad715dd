// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of a store in PostgreSQL, and how an older one becomes new.
//
// A schema of the database (the first of the search path) is a store's alone. Its version stands in the table
// `schema_version`; versions are applied one after another in one transaction, under an advisory lock, so that of
// several stores that start at once one does it and the others find it done.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "sync/store/postgres/connection.hpp"

namespace pillarbox::postgres_storage {

// versions()[n] leads from version n to n+1.
[[nodiscard]] std::span<const std::string_view> versions();

enum class Content {
    nothing,
    store,     // ours, of this version or an older one
    newer,     // ours, of a newer version
    stranger,  // something else
};
[[nodiscard]] base::Result<Content> content_of(Connection& connection);

// Brings the schema to the newest version. Inside a transaction of the caller's. unsupported where it is newer or
// another's: nothing is changed then.
[[nodiscard]] base::Result<void> migrate(Connection& connection, std::span<const std::string_view> to);
// unsupported, or not_found where nothing is there.
[[nodiscard]] base::Result<void> check_schema(Connection& connection);

// The table that holds a campaign's batches: a partition of its own for the first campaigns_max, made with the first
// batch, in the transaction that adds it; and one for all others together, so that a kiosk that invents campaigns
// makes no tables without end. A partition that the operator has detached stays so: late batches go to the common
// one, and so does a campaign that starts while a long reading is in the way.
inline constexpr std::uint64_t campaigns_max = 64;
[[nodiscard]] base::Result<void> make_partition(Connection& connection, const std::string& campaign_id);

}  // namespace pillarbox::postgres_storage
