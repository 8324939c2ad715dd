// SPDX-License-Identifier: GPL-3.0-or-later
//
// A sheet with a header row: which column means what, in which language.
// https://xlsform.org/en/#setting-up-your-worksheets
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/form/problems.hpp"
#include "core/form/sheet.hpp"

namespace pillarbox::form {

// "Media::Image::English (en)" -> name "media::image", language "en"; "label" -> name "label", no language.
struct Column {
    std::string header;  // as written, for messages
    std::string name;    // canonical
    std::string language;
    std::uint32_t number = 0;  // the cell's
};

struct ColumnName {
    std::string_view written;  // in lower case, with "_" for spaces
    std::string_view name;     // canonical
};

// What a sheet may hold. Columns that are in no list are left to the caller (Table::unknown).
struct Schema {
    std::span<const ColumnName> names;             // canonical names and their aliases
    std::span<const std::string_view> translated;  // those that may carry a language
};

struct Table {
    std::string sheet;
    std::uint32_t header_row = 0;
    std::vector<Column> columns;
    std::vector<Column> unknown;  // their name is the header in lower case
    std::span<const Row> rows;    // below the header

    // The text of the first column of that canonical name and no language; empty where there is none.
    [[nodiscard]] std::string_view text(const Row& row, std::string_view name) const;
    // The header as the author wrote it, for messages; the name itself where there is no such column.
    [[nodiscard]] std::string_view header_of(std::string_view name) const;
};

// Adds a problem for two columns that mean the same. `sheet` outlives the table.
[[nodiscard]] Table read_table(const Sheet& sheet, const Schema& schema, Problems& problems);

[[nodiscard]] std::string_view cell_text(const Row& row, std::uint32_t column);
[[nodiscard]] std::string lower_case(std::string_view text);         // ASCII letters only
[[nodiscard]] std::string language_code(std::string_view language);  // "English (en)" -> "en", "English" -> "English"
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);  // split at white space

}  // namespace pillarbox::form
