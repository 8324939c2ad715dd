// SPDX-License-Identifier: GPL-3.0-or-later
//
// The choices sheet: lists of choices, with further columns for choice_filter.
// https://xlsform.org/en/#choices-worksheet
#pragma once

#include <set>
#include <string>

#include "core/form/form.hpp"
#include "core/form/problems.hpp"
#include "core/form/settings_reader.hpp"
#include "core/form/sheet.hpp"

namespace pillarbox::form {

struct ChoiceSheet {
    std::map<std::string, ChoiceList, std::less<>> lists;
    std::map<std::string, std::uint32_t, std::less<>> rows;  // of each list's first choice
    std::set<std::string, std::less<>> columns;              // the further columns
};

// The name under which a list of the sheet external_choices joins those of the sheet choices.
[[nodiscard]] std::string external_list_name(std::string_view list);

// `sheet` is null where the workbook has none. On the sheet external_choices a choice may go without a label: it then
// shows its name.
[[nodiscard]] ChoiceSheet read_choices(const Sheet* sheet, const Settings& settings, Problems& problems);

[[nodiscard]] std::vector<std::string> languages_of_choices(const Sheet& sheet);

}  // namespace pillarbox::form
