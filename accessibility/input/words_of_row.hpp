// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables of characters as they are read best: "à á â". For this folder's sources only.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace pillarbox::input {

[[nodiscard]] inline std::vector<std::string_view> words_of_row(std::string_view row) {
    std::vector<std::string_view> words;
    while (!row.empty()) {
        const auto end = std::min(row.find(' '), row.size());
        words.push_back(row.substr(0, end));
        row.remove_prefix(std::min(end + 1, row.size()));
    }
    return words;
}

}  // namespace pillarbox::input
