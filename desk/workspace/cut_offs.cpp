// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/cut_offs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "desk/workspace/coding.hpp"

namespace pillarbox::workspace {

base::Result<std::vector<CutOff>> cut_offs(Workspace& workspace) {
    std::vector<CutOff> all;
    for (Cell& cell : TRY(cells_of(workspace, CellKind::cut_off))) {
        all.push_back({std::move(cell.key), TRY(base::parse_day(cell.value))});
    }
    return all;
}

base::Result<CutOff> cut_off_named(Workspace& workspace, std::string_view name) {
    const auto all = TRY(cut_offs(workspace));
    const auto found = std::ranges::find(all, name, &CutOff::name);
    if (found == all.end()) {
        return base::fail(base::ErrorCode::not_found, workspace.folder().string(),
                          fmt::format("The workspace has no cut-off \"{}\".", name),
                          "Set it with `pillarbox workspace cut-off`, or on the desk's page \"Report\".");
    }
    return *found;
}

base::Result<void> set_cut_off(Workspace& workspace, const Editor& editor, const CutOff& cut_off) {
    if (!is_code_name(cut_off.name)) {
        return base::fail(base::ErrorCode::usage, {}, "A cut-off has a name of a-z, 0-9, _ and -.",
                          "Name it \"meeting\", for example.");
    }
    TRY(make_change(workspace, editor, {CellKind::cut_off, 0, cut_off.name, base::format_day(cut_off.day)}));
    return {};
}

base::Result<void> remove_cut_off(Workspace& workspace, const Editor& editor, std::string_view name) {
    TRY(make_change(workspace, editor, {CellKind::cut_off, 0, std::string(name), std::nullopt}));
    return {};
}

}  // namespace pillarbox::workspace
