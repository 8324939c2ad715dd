// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every change an officer makes is one event: it sets one cell (kind, response, key) from one value to another, and
// is only ever appended. Undoing sets the cell back, by another event. So undo and the audit trail need nothing from
// those who make changes, and nothing is changed without a trace.
//
// Invariant: a cell holds what the last event about it says. The event and its cell are written in one transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

using EventId = std::int64_t;

// Who makes a change, and on which day: no time, as it is told of nobody else here either.
struct Editor {
    std::string who;
    base::Day day{};
};
inline constexpr std::size_t editor_name_size_bytes_max = 60;

enum class CellKind {
    code,
    tag,
    coded,
    note,
    status,
    redaction,
    quote,
    different,
    reviewed,
    field,
    field_value,
    cut_off,
    report_line,
    release,
    theme
};

struct Change {
    CellKind kind{};
    ResponseId response = 0;           // 0: the workspace as a whole
    std::string key;                   // by kind
    std::optional<std::string> value;  // nothing: the cell goes
};

// Nothing where the cell holds this value already. usage where the editor has no name; not_found where there is no
// such response.
[[nodiscard]] base::Result<std::optional<EventId>> make_change(Workspace& workspace, const Editor& editor,
                                                               const Change& change);

// conflict where the cell was changed since, there is no such event, or it set no cell: what left the desk, and what
// was withdrawn, is not brought back.
[[nodiscard]] base::Result<EventId> undo(Workspace& workspace, const Editor& editor, EventId event);
// The editor's last change that stands; nothing where there is none.
[[nodiscard]] base::Result<std::optional<EventId>> undo_last(Workspace& workspace, const Editor& editor);

// Notes in the trail that something left the desk: "a letter pack, until 2023-01-24".
[[nodiscard]] base::Result<void> note_output(Workspace& workspace, const Editor& editor, std::string_view what);

struct Cell {
    ResponseId response = 0;
    std::string key, value;
};
[[nodiscard]] base::Result<std::vector<Cell>> cells_of(Workspace& workspace, CellKind kind);
[[nodiscard]] base::Result<std::vector<Cell>> cells_of(Workspace& workspace, CellKind kind, ResponseId response);

// One line of the audit trail. It never holds what anybody wrote: no answer, note or reason.
struct TrailLine {
    EventId event = 0;
    std::string day, who;
    std::string what;  // "adds the tag urgent_care", "takes back event 12"
    ResponseId response = 0;
    bool can_be_undone = true;
};
// From the oldest; of one response, or of all where it is 0.
[[nodiscard]] base::Result<std::vector<TrailLine>> audit_trail(Workspace& workspace, ResponseId response = 0);

}  // namespace pillarbox::workspace
