// SPDX-License-Identifier: GPL-3.0-or-later
//
// The settings sheet: one row that names the form. https://xlsform.org/en/#settings-worksheet
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "core/form/problems.hpp"
#include "core/form/sheet.hpp"

namespace pillarbox::form {

enum class ChoiceDuplicates { refused, allowed };  // allow_choice_duplicates

struct Settings {
    std::string title, id, version, default_language, instance_name, style;  // default_language is a code
    std::string root_name = "data";
    ChoiceDuplicates choice_duplicates = ChoiceDuplicates::refused;
    std::map<std::string, std::string, std::less<>> further;  // as Form::further_settings
    std::vector<std::string> languages;  // of all sheets, the default first; never empty once settled
};

// `sheet` is null where the workbook has none.
[[nodiscard]] Settings read_settings(const Sheet* sheet, Problems& problems);

// Puts the languages that the columns name in order. A column without a language holds the default one; where the
// settings name no default and there is only one language, that is it.
void settle_languages(std::vector<std::string> named, Settings& settings);

}  // namespace pillarbox::form
