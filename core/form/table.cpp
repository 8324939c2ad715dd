// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/form/cell_text.hpp"

namespace pillarbox::form {
namespace {

std::string normal_word(std::string_view word) {
    std::string normal;
    for (const std::string& part : words_of(word)) {
        normal += (normal.empty() ? "" : "_") + lower_case(part);
    }
    return normal;
}

// "label::English (en)" at "::"; older forms use one ":" for it. "jr:count" is one word.
std::vector<std::string> parts_of(std::string_view header) {
    const std::string_view separator = header.find("::") == std::string_view::npos ? ":" : "::";
    const bool prefixed = separator == ":" && (header.starts_with("jr:") || header.starts_with("entities:"));
    std::vector<std::string> parts;
    while (!prefixed) {
        const std::size_t found = header.find(separator);
        if (found == std::string_view::npos) {
            break;
        }
        parts.emplace_back(trimmed(header.substr(0, found)));
        header.remove_prefix(found + separator.size());
    }
    parts.emplace_back(trimmed(header));
    return parts;
}

std::string_view canonical_name(const Schema& schema, std::string_view written) {
    const auto found = std::ranges::find(schema.names, written, &ColumnName::written);
    return found == schema.names.end() ? std::string_view() : found->name;
}

// Takes the longest known name off the front of the header; what is left over must be one language.
std::optional<Column> known_column(const Schema& schema, const std::vector<std::string>& parts) {
    for (std::size_t taken = std::min<std::size_t>(parts.size(), 2); taken > 0; --taken) {
        std::string written = normal_word(parts[0]);
        if (taken == 2) {
            written += "::" + normal_word(parts[1]);
        }
        const std::string_view name = canonical_name(schema, written);
        if (name.empty() || parts.size() - taken > 1) {
            continue;
        }
        const bool translated = std::ranges::find(schema.translated, name) != schema.translated.end();
        if (parts.size() == taken) {
            return Column{{}, std::string(name), {}, 0};
        }
        if (translated && !parts.back().empty()) {
            return Column{{}, std::string(name), language_code(parts.back()), 0};
        }
    }
    return std::nullopt;
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& character : lower) {
        character = character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
    }
    return lower;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    constexpr std::string_view space = " \t\r\n";
    while (true) {
        const std::size_t first = text.find_first_not_of(space);
        if (first == std::string_view::npos) {
            return words;
        }
        text.remove_prefix(first);
        words.emplace_back(text.substr(0, text.find_first_of(space)));
        text.remove_prefix(words.back().size());
    }
}

std::string language_code(std::string_view language) {
    language = trimmed(language);
    const std::size_t open = language.rfind('(');
    if (open != std::string_view::npos && language.ends_with(')') && open + 2 < language.size()) {
        return std::string(trimmed(language.substr(open + 1, language.size() - open - 2)));
    }
    return std::string(language);
}

std::string_view cell_text(const Row& row, std::uint32_t column) {
    const auto found = std::ranges::find(row.cells, column, &Cell::column);
    return found == row.cells.end() ? std::string_view() : std::string_view(found->text);
}

std::string_view Table::text(const Row& row, std::string_view name) const {
    for (const Column& column : columns) {
        if (column.name == name && column.language.empty()) {
            return cell_text(row, column.number);
        }
    }
    return {};
}

std::string_view Table::header_of(std::string_view name) const {
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? name : std::string_view(found->header);
}

Table read_table(const Sheet& sheet, const Schema& schema, Problems& problems) {
    Table table;
    table.sheet = lower_case(sheet.name);
    if (sheet.rows.empty()) {
        return table;
    }
    const Row& header = sheet.rows.front();
    table.header_row = header.number;
    table.rows = std::span(sheet.rows).subspan(1);
    for (const Cell& cell : header.cells) {
        std::optional<Column> known = known_column(schema, parts_of(cell.text));
        Column column = known ? *std::move(known) : Column{{}, lower_case(cell.text), {}, 0};
        column.header = cell.text;
        column.number = cell.column;
        auto& target = known ? table.columns : table.unknown;
        const auto same = [&](const Column& other) {
            return other.name == column.name && other.language == column.language;
        };
        const auto twin = std::ranges::find_if(target, same);
        if (twin != target.end()) {
            problems.malformed({table.sheet, header.number, column.header},
                               fmt::format("The columns {} and {} mean the same.", twin->header, column.header),
                               "Keep one of them.");
            continue;
        }
        target.push_back(std::move(column));
    }
    return table;
}

}  // namespace pillarbox::form
