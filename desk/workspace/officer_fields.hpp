// SPDX-License-Identifier: GPL-3.0-or-later
//
// Questions that officers answer about a response, and respondents never see: "priority", "passed on to". They leave
// the desk in the full export alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

struct OfficerField {
    std::string name;  // as a code's: is_code_name()
    std::string label;
    std::vector<std::string> choices = {};  // none: any text
};
inline constexpr std::size_t officer_answer_size_bytes_max = 1'000;

[[nodiscard]] base::Result<std::vector<OfficerField>> officer_fields(Workspace& workspace);  // by name
[[nodiscard]] base::Result<void> set_officer_field(Workspace& workspace, const Editor& editor,
                                                   const OfficerField& field);
// conflict while a response has an answer to it.
[[nodiscard]] base::Result<void> remove_officer_field(Workspace& workspace, const Editor& editor,
                                                      std::string_view name);

struct OfficerAnswer {
    ResponseId response = 0;
    std::string field, value;
};
// An empty value clears it. not_found where there is no such question, usage where the value is none of its choices.
[[nodiscard]] base::Result<void> answer_officer_field(Workspace& workspace, const Editor& editor, ResponseId response,
                                                      std::string_view field, std::string_view value);
[[nodiscard]] base::Result<std::vector<OfficerAnswer>> officer_answers(Workspace& workspace, ResponseId response);
[[nodiscard]] base::Result<std::vector<OfficerAnswer>> all_officer_answers(Workspace& workspace);

}  // namespace pillarbox::workspace
