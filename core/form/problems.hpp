// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collects what is wrong with a workbook, each with its place: "form.xlsx, sheet survey, row 12, column relevant".
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace pillarbox::form {

// Where a cell is; an empty column names a whole row, row 0 a whole sheet.
struct Place {
    std::string_view sheet;
    std::uint32_t row = 0;
    std::string_view column = {};
};

class Problems {
  public:
    explicit Problems(std::string_view where) : where_(where) {}

    void add(base::ErrorCode code, const Place& place, std::string what, std::string remedy) {
        errors_.push_back({code, describe(place), std::move(what), std::move(remedy)});
    }
    // An error that does not know its cell, such as a parser's.
    void add(base::Error error, const Place& place) {
        error.where = describe(place);
        errors_.push_back(std::move(error));
    }
    void malformed(const Place& place, std::string what, std::string remedy) {
        add(base::ErrorCode::malformed, place, std::move(what), std::move(remedy));
    }
    void unsupported(const Place& place, std::string what, std::string remedy) {
        add(base::ErrorCode::unsupported, place, std::move(what), std::move(remedy));
    }

    [[nodiscard]] const std::vector<base::Error>& errors() const { return errors_; }
    [[nodiscard]] std::vector<base::Error> take() && { return std::move(errors_); }
    [[nodiscard]] const std::string& where() const { return where_; }

  private:
    [[nodiscard]] std::string describe(const Place& place) const {
        std::string text = where_;
        const auto append = [&](std::string_view label, std::string_view value) {
            text += (text.empty() ? "" : ", ") + std::string(label) + " " + std::string(value);
        };
        append("sheet", place.sheet);
        if (place.row != 0) {
            append("row", std::to_string(place.row));
        }
        if (!place.column.empty()) {
            append("column", place.column);
        }
        return text;
    }

    std::string where_;
    std::vector<base::Error> errors_;
};

}  // namespace pillarbox::form
