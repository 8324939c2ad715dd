// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers to selects as XForms writes them: choice names joined by one space.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/form/form.hpp"
#include "kiosk/flow/event.hpp"

namespace pillarbox::flow {

[[nodiscard]] std::vector<std::string> split_choices(std::string_view value);
[[nodiscard]] bool is_chosen(std::string_view value, std::string_view choice);

enum class ToggleKind { nothing, added, removed };
struct Toggle {
    ToggleKind kind = ToggleKind::nothing;
    std::string value;  // the answer afterwards
};

// What tapping `choice` makes of `value`: select_multiple keeps workbook order, select_one replaces (the chosen one
// again takes the answer away, since every question can be skipped), acknowledge knows only "OK". `offered` bounds
// what can be added.
[[nodiscard]] Toggle toggled(const form::Node& question, std::string_view value, std::string_view choice,
                             const std::vector<const form::Choice*>& offered);

// The choices of a rank question in the order that `value` gives them; what it doesn't name follows in the form's
// order.
[[nodiscard]] std::vector<const form::Choice*> ranked(std::string_view value,
                                                      const std::vector<const form::Choice*>& offered);
// The whole order, with `choice` moved by one place where there is one to move to.
[[nodiscard]] std::string moved(std::string_view value, std::string_view choice, Move move,
                                const std::vector<const form::Choice*>& offered);

}  // namespace pillarbox::flow
