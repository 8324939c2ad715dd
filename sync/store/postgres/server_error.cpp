// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/server_error.hpp"

#include <array>

namespace pillarbox::postgres_storage {
namespace {

using base::ErrorCode;
using Kind = Meaning::Connection;
using Detail = Meaning::Detail;

struct Entry {
    std::string_view start;  // of the SQLSTATE; the first that fits counts
    Meaning meaning;
};

constexpr std::string_view standby_remedy =
    "Name every server in the address, so that the one which takes writes is found after a failover.";

constexpr std::array entries = {
    Entry{"08", {ErrorCode::network, "The connection to the database server was cut.", "", Kind::is_useless}},
    Entry{"57P",
          {ErrorCode::network, "The database server is stopping, starting or was restarted.", "", Kind::is_useless}},
    Entry{"40", {ErrorCode::network, "The database server set the transaction aside.", ""}},
    Entry{"53100", {ErrorCode::no_space, "The database server's disk is full.", "Free space on it."}},
    Entry{"53300",
          {ErrorCode::unavailable, "The database server has no connection left.", "Raise its max_connections.",
           Kind::is_useless}},
    Entry{"53", {ErrorCode::unavailable, "The database server lacks memory or another resource.", ""}},
    Entry{"25006",
          {ErrorCode::unavailable, "The database server is a read-only standby.", standby_remedy, Kind::is_useless}},
    Entry{"55P03", {ErrorCode::unavailable, "Another store held the kiosk's head for too long.", ""}},
    Entry{"57014", {ErrorCode::unavailable, "The database server took too long.", ""}},
    Entry{"23505",
          {ErrorCode::already_exists, "The row is there already.", "", Kind::goes_on, Detail::may_quote_values}},
    Entry{
        "23",
        {ErrorCode::conflict, "A rule of the tables forbids the row.", "", Kind::goes_on, Detail::may_quote_values}},
    Entry{"22",
          {ErrorCode::input_output, "The database server refused a value.", "", Kind::goes_on,
           Detail::may_quote_values}},
    Entry{"28",
          {ErrorCode::unavailable, "The database server does not let this user in.",
           "Look at its pg_hba.conf and at the password in PGPASSFILE."}},
    Entry{"3D", {ErrorCode::unavailable, "The database server has no database of this name.", "Create it."}},
    Entry{"42501",
          {ErrorCode::unavailable, "The database user may not do this.", "Make it the owner of the store's tables."}},
    Entry{"42",
          {ErrorCode::damaged, "The store's tables are not as they were made.",
           "Look for who changed them, or put back the last backup."}},
    Entry{"XX",
          {ErrorCode::damaged, "The database server found its own data damaged.",
           "Stop the store, and promote a standby or put back the last backup."}},
};

}  // namespace

Meaning meaning_of(std::string_view sqlstate) {
    for (const Entry& entry : entries) {
        if (sqlstate.starts_with(entry.start)) {
            return entry.meaning;
        }
    }
    return {ErrorCode::input_output, "The database server refused.", "Look into its log."};
}

}  // namespace pillarbox::postgres_storage
