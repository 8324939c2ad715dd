// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/nearest_type.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pillarbox::form {
namespace {

constexpr std::array<std::string_view, 16> usual_types = {
    "text",      "select_one",   "select_multiple", "note",     "integer", "decimal",
    "date",      "time",         "acknowledge",     "range",    "rank",    "begin_group",
    "end_group", "begin_repeat", "end_repeat",      "calculate"};
constexpr std::size_t word_size_max = 24;
constexpr std::size_t slips_max = 2;

// How many letters are to be put in, left out or changed to make one of the other (Levenshtein). A capital letter is
// no slip.
std::size_t slips_between(std::string_view left, std::string_view right) {
    std::array<std::size_t, word_size_max + 1> row{};
    for (std::size_t column = 0; column <= right.size(); ++column) {
        row[column] = column;
    }
    for (std::size_t line = 1; line <= left.size(); ++line) {
        std::size_t diagonal = row[0];
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const char letter = left[line - 1];
            const bool capital = letter >= 'A' && letter <= 'Z';
            const bool same = (capital ? static_cast<char>(letter - 'A' + 'a') : letter) == right[column - 1];
            const std::size_t changed = diagonal + (same ? 0U : 1U);
            diagonal = row[column];
            row[column] = std::min({changed, row[column] + 1, row[column - 1] + 1});
        }
    }
    return row[right.size()];
}

}  // namespace

std::string_view nearest_type(std::string_view type) {
    const std::string_view first = type.substr(0, type.find(' '));
    const std::string_view whole = type;
    std::string_view nearest;
    std::size_t fewest = slips_max + 1;
    for (const std::string_view word : {first, whole}) {
        if (word.empty() || word.size() > word_size_max) {
            continue;
        }
        for (const std::string_view usual : usual_types) {
            const std::size_t slips = slips_between(word, usual);
            if (slips < fewest && slips * 2 < usual.size()) {
                fewest = slips;
                nearest = usual;
            }
        }
    }
    return nearest;
}

}  // namespace pillarbox::form
