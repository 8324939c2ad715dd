// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/messages/plural_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace pillarbox::messages {
namespace {
constexpr std::size_t rule_size_max = 1000;  // characters
constexpr int depth_max = 50;
constexpr std::size_t form_count_max = 10;

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "Plural-Forms", std::move(what),
                      "Take the line from the gettext manual.");
}
}  // namespace

// Recursive descent; binary operators by precedence climbing. After an error, failed_ is set and everything returns
// at once.
class PluralParser {
  public:
    using Operation = PluralRule::Operation;
    using Node = PluralRule::Node;

    explicit PluralParser(std::string_view text) : text_(text) {}

    std::optional<std::vector<Node>> parse() {
        expression(0);
        skip_spaces();
        if (failed_ || at_ != text_.size()) {
            return std::nullopt;
        }
        return std::move(nodes_);
    }

  private:
    struct Binary {
        std::string_view sign;
        int strength;
        Operation operation;
    };
    // Longer signs before their own beginnings. Strength: the larger binds tighter, as in C.
    static constexpr std::array<Binary, 13> binaries{{
        {"||", 1, Operation::logical_or},
        {"&&", 2, Operation::logical_and},
        {"==", 3, Operation::equal},
        {"!=", 3, Operation::not_equal},
        {"<=", 4, Operation::less_or_equal},
        {">=", 4, Operation::greater_or_equal},
        {"<", 4, Operation::less},
        {">", 4, Operation::greater},
        {"+", 5, Operation::add},
        {"-", 5, Operation::subtract},
        {"*", 6, Operation::multiply},
        {"/", 6, Operation::divide},
        {"%", 6, Operation::remainder},
    }};

    void skip_spaces() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
            ++at_;
        }
    }

    bool take(std::string_view sign) {
        skip_spaces();
        if (!text_.substr(at_).starts_with(sign)) {
            return false;
        }
        at_ += sign.size();
        return true;
    }

    std::size_t add(Operation operation, std::size_t first = 0, std::size_t second = 0, std::size_t third = 0) {
        nodes_.push_back({operation, 0, first, second, third});
        return nodes_.size() - 1;
    }

    std::size_t error() {
        failed_ = true;
        return 0;
    }

    std::size_t expression(int depth) {
        if (failed_ || depth > depth_max) {
            return error();
        }
        const auto condition = binary(1, depth);
        if (!take("?")) {
            return condition;
        }
        const auto when_true = expression(depth + 1);
        if (!take(":")) {
            return error();
        }
        const auto when_false = expression(depth + 1);
        return add(Operation::choose, condition, when_true, when_false);
    }

    const Binary* next_binary(int strength_min) {
        skip_spaces();
        for (const auto& binary : binaries) {
            if (text_.substr(at_).starts_with(binary.sign)) {
                return binary.strength >= strength_min ? &binary : nullptr;
            }
        }
        return nullptr;
    }

    std::size_t binary(int strength_min, int depth) {
        auto left = unary(depth);
        for (const auto* found = next_binary(strength_min); found != nullptr && !failed_;
             found = next_binary(strength_min)) {
            at_ += found->sign.size();
            const auto right = binary(found->strength + 1, depth);
            left = add(found->operation, left, right);
        }
        return left;
    }

    std::size_t unary(int depth) {
        if (failed_ || depth > depth_max) {
            return error();
        }
        if (take("!")) {
            const auto operand = unary(depth + 1);
            return add(Operation::logical_not, operand);
        }
        if (take("(")) {
            const auto inner = expression(depth + 1);
            return take(")") ? inner : error();
        }
        if (take("n")) {
            return add(Operation::variable);
        }
        skip_spaces();
        std::uint64_t number = 0;
        const auto* start = text_.data() + at_;
        const auto [end, problem] = std::from_chars(start, text_.data() + text_.size(), number);
        if (problem != std::errc{}) {
            return error();
        }
        at_ += static_cast<std::size_t>(end - start);
        const auto node = add(Operation::number);
        nodes_[node].number = number;
        return node;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool failed_ = false;
    std::vector<Node> nodes_;
};

PluralRule::PluralRule() : form_count_(2) {
    nodes_ = {{Operation::variable, 0, 0, 0, 0}, {Operation::number, 1, 0, 0, 0}, {Operation::not_equal, 0, 0, 1, 0}};
}

base::Result<PluralRule> PluralRule::parse(std::string_view header) {
    if (header.size() > rule_size_max) {
        return malformed("The rule is longer than 1000 characters.");
    }
    constexpr std::string_view count_name = "nplurals=";
    constexpr std::string_view rule_name = "plural=";
    const auto count_at = header.find(count_name);
    const auto rule_at =
        header.find(rule_name, count_at == std::string_view::npos ? 0 : count_at + count_name.size());
    if (count_at == std::string_view::npos || rule_at == std::string_view::npos) {
        return malformed("It needs nplurals= and plural=.");
    }
    PluralRule rule;
    const auto* number = header.data() + count_at + count_name.size();
    const auto read = std::from_chars(number, header.data() + header.size(), rule.form_count_);
    if (read.ec != std::errc{} || rule.form_count_ == 0 || rule.form_count_ > form_count_max) {
        return malformed("nplurals is not a number from 1 to 10.");
    }
    const auto expression = header.substr(rule_at + rule_name.size());
    auto nodes = PluralParser(expression.substr(0, expression.find(';'))).parse();
    if (!nodes || nodes->empty()) {
        return malformed("plural= is not an expression that can be read.");
    }
    rule.nodes_ = std::move(*nodes);
    return rule;
}

// Operands stand before their operators, so that one pass from the front has every value ready. All branches of ?:
// are worked out; that is safe because nothing can fail: a division by zero gives the largest number, which means the
// last form.
std::size_t PluralRule::form_of(std::uint64_t count) const {
    constexpr auto impossible = ~std::uint64_t{0};
    std::vector<std::uint64_t> values;
    values.reserve(nodes_.size());
    for (const auto& node : nodes_) {
        const auto value = [&values](std::size_t index) { return index < values.size() ? values[index] : 0; };
        const auto a = value(node.first);
        const auto b = value(node.second);
        std::uint64_t result = 0;
        switch (node.operation) {
            case Operation::number:
                result = node.number;
                break;
            case Operation::variable:
                result = count;
                break;
            case Operation::logical_not:
                result = a == 0 ? 1 : 0;
                break;
            case Operation::multiply:
                result = a * b;
                break;
            case Operation::divide:
                result = b == 0 ? impossible : a / b;
                break;
            case Operation::remainder:
                result = b == 0 ? impossible : a % b;
                break;
            case Operation::add:
                result = a + b;
                break;
            case Operation::subtract:
                result = a - b;
                break;
            case Operation::less:
                result = a < b ? 1 : 0;
                break;
            case Operation::greater:
                result = a > b ? 1 : 0;
                break;
            case Operation::less_or_equal:
                result = a <= b ? 1 : 0;
                break;
            case Operation::greater_or_equal:
                result = a >= b ? 1 : 0;
                break;
            case Operation::equal:
                result = a == b ? 1 : 0;
                break;
            case Operation::not_equal:
                result = a != b ? 1 : 0;
                break;
            case Operation::logical_and:
                result = a != 0 && b != 0 ? 1 : 0;
                break;
            case Operation::logical_or:
                result = a != 0 || b != 0 ? 1 : 0;
                break;
            case Operation::choose:
                result = a != 0 ? b : value(node.third);
                break;
        }
        values.push_back(result);
    }
    const auto form = values.empty() ? 0 : values.back();
    return static_cast<std::size_t>(std::min<std::uint64_t>(form, form_count_ - 1));
}

}  // namespace pillarbox::messages
