// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/responses.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "desk/workspace/index.hpp"
#include "desk/workspace/search_text.hpp"
#include "desk/workspace/stored_submission.hpp"

namespace pillarbox::workspace {
namespace {

// One condition for each part of a filter that is used. All parameters are bound whether used or not: a statement has
// as many as its largest number.
constexpr std::string_view status_of_response =
    "coalesce((SELECT value FROM cell WHERE kind = 'status' AND response = response.id AND key = ''), 'unread')";

// Few hits: from each hit to its response, then sorted. Many: the responses are walked in their order until there are
// enough, so that a word that half of them hold is found as fast as a rare one; the plus keeps SQLite from the other
// way.
constexpr std::uint64_t few_hits = 10'000;
constexpr std::string_view every_response = " WHERE ?13 IS NOT NULL";
enum class Way { from_hits, in_order };
constexpr std::string_view hits = "id IN (SELECT rowid FROM text_index WHERE text_index MATCH ?1)";

std::string conditions_of(const Filter& filter, const std::string& match, Way way) {
    std::string conditions(every_response);
    const auto add = [&](bool used, std::string_view condition) {
        if (used) {
            conditions += fmt::format(" AND {}", condition);
        }
    };
    add(!match.empty(), way == Way::from_hits ? std::string(hits) : fmt::format("+{}", hits));
    add(!filter.respondent.empty(), "respondent = ?2");
    add(!filter.borough.empty(), "borough = ?3");
    add(!filter.station.empty(), "station = ?4");
    add(!filter.language.empty(), "language = ?5");
    add(filter.from.has_value(), "day >= ?6");
    add(filter.until.has_value(), "day <= ?7");
    add(!filter.tag.empty(),
        "id IN (SELECT response FROM cell WHERE kind = 'tag' AND substr(key, 1, instr(key, char(10)) - 1) = ?8)");
    add(filter.status.has_value(), fmt::format("{} = ?9", status_of_response));
    add(filter.consent.has_value(), "consent = ?10");
    add(!filter.answers.empty(),
        "NOT EXISTS (SELECT 1 FROM json_each(?11) AS wanted WHERE NOT EXISTS (SELECT 1 FROM choice WHERE "
        "question = json_extract(wanted.value, '$[0]') AND choice.value = json_extract(wanted.value, '$[1]') AND "
        "choice.response = response.id))");
    add(filter.finding.has_value(),
        "id IN (SELECT response FROM finding WHERE kind = ?12) AND NOT EXISTS (SELECT 1 FROM cell WHERE kind = "
        "'reviewed' AND response = response.id AND key = ?12)");
    add(!filter.officers.empty(),
        "NOT EXISTS (SELECT 1 FROM json_each(?13) AS wanted WHERE NOT EXISTS (SELECT 1 FROM cell WHERE cell.kind = "
        "'field_value' AND cell.response = response.id AND key = json_extract(wanted.value, '$[0]') AND cell.value = "
        "json_extract(wanted.value, '$[1]')))");
    add(filter.help != Help::any, filter.help == Help::assisted ? "assisted = 1" : "assisted = 0");
    return conditions;
}

std::string day_or_empty(const std::optional<base::Day>& day) {
    return day.has_value() ? base::format_day(*day) : std::string();
}

template <typename... More>
base::Result<sqlite::Rows> query(sqlite::Statement& statement, const Filter& filter, const std::string& match,
                                 const More&... more) {
    const auto listed = [](const auto& pairs) {
        return nlohmann::json(pairs).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    return statement.query(match, filter.respondent, filter.borough, filter.station, filter.language,
                           day_or_empty(filter.from), day_or_empty(filter.until), filter.tag,
                           filter.status.has_value() ? name_of(*filter.status) : std::string_view(),
                           static_cast<int>(filter.consent.value_or(exports::Consent::none)), listed(filter.answers),
                           filter.finding.has_value() ? name_of(*filter.finding) : std::string_view(),
                           listed(filter.officers), more...);
}

base::Result<Listed> listed(const sqlite::Rows& rows) {
    Listed one;
    one.id = TRY(rows.integer(0));
    one.day = TRY(rows.text(1));
    one.station = TRY(rows.text(2));
    one.language = TRY(rows.text(3));
    one.respondent = TRY(rows.text(4));
    one.borough = TRY(rows.text(5));
    one.assisted = TRY(rows.integer(6)) != 0;
    one.consent = static_cast<exports::Consent>(TRY(rows.integer(7)));
    const std::string_view status = TRY(rows.text(8));
    one.status = TRY(parse_status(status));
    return one;
}

base::Result<std::uint64_t> count(sqlite::Connection& database, std::string_view sql) {
    auto select = TRY(database.prepare(sql));
    auto rows = TRY(select.query());
    static_cast<void>(TRY(rows.next()));
    return rows.unsigned_integer(0);
}

base::Result<std::uint64_t> count_hits(sqlite::Connection& database, const std::string& match) {
    auto select = TRY(database.prepare("SELECT count(*) FROM text_index WHERE text_index MATCH ?1"));
    auto rows = TRY(select.query(match));
    static_cast<void>(TRY(rows.next()));
    return rows.unsigned_integer(0);
}

base::Result<std::uint64_t> count_passing(Workspace& workspace, const Filter& filter, const std::string& match,
                                          const std::string& conditions) {
    auto select = TRY(workspace.database().prepare(fmt::format("SELECT count(*) FROM response{}", conditions)));
    auto rows = TRY(query(select, filter, match));
    static_cast<void>(TRY(rows.next()));
    return rows.unsigned_integer(0);
}

std::unexpected<base::Error> no_such_response(const Workspace& workspace, ResponseId id) {
    return base::fail(base::ErrorCode::not_found, workspace.folder().string(),
                      fmt::format("There is no response {}.", id), "It may have been withdrawn.");
}

}  // namespace

base::Result<Listing> list(Workspace& workspace, const Filter& filter, std::uint64_t offset,
                           std::uint64_t count_max) {
    TRY(bring_index_up_to_date(workspace));
    Listing listing;
    const std::string match = match_of(filter.words);
    if (match.empty() && !filter.words.empty()) {
        return listing;  // signs only: nothing is found by them
    }
    const std::uint64_t hits_count = match.empty() ? 0 : TRY(count_hits(workspace.database(), match));
    const Way way = !match.empty() && hits_count <= few_hits ? Way::from_hits : Way::in_order;
    const std::string conditions = conditions_of(filter, match, way);
    const bool only_words = !match.empty() && conditions_of(filter, {}, way) == every_response;
    listing.total = only_words ? hits_count : TRY(count_passing(workspace, filter, match, conditions));
    auto select = TRY(workspace.database().prepare(fmt::format(
        "SELECT id, day, station, language, respondent, borough, assisted, consent, {} FROM response WHERE "
        "id IN (SELECT id FROM response{}{} ORDER BY day, uuid LIMIT ?14 OFFSET ?15) ORDER BY day, uuid",
        status_of_response, way == Way::in_order ? " INDEXED BY response_by_day" : "", conditions)));
    auto rows = TRY(query(select, filter, match, count_max, offset));
    while (TRY(rows.next())) {
        listing.responses.push_back(TRY(listed(rows)));
    }
    return listing;
}

base::Result<exports::Record> read_response(Workspace& workspace, ResponseId id) {
    auto select = TRY(workspace.database().prepare(
        "SELECT station, encoded FROM response JOIN submission ON response = id WHERE id = ?"));
    auto rows = TRY(select.query(id));
    if (!TRY(rows.next())) {
        return no_such_response(workspace, id);
    }
    const std::string station(TRY(rows.text(0)));
    const base::ByteView encoded = TRY(rows.bytes(1));
    return exports::Record{TRY(decode_stored(encoded)), station, {}};
}

base::Result<Status> status_of(Workspace& workspace, ResponseId id) {
    auto select =
        TRY(workspace.database().prepare(fmt::format("SELECT {} FROM response WHERE id = ?", status_of_response)));
    auto rows = TRY(select.query(id));
    if (!TRY(rows.next())) {
        return no_such_response(workspace, id);
    }
    const std::string_view status = TRY(rows.text(0));
    return parse_status(status);
}

base::Result<Totals> totals(Workspace& workspace) {
    sqlite::Connection& database = workspace.database();
    Totals all;
    all.responses = TRY(count(database, "SELECT count(*) FROM response"));
    all.envelopes = TRY(count(database, "SELECT count(*) FROM envelope"));
    all.lost = TRY(count(database, "SELECT count(*) FROM lost"));
    all.withdrawn = TRY(count(database, "SELECT count(*) FROM withdrawn"));
    auto select = TRY(database.prepare(
        fmt::format("SELECT {0}, count(*) FROM response GROUP BY 1 ORDER BY 1", status_of_response)));
    auto rows = TRY(select.query());
    while (TRY(rows.next())) {
        all.by_status.emplace_back(TRY(rows.text(0)), TRY(rows.unsigned_integer(1)));
    }
    return all;
}

}  // namespace pillarbox::workspace
