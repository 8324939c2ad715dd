// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/parser.hpp"

#include <fmt/format.h>

#include <array>

#include "core/form/expression.hpp"
#include "core/form/functions.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

struct Level {
    std::string_view text;
    Operator operation;
};
// From the loosest to the tightest binding; "|" binds tighter than unary minus and is read apart.
const std::array<std::vector<Level>, 6> levels = {{
    {{"or", Operator::logical_or}},
    {{"and", Operator::logical_and}},
    {{"=", Operator::equal}, {"!=", Operator::not_equal}},
    {{"<", Operator::less},
     {"<=", Operator::less_or_equal},
     {">", Operator::greater},
     {">=", Operator::greater_or_equal}},
    {{"+", Operator::add}, {"-", Operator::subtract}},
    {{"*", Operator::multiply}, {"div", Operator::divide}, {"mod", Operator::modulo}},
}};

bool is_operator(const Token& token) {
    return token.kind == TokenKind::symbol || token.kind == TokenKind::operator_name ||
           token.kind == TokenKind::multiply;
}

}  // namespace

Result<Syntax> Parser::run() {
    Syntax syntax = TRY(parse_expression());
    if (token().kind != TokenKind::end) {
        return complain("something left over");
    }
    return syntax;
}

std::unexpected<base::Error> Parser::complain(std::string_view what) const {
    return base::fail(ErrorCode::malformed, {},
                      fmt::format("The expression has {} at character {}.", what, token().position + 1),
                      "Correct the expression.");
}

Result<Syntax> Parser::parse_expression() {
    if (depth_ == expression_depth_max) {
        return base::fail(ErrorCode::limit_exceeded, {},
                          fmt::format("The expression nests deeper than {} levels.", expression_depth_max),
                          "Split it over several calculate rows.");
    }
    ++depth_;
    Syntax syntax = TRY(parse_level(0));
    --depth_;
    return syntax;
}

Result<Syntax> Parser::parse_level(std::size_t level) {
    if (level == levels.size()) {
        return parse_unary();
    }
    Syntax left = TRY(parse_level(level + 1));
    // A left-deep chain ("1 + 1 + 1 ...") nests in the tree as brackets do, so it counts against the same cap.
    std::size_t chained = 0;
    while (const std::optional<Operator> operation = operator_at(level)) {
        ++next_;
        if (++chained > chain_max) {
            return base::fail(ErrorCode::limit_exceeded, {},
                              fmt::format("The expression chains more than {} operators.", chain_max),
                              "Split it over several calculate rows.");
        }
        Syntax right = TRY(parse_level(level + 1));
        Syntax both;
        both.kind = SyntaxKind::binary;
        both.operation = *operation;
        both.operands.push_back(std::move(left));
        both.operands.push_back(std::move(right));
        left = std::move(both);
    }
    return left;
}

std::optional<Operator> Parser::operator_at(std::size_t level) const {
    for (const Level& candidate : levels[level]) {
        if (is_operator(token()) && token().text == candidate.text) {
            return candidate.operation;
        }
    }
    return std::nullopt;
}

Result<Syntax> Parser::parse_unary() {
    std::size_t signs = 0;
    while (take_symbol("-")) {
        ++signs;
    }
    Syntax operand = TRY(parse_union());
    if (signs == 0) {
        return operand;
    }
    for (std::size_t negations = signs % 2 == 0 ? 2 : 1; negations > 0; --negations) {
        Syntax negated;
        negated.kind = SyntaxKind::negate;
        negated.operands.push_back(std::move(operand));
        operand = std::move(negated);
    }
    return operand;
}

Result<Syntax> Parser::parse_union() {
    Syntax left = TRY(parse_path());
    std::size_t chained = 0;
    while (take_symbol("|")) {
        if (++chained > chain_max) {
            return complain("too many unions");
        }
        Syntax right = TRY(parse_path());
        if (!yields_nodes(left) || !yields_nodes(right)) {
            return complain("a union of something that is not a path");
        }
        Syntax both;
        both.kind = SyntaxKind::binary;
        both.operation = Operator::unite;
        both.operands.push_back(std::move(left));
        both.operands.push_back(std::move(right));
        left = std::move(both);
    }
    return left;
}

Result<Syntax> Parser::parse_primary() {
    Syntax primary;
    switch (token().kind) {
        case TokenKind::number:
            primary.kind = SyntaxKind::number;
            primary.number = token().number;
            ++next_;
            return primary;
        case TokenKind::literal:
        case TokenKind::reference:
            primary.kind = token().kind == TokenKind::literal ? SyntaxKind::literal : SyntaxKind::reference;
            primary.text = token().text;
            ++next_;
            return primary;
        case TokenKind::name:
            return parse_call();
        case TokenKind::symbol:
            if (take_symbol("(")) {
                primary = TRY(parse_expression());
                if (!take_symbol(")")) {
                    return complain("a bracket without its closing )");
                }
                return primary;
            }
            return complain("an operator where a value should be");
        case TokenKind::end:
            return complain("no value where one should be");
        case TokenKind::operator_name:
        case TokenKind::wildcard:
        case TokenKind::multiply:
            break;
    }
    return complain("an operator where a value should be");
}

Result<Syntax> Parser::parse_call() {
    Syntax call;
    call.kind = SyntaxKind::call;
    call.text = token().text;
    next_ += 2;
    if (!take_symbol(")")) {
        do {
            call.operands.push_back(TRY(parse_expression()));
        } while (take_symbol(","));
        if (!take_symbol(")")) {
            return complain("a function call without its closing )");
        }
    }
    call.function = find_function(call.text);
    if (call.function == nullptr) {
        return base::fail(ErrorCode::unsupported, {}, fmt::format("The function {}() is not supported.", call.text),
                          "Use another function: docs/formats/form.md lists them.");
    }
    TRY(check_call(call));
    return call;
}

Result<Expression> Expression::parse(std::string_view text) {
    std::vector<Token> tokens = TRY(split_expression(text));
    Parser parser(std::move(tokens));
    Syntax syntax = TRY(parser.run());
    return Expression(std::move(syntax));
}

}  // namespace pillarbox::form
