// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/sqlite/transaction.hpp"

namespace pillarbox::workspace {
namespace {

struct KindWords {
    CellKind kind;
    std::string_view name;           // in the database
    std::string_view sets, removes;  // in the trail
    bool tells_key;                  // whether the key is no one's words
};
constexpr std::array kinds{
    KindWords{CellKind::code, "code", "sets the code", "removes the code", true},
    KindWords{CellKind::tag, "tag", "adds the tag", "removes the tag", true},
    KindWords{CellKind::coded, "coded", "finishes coding", "reopens coding", false},
    KindWords{CellKind::note, "note", "writes a note", "removes a note", false},
    KindWords{CellKind::status, "status", "sets the status", "clears the status", false},
    KindWords{CellKind::redaction, "redaction", "redacts a passage of", "takes back a redaction of", true},
    KindWords{CellKind::quote, "quote", "picks a quote from", "drops a quote from", true},
    KindWords{CellKind::different, "different", "says it is no duplicate", "takes back that it is no duplicate",
              false},
    KindWords{CellKind::reviewed, "reviewed", "has looked at a finding in", "reopens a finding in", true},
    KindWords{CellKind::field, "field", "sets the officers' question", "removes the officers' question", true},
    KindWords{CellKind::field_value, "field_value", "answers the officers' question", "clears the officers' question",
              true},
    KindWords{CellKind::cut_off, "cut_off", "sets the cut-off", "removes the cut-off", true},
    KindWords{CellKind::report_line, "report_line", "writes for the report a", "takes out of the report a", true},
    KindWords{CellKind::release, "release", "keeps the figures of a report given out",
              "forgets the figures of a report", false},
    KindWords{CellKind::theme, "theme", "sets the theme of the code", "takes out of its theme the code", true},
};

constexpr std::string_view output_kind = "output";

const KindWords& words_of(CellKind kind) {
    return *std::ranges::find(kinds, kind, &KindWords::kind);
}

base::Result<std::optional<std::string>> value_of(sqlite::Connection& database, std::string_view kind,
                                                  ResponseId response, std::string_view key) {
    auto select = TRY(database.prepare("SELECT value FROM cell WHERE kind = ? AND response = ? AND key = ?"));
    auto rows = TRY(select.query(kind, response, key));
    if (!TRY(rows.next())) {
        return std::optional<std::string>();
    }
    return std::optional<std::string>(TRY(rows.text(0)));
}

base::Result<void> set_cell(sqlite::Connection& database, std::string_view kind, ResponseId response,
                            std::string_view key, const std::optional<std::string>& value) {
    if (!value.has_value()) {
        auto remove = TRY(database.prepare("DELETE FROM cell WHERE kind = ? AND response = ? AND key = ?"));
        return remove.run(kind, response, key);
    }
    auto insert = TRY(database.prepare("INSERT OR REPLACE INTO cell(kind, key, response, value) VALUES(?, ?, ?, ?)"));
    return insert.run(kind, key, response, *value);
}

struct Event {
    std::string kind;
    ResponseId response = 0;
    std::string key;
    std::optional<std::string> before, after;
    EventId undoes = 0;
};

base::Result<void> append(sqlite::Connection& database, const Editor& editor, const Event& event) {
    auto insert = TRY(database.prepare(
        "INSERT INTO event(day, who, kind, response, key, before, after, undoes) VALUES(?, ?, ?, ?, ?, "
        "iif(?, ?, NULL), iif(?, ?, NULL), nullif(?, 0))"));
    TRY(insert.run(base::format_day(editor.day), editor.who, event.kind, event.response, event.key,
                   event.before.has_value() ? 1 : 0, event.before.value_or(""), event.after.has_value() ? 1 : 0,
                   event.after.value_or(""), event.undoes));
    return set_cell(database, event.kind, event.response, event.key, event.after);
}

base::Result<void> check_editor(const Editor& editor) {
    const bool printable = std::ranges::none_of(editor.who, [](unsigned char byte) { return byte < 0x20; });
    if (editor.who.empty() || editor.who.size() > editor_name_size_bytes_max || !printable) {
        return base::fail(base::ErrorCode::usage, {}, "A change needs the name of who makes it, of at most 60 bytes.",
                          "Say who you are.");
    }
    return {};
}

base::Result<void> check_response(sqlite::Connection& database, ResponseId response) {
    auto select = TRY(database.prepare("SELECT 1 FROM response WHERE id = ?"));
    auto rows = TRY(select.query(response));
    if (response != 0 && !TRY(rows.next())) {
        return base::fail(base::ErrorCode::not_found, database.path().string(),
                          fmt::format("There is no response {}.", response), "It may have been withdrawn.");
    }
    return {};
}

base::Result<std::optional<std::string>> optional_text(const sqlite::Rows& rows, int column) {
    if (rows.is_null(column)) {
        return std::optional<std::string>();
    }
    return std::optional<std::string>(TRY(rows.text(column)));
}

base::Result<Event> read_event(sqlite::Connection& database, EventId id) {
    auto select = TRY(database.prepare("SELECT kind, response, key, before, after FROM event WHERE id = ?"));
    auto rows = TRY(select.query(id));
    if (!TRY(rows.next())) {
        return base::fail(base::ErrorCode::conflict, database.path().string(),
                          fmt::format("There is no event {} to undo.", id));
    }
    Event event;
    event.kind = TRY(rows.text(0));
    event.response = TRY(rows.integer(1));
    event.key = TRY(rows.text(2));
    event.before = TRY(optional_text(rows, 3));
    event.after = TRY(optional_text(rows, 4));
    return event;
}

// What is made for the workspace, and what of a response refers to it by its name.
struct Reference {
    std::string_view of_workspace, of_response;
};
constexpr std::array references{Reference{"code", "tag"}, Reference{"field", "field_value"}};

// What add_tag() and remove_code() hold for changes as they are made, undoing has to hold too: no response has a tag
// that the codebook does not know, nor an answer to a question that the officers have no more.
base::Result<void> check_references(sqlite::Connection& database, const Event& event) {
    const std::string name = event.key.substr(0, event.key.find('\n'));
    for (const Reference& reference : references) {
        if (event.kind == reference.of_response && event.after.has_value() &&
            !TRY(value_of(database, reference.of_workspace, 0, name)).has_value()) {
            return base::fail(base::ErrorCode::conflict, database.path().string(),
                              fmt::format("There is no {} {} any more.", reference.of_workspace, name),
                              "Add it first.");
        }
        if (event.kind == reference.of_workspace && !event.after.has_value()) {
            auto select = TRY(database.prepare(
                "SELECT 1 FROM cell WHERE kind = ? AND substr(key, 1, instr(key || char(10), char(10)) - 1) = ? "
                "LIMIT 1"));
            auto rows = TRY(select.query(reference.of_response, name));
            if (TRY(rows.next())) {
                return base::fail(base::ErrorCode::conflict, database.path().string(),
                                  fmt::format("Responses use the {} {}.", reference.of_workspace, name),
                                  "Remove it from them first.");
            }
        }
    }
    return {};
}

base::Result<std::vector<Cell>> read_cells(sqlite::Rows rows) {
    std::vector<Cell> cells;
    while (TRY(rows.next())) {
        cells.push_back(Cell{TRY(rows.integer(0)), std::string(TRY(rows.text(1))), std::string(TRY(rows.text(2)))});
    }
    return cells;
}

// What of the key may be told: the code without its coder, the question without the place in it.
std::string_view told_part(const KindWords& words, std::string_view key) {
    if (!words.tells_key) {
        return {};
    }
    return key.substr(0, key.find('\n'));
}

}  // namespace

base::Result<std::optional<EventId>> make_change(Workspace& workspace, const Editor& editor, const Change& change) {
    sqlite::Connection& database = workspace.database();
    TRY(check_editor(editor));
    auto transaction = TRY(sqlite::Transaction::begin(database, sqlite::TransactionKind::write));
    TRY(check_response(database, change.response));
    Event event;
    event.kind = words_of(change.kind).name;
    event.response = change.response;
    event.key = change.key;
    event.before = TRY(value_of(database, event.kind, event.response, event.key));
    event.after = change.value;
    if (event.before == event.after) {
        return std::optional<EventId>();
    }
    TRY(append(database, editor, event));
    const EventId id = database.last_insert_rowid();
    TRY(transaction.commit());
    return std::optional<EventId>(id);
}

base::Result<EventId> undo(Workspace& workspace, const Editor& editor, EventId id) {
    sqlite::Connection& database = workspace.database();
    TRY(check_editor(editor));
    auto transaction = TRY(sqlite::Transaction::begin(database, sqlite::TransactionKind::write));
    Event event = TRY(read_event(database, id));
    if (std::ranges::find(kinds, event.kind, &KindWords::name) == kinds.end()) {
        return base::fail(base::ErrorCode::conflict, database.path().string(),
                          fmt::format("Event {} can't be undone.", id));
    }
    if (TRY(value_of(database, event.kind, event.response, event.key)) != event.after) {
        return base::fail(base::ErrorCode::conflict, database.path().string(),
                          fmt::format("What event {} set was changed since.", id), "Undo the later change first.");
    }
    std::swap(event.before, event.after);
    event.undoes = id;
    TRY(check_references(database, event));
    TRY(append(database, editor, event));
    const EventId made = database.last_insert_rowid();
    TRY(transaction.commit());
    return made;
}

base::Result<std::optional<EventId>> undo_last(Workspace& workspace, const Editor& editor) {
    EventId last = 0;
    {
        auto select =
            TRY(workspace.database().prepare("SELECT max(id) FROM event WHERE who = ? AND undoes IS NULL AND kind "
                                             "NOT IN ('withdrawal', 'output') AND id NOT IN "
                                             "(SELECT undoes FROM event WHERE undoes IS NOT NULL)"));
        auto rows = TRY(select.query(editor.who));
        if (!TRY(rows.next()) || rows.is_null(0)) {
            return std::optional<EventId>();
        }
        last = TRY(rows.integer(0));
    }
    return std::optional<EventId>(TRY(undo(workspace, editor, last)));
}

base::Result<void> note_output(Workspace& workspace, const Editor& editor, std::string_view what) {
    TRY(check_editor(editor));
    auto insert =
        TRY(workspace.database().prepare("INSERT INTO event(day, who, kind, response, key) VALUES(?, ?, ?, 0, ?)"));
    return insert.run(base::format_day(editor.day), editor.who, output_kind, what);
}

base::Result<std::vector<Cell>> cells_of(Workspace& workspace, CellKind kind) {
    auto select = TRY(
        workspace.database().prepare("SELECT response, key, value FROM cell WHERE kind = ? ORDER BY response, key"));
    return read_cells(TRY(select.query(words_of(kind).name)));
}

base::Result<std::vector<Cell>> cells_of(Workspace& workspace, CellKind kind, ResponseId response) {
    auto select = TRY(workspace.database().prepare(
        "SELECT response, key, value FROM cell WHERE kind = ? AND response = ? ORDER BY key"));
    return read_cells(TRY(select.query(words_of(kind).name, response)));
}

base::Result<std::vector<TrailLine>> audit_trail(Workspace& workspace, ResponseId response) {
    auto select = TRY(workspace.database().prepare(
        "SELECT id, day, who, kind, response, key, after IS NOT NULL, coalesce(undoes, 0), "
        "iif(kind IN ('status', 'cut_off'), coalesce(after, ''), '') FROM event WHERE ?1 = 0 OR response = ?1 ORDER "
        "BY id"));
    auto rows = TRY(select.query(response));
    std::vector<TrailLine> lines;
    while (TRY(rows.next())) {
        TrailLine line{TRY(rows.integer(0)),
                       std::string(TRY(rows.text(1))),
                       std::string(TRY(rows.text(2))),
                       {},
                       TRY(rows.integer(4))};
        const std::string_view kind = TRY(rows.text(3));
        const auto words = std::ranges::find(kinds, kind, &KindWords::name);
        if (words == kinds.end()) {
            line.what = kind == "withdrawal"  ? std::string("removes a withdrawn response")
                        : kind == output_kind ? "makes " + std::string(TRY(rows.text(5)))
                                              : std::string("does what this version can't tell");
            line.can_be_undone = false;
            lines.push_back(std::move(line));
            continue;
        }
        const std::string_view told = told_part(*words, TRY(rows.text(5)));
        line.what = TRY(rows.integer(6)) == 1 ? words->sets : words->removes;
        for (const std::string_view more : {told, TRY(rows.text(8))}) {
            line.what += more.empty() ? std::string() : " " + std::string(more);
        }
        const std::int64_t undoes = TRY(rows.integer(7));
        if (undoes != 0) {
            line.what += fmt::format(", undoing event {}", undoes);
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace pillarbox::workspace
