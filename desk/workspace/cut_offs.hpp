// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cut-offs by day of capture, each with a name: "meeting" for the questioning brief, "letter" for the letter pack.
// Officers set them once, and everybody reports by the same day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

struct CutOff {
    std::string name;  // as a code's: is_code_name()
    base::Day day{};   // the last day that counts
};

[[nodiscard]] base::Result<std::vector<CutOff>> cut_offs(Workspace& workspace);                 // by name
[[nodiscard]] base::Result<CutOff> cut_off_named(Workspace& workspace, std::string_view name);  // not_found
[[nodiscard]] base::Result<void> set_cut_off(Workspace& workspace, const Editor& editor, const CutOff& cut_off);
[[nodiscard]] base::Result<void> remove_cut_off(Workspace& workspace, const Editor& editor, std::string_view name);

}  // namespace pillarbox::workspace
