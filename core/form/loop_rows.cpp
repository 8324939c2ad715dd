// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/loop_rows.hpp"

#include <algorithm>

#include "core/form/question_type.hpp"

namespace pillarbox::form {
namespace {

// What %(word)s stands for; the word itself, as it was written, where the choice has no such column.
std::string word_for(const Choice& choice, std::string_view word, std::string_view language,
                     const std::string& default_language) {
    if (word == "name") {
        return choice.name;
    }
    if (word == "label") {
        return choice.label.in(language, default_language);
    }
    const auto column = choice.columns.find(word);
    return column == choice.columns.end() ? "%(" + std::string(word) + ")s" : column->second;
}

std::string filled_in(std::string_view text, const Choice& choice, std::string_view language,
                      const std::string& default_language, std::size_t size_max) {
    std::string filled;
    while (filled.size() <= size_max) {
        const std::size_t open = text.find("%(");
        const std::size_t close = text.find(")s", open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            return filled + std::string(text);
        }
        filled += text.substr(0, open);
        filled += word_for(choice, text.substr(open + 2, close - open - 2), language, default_language);
        text.remove_prefix(close + 2);
    }
    return filled;
}

}  // namespace

std::size_t rows_of_loop(const Table& table, std::span<const Row> rows) {
    std::size_t depth = 0;
    for (std::size_t index = 0; index < rows.size(); ++index) {
        const base::Result<QuestionType> type = parse_question_type(table.text(rows[index], "type"));
        if (type && type->kind == RowKind::begin_loop) {
            ++depth;
        } else if (type && type->kind == RowKind::end_loop && --depth == 0) {
            return index + 1;
        }
    }
    return 0;
}

std::optional<std::vector<Row>> rows_for_choice(const Table& table, std::span<const Row> rows, const Choice& choice,
                                                const std::string& default_language, std::size_t& bytes_left) {
    std::vector<Row> filled(rows.begin(), rows.end());
    for (Row& row : filled) {
        for (Cell& cell : row.cells) {
            const auto column = std::ranges::find(table.columns, cell.column, &Column::number);
            const bool translated = column != table.columns.end() && !column->language.empty();
            cell.text = filled_in(cell.text, choice, translated ? column->language : default_language,
                                  default_language, bytes_left);
            if (cell.text.size() > bytes_left) {
                return std::nullopt;
            }
            bytes_left -= cell.text.size();
        }
    }
    return filled;
}

}  // namespace pillarbox::form
