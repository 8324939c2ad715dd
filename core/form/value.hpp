// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an expression yields, and the conversions between kinds (XPath 1.0 sections 3.2 to 4, with OpenRosa's dates).
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/form/date_value.hpp"
#include "core/form/tree.hpp"

namespace pillarbox::form {

using NodeSet = std::vector<ElementId>;  // in document order, without duplicates
using Value = std::variant<std::string, double, bool, DateValue, NodeSet>;

// How many nodes an evaluation visits at most, those whose text it reads included. Beyond that it finds no more nodes
// and no more texts, so that no expression, however its paths nest, holds a kiosk up.
class Effort {
  public:
    static constexpr std::size_t node_visits_max = 20'000'000;

    explicit Effort(std::size_t node_visits = node_visits_max) : left_(node_visits) {}

    // Whether the evaluation may go on after so many nodes more. Once it may not, it never may again.
    bool spend(std::size_t nodes) {
        exhausted_ = exhausted_ || nodes > left_;
        left_ -= exhausted_ ? 0 : nodes;
        return !exhausted_;
    }

  private:
    std::size_t left_;
    bool exhausted_ = false;
};

// What conversions need to know: nodes are read from the tree, dates without a zone are local.
struct Conversion {
    const Tree& tree;
    int utc_offset_minutes;
    Effort& effort;

    [[nodiscard]] std::string text_of_node(ElementId id) const;

    [[nodiscard]] std::string text(const Value& value) const;  // of a node set: its first node
    [[nodiscard]] double number(const Value& value) const;     // dates are days since 1970-01-01, also those in text
    [[nodiscard]] bool truth(const Value& value) const;
};

[[nodiscard]] std::string text_of(double number);       // XPath 1.0 section 4.2: "1", "0.1", "NaN", never an exponent
[[nodiscard]] double number_of(std::string_view text);  // NaN where it is no number; no dates

}  // namespace pillarbox::form
