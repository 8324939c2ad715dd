// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes the text of one of our notes apart at single spaces and newlines. Strictness comes at the end: whoever reads
// formats what was read again, and it must give the same bytes, so no second spelling (leading zeros, capitals, spare
// spaces) is let in. For core/batch alone.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::batch {

class NoteFields {
  public:
    // Both views must outlive this. `kind` names the note in errors.
    NoteFields(std::string_view text, std::string_view kind) : rest_(text), kind_(kind) {}

    [[nodiscard]] std::string_view up_to(char end) {
        const std::size_t at = std::min(rest_.find(end), rest_.size());
        const std::string_view field = rest_.substr(0, at);
        rest_.remove_prefix(std::min(at + 1, rest_.size()));
        return field;
    }
    [[nodiscard]] base::Result<void> word(std::string_view expected, char end) {
        if (up_to(end) != expected) {
            return fail("It lacks '" + std::string(expected) + "'.");
        }
        return {};
    }
    [[nodiscard]] base::Result<std::uint64_t> number(char end) {
        const std::string_view digits = up_to(end);
        std::uint64_t number = 0;
        const auto [stop, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (status != std::errc() || stop != digits.data() + digits.size()) {
            return fail("A number is expected.");
        }
        return number;
    }
    template <std::size_t Size>
    [[nodiscard]] base::Result<std::array<std::uint8_t, Size>> hex(char end) {
        const base::Bytes bytes = TRY(base::from_hex(up_to(end)));
        return base::array_of<Size>(bytes);
    }
    [[nodiscard]] std::unexpected<base::Error> fail(std::string what) const {
        return base::fail(base::ErrorCode::malformed, std::string(kind_), std::move(what));
    }

  private:
    std::string_view rest_;
    std::string_view kind_;
};

}  // namespace pillarbox::batch
