// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cells of columns that carry languages: label, hint, messages, media.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {

// All texts of one column name in a row. A column without a language holds the default language.
[[nodiscard]] LocalizedText localized_text(const Table& table, const Row& row, std::string_view name,
                                           const std::string& default_language);

// "media::image" and its kin, as "image" -> file names.
[[nodiscard]] std::map<std::string, LocalizedText, std::less<>> media_of(const Table& table, const Row& row,
                                                                         const std::string& default_language);

// The languages of the columns, in workbook order; "" for a label without a language, and for any column that
// stands both without a language and with one.
void collect_languages(const Table& table, std::vector<std::string>& languages);

// Reports a text that lacks one of the languages. Empty texts pass.
void check_translations(const LocalizedText& text, const std::vector<std::string>& languages, const Place& place,
                        Problems& problems);

}  // namespace pillarbox::form
