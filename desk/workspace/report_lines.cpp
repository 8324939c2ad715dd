// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/report_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/utf8.hpp"

namespace pillarbox::workspace {
namespace {

// "finding\n000003": after the last one of its part, so that lines stay in the order in which they were written.
std::string next_key(const std::vector<Cell>& cells, std::string_view part) {
    std::uint64_t last = 0;
    for (const Cell& cell : cells) {
        if (part.empty() || cell.key.starts_with(part)) {
            last = std::max<std::uint64_t>(last, std::strtoull(cell.key.c_str() + part.size(), nullptr, 10));
        }
    }
    return fmt::format("{}{:06}", part, last + 1);
}

std::string prefix_of(ReportPart part) {
    return fmt::format("{}\n", name_of(part));
}

}  // namespace

std::string_view name_of(ReportPart part) {
    return part == ReportPart::finding ? "finding" : "recommendation";
}

base::Result<ReportPart> parse_report_part(std::string_view name) {
    for (const ReportPart part : {ReportPart::finding, ReportPart::recommendation}) {
        if (name == name_of(part)) {
            return part;
        }
    }
    return base::fail(base::ErrorCode::usage, {}, "A line of the report is a finding or a recommendation.");
}

base::Result<std::vector<ReportLine>> report_lines(Workspace& workspace, ReportPart part) {
    std::vector<ReportLine> lines;
    for (Cell& cell : TRY(cells_of(workspace, CellKind::report_line))) {
        if (cell.key.starts_with(prefix_of(part))) {
            lines.push_back({std::move(cell.key), std::move(cell.value)});
        }
    }
    return lines;
}

base::Result<void> add_report_line(Workspace& workspace, const Editor& editor, ReportPart part,
                                   std::string_view text) {
    if (text.empty() || text.size() > report_line_size_bytes_max || !base::is_utf8(text)) {
        return base::fail(base::ErrorCode::usage, {}, "A line of the report is a text of at most 4,000 bytes.");
    }
    const auto there = TRY(cells_of(workspace, CellKind::report_line));
    TRY(make_change(workspace, editor,
                    {CellKind::report_line, 0, next_key(there, prefix_of(part)), std::string(text)}));
    return {};
}

base::Result<void> remove_report_line(Workspace& workspace, const Editor& editor, std::string_view key) {
    TRY(make_change(workspace, editor, {CellKind::report_line, 0, std::string(key), std::nullopt}));
    return {};
}

base::Result<std::vector<std::string>> releases(Workspace& workspace) {
    std::vector<std::string> ledgers;
    for (Cell& cell : TRY(cells_of(workspace, CellKind::release))) {
        ledgers.push_back(std::move(cell.value));
    }
    return ledgers;
}

base::Result<void> keep_release(Workspace& workspace, const Editor& editor, std::string_view ledger) {
    const auto there = TRY(cells_of(workspace, CellKind::release));
    if (std::ranges::find(there, ledger, &Cell::value) != there.end()) {
        return {};  // the same figures, given out once more
    }
    TRY(make_change(workspace, editor, {CellKind::release, 0, next_key(there, {}), std::string(ledger)}));
    return {};
}

}  // namespace pillarbox::workspace
