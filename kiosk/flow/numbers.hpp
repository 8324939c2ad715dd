// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers as people type them, and as XForms keeps them: ASCII digits, a point, a minus. What is no number stays as
// it was typed, so that the form can say so and the person can correct it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/form/form.hpp"

namespace pillarbox::flow {

// The digits of every script that the kiosk writes, as 0 to 9; the rest unchanged.
[[nodiscard]] std::string with_ascii_digits(std::string_view typed);

// "١٢" -> "12", " 2,5 " -> "2.5". A comma before exactly three digits stays, and so is refused: in one language it
// parts thousands, in another tenths, and a guess would be wrong by a factor of a thousand.
[[nodiscard]] std::string as_number(std::string_view typed);

// The steps of a range question, from its start on.
class Scale {
  public:
    explicit Scale(const form::Node& range);

    [[nodiscard]] std::size_t last() const { return last_; }  // the steps are 0 to last
    [[nodiscard]] std::string value_at(std::size_t step) const;
    [[nodiscard]] std::optional<std::size_t> step_of(std::string_view value) const;
    [[nodiscard]] double number_at(std::size_t step) const;

  private:
    double start_ = 0;
    double stride_ = 1;  // negative where the range runs downwards
    std::size_t last_ = 0;
    int decimals_ = 0;
};

}  // namespace pillarbox::flow
