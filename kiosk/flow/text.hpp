// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text for the screen: either ready (from the form or the campaign, in the session's language), or one of the
// interface's own, as its English message id with {named} values. Screens look ids up in the catalogue and write
// numbers and dates the language's way; the flow knows no translation.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/day.hpp"

namespace pillarbox::flow {

// A number as XForms writes it, "-2.50": shown with the language's own digits and decimal point.
struct Decimal {
    std::string number;
    friend bool operator==(const Decimal&, const Decimal&) = default;
};
// The month that a day lies in: "January 2023".
struct Month {
    base::Day day;
    friend bool operator==(const Month&, const Month&) = default;
};
using TextValue = std::variant<std::string, std::uint64_t, base::Day, Decimal, Month>;

struct Text {
    std::string message;  // English message id; empty where `ready` or a value alone holds
    std::vector<std::pair<std::string, TextValue>> values;
    std::string ready;

    [[nodiscard]] bool empty() const { return message.empty() && ready.empty() && values.empty(); }
    friend bool operator==(const Text&, const Text&) = default;
};

[[nodiscard]] inline Text ready(std::string text) {
    return {{}, {}, std::move(text)};
}
[[nodiscard]] inline Text message(std::string id, std::vector<std::pair<std::string, TextValue>> values = {}) {
    return {std::move(id), std::move(values), {}};
}
// A value alone, with no words around it.
[[nodiscard]] inline Text written(TextValue value) {
    return {{}, {{{}, std::move(value)}}, {}};
}

}  // namespace pillarbox::flow
