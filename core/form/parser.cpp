// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recursive descent over the tokens, one function a level of precedence (XPath 1.0 section 3.5).
#include <fmt/format.h>

#include <array>
#include <optional>

#include "core/form/expression.hpp"
#include "core/form/functions.hpp"
#include "core/form/lexer.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

struct NamedAxis {
    std::string_view name;
    Axis axis;
};
constexpr std::array<NamedAxis, 12> axes = {{{"child", Axis::child},
                                             {"descendant", Axis::descendant},
                                             {"descendant-or-self", Axis::descendant_or_self},
                                             {"parent", Axis::parent},
                                             {"ancestor", Axis::ancestor},
                                             {"ancestor-or-self", Axis::ancestor_or_self},
                                             {"self", Axis::self},
                                             {"following-sibling", Axis::following_sibling},
                                             {"preceding-sibling", Axis::preceding_sibling},
                                             {"following", Axis::following},
                                             {"preceding", Axis::preceding},
                                             {"attribute", Axis::attribute}}};

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

class Parser {
  public:
    explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    Result<Syntax> run() {
        Syntax syntax = TRY(parse_expression());
        if (token().kind != TokenKind::end) {
            return complain("something left over");
        }
        return syntax;
    }

  private:
    [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
        return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
    }
    [[nodiscard]] bool at_symbol(std::string_view text, std::size_t ahead = 0) const {
        return token(ahead).kind == TokenKind::symbol && token(ahead).text == text;
    }
    bool take_symbol(std::string_view text) {
        const bool taken = at_symbol(text);
        next_ += taken ? 1 : 0;
        return taken;
    }
    [[nodiscard]] std::unexpected<base::Error> complain(std::string_view what) const {
        return base::fail(ErrorCode::malformed, {},
                          fmt::format("The expression has {} at character {}.", what, token().position + 1),
                          "Correct the expression.");
    }

    Result<Syntax> parse_expression() {
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

    Result<Syntax> parse_level(std::size_t level) {
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

    [[nodiscard]] std::optional<Operator> operator_at(std::size_t level) const {
        for (const Level& candidate : levels[level]) {
            if (is_operator(token()) && token().text == candidate.text) {
                return candidate.operation;
            }
        }
        return std::nullopt;
    }

    Result<Syntax> parse_unary() {
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

    Result<Syntax> parse_union() {
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

    // PathExpr: a location path, or a primary expression with predicates and further steps.
    Result<Syntax> parse_path() {
        if (at_symbol("/") || at_symbol("//")) {
            return parse_location_path(PathStart::root);
        }
        const bool call = token().kind == TokenKind::name && at_symbol("(", 1) && token().text != "node" &&
                          token().text != "text" && token().text != "comment" &&
                          token().text != "processing-instruction";
        const bool step = token().kind == TokenKind::name || token().kind == TokenKind::wildcard || at_symbol(".") ||
                          at_symbol("..") || at_symbol("@");
        if (step && !call) {
            return parse_location_path(PathStart::context);
        }
        Syntax primary = TRY(parse_primary());
        if (!at_symbol("[") && !at_symbol("/") && !at_symbol("//")) {
            return primary;
        }
        if (!yields_nodes(primary)) {
            return complain("a step or predicate after something that is not a path");
        }
        Syntax path;
        path.kind = SyntaxKind::path;
        path.start = PathStart::expression;
        path.operands.push_back(std::move(primary));
        path.predicates = TRY(parse_predicates());
        while (at_symbol("/") || at_symbol("//")) {
            TRY(parse_separator(path.steps));
            path.steps.push_back(TRY(parse_step()));
        }
        return path;
    }

    Result<Syntax> parse_location_path(PathStart start) {
        Syntax path;
        path.kind = SyntaxKind::path;
        path.start = start;
        if (start == PathStart::root && at_symbol("/") && !starts_step(1)) {
            ++next_;
            return path;  // "/" alone is the document
        }
        if (start == PathStart::root) {
            TRY(parse_separator(path.steps));
        }
        path.steps.push_back(TRY(parse_step()));
        while (at_symbol("/") || at_symbol("//")) {
            TRY(parse_separator(path.steps));
            path.steps.push_back(TRY(parse_step()));
        }
        return path;
    }

    [[nodiscard]] bool starts_step(std::size_t ahead) const {
        return token(ahead).kind == TokenKind::name || token(ahead).kind == TokenKind::wildcard ||
               at_symbol(".", ahead) || at_symbol("..", ahead) || at_symbol("@", ahead);
    }

    // "//" is short for /descendant-or-self::node()/.
    Result<void> parse_separator(std::vector<Step>& steps) {
        if (steps.size() > chain_max) {
            return complain("too many steps");
        }
        if (take_symbol("//")) {
            steps.push_back({Axis::descendant_or_self, NodeTest::any_node, {}, {}});
        } else {
            ++next_;
        }
        return {};
    }

    Result<Step> parse_step() {
        Step step;
        if (take_symbol(".")) {
            step.axis = Axis::self;
            step.test = NodeTest::any_node;
        } else if (take_symbol("..")) {
            step.axis = Axis::parent;
            step.test = NodeTest::any_node;
        } else {
            TRY(parse_axis(step));
            TRY(parse_node_test(step));
        }
        step.predicates = TRY(parse_predicates());
        return step;
    }

    Result<void> parse_axis(Step& step) {
        if (take_symbol("@")) {
            step.axis = Axis::attribute;
            return {};
        }
        if (token().kind != TokenKind::name || !at_symbol("::", 1)) {
            return {};
        }
        for (const NamedAxis& candidate : axes) {
            if (candidate.name == token().text) {
                step.axis = candidate.axis;
                next_ += 2;
                return {};
            }
        }
        return base::fail(ErrorCode::unsupported, {}, fmt::format("The axis {}:: is not supported.", token().text),
                          "Use ${name} references or child paths.");
    }

    Result<void> parse_node_test(Step& step) {
        if (token().kind == TokenKind::wildcard) {
            ++next_;
            step.test = NodeTest::any_element;
            return {};
        }
        if (token().kind != TokenKind::name) {
            return complain("no name where a path's step should be");
        }
        const bool type_test = at_symbol("(", 1);
        step.name = token().text;
        ++next_;
        if (!type_test) {
            // Questions have no namespace, so that a prefix could never match: refused rather than silently empty.
            return step.name.find(':') != std::string::npos ? unsupported_test(step.name) : Result<void>();
        }
        // A form's tree has elements only, so that node() on these axes would also mean text nodes that it does not
        // have.
        const bool sees_text = step.axis == Axis::child || step.axis == Axis::descendant ||
                               step.axis == Axis::following || step.axis == Axis::preceding ||
                               step.axis == Axis::following_sibling || step.axis == Axis::preceding_sibling ||
                               step.axis == Axis::descendant_or_self;
        if (step.name != "node" || sees_text || !at_symbol(")", 1)) {
            return unsupported_test(step.name + "()");
        }
        next_ += 2;
        step.name.clear();
        step.test = NodeTest::any_node;
        return {};
    }

    static Result<void> unsupported_test(const std::string& test) {
        return base::fail(ErrorCode::unsupported, {}, fmt::format("The node test {} is not supported here.", test),
                          "Name the question, or use *.");
    }

    Result<std::vector<Syntax>> parse_predicates() {
        std::vector<Syntax> predicates;
        while (take_symbol("[")) {
            predicates.push_back(TRY(parse_expression()));
            if (!take_symbol("]") || predicates.size() > chain_max) {
                return complain("a predicate without its closing ]");
            }
        }
        return predicates;
    }

    Result<Syntax> parse_primary() {
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

    Result<Syntax> parse_call() {
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
            return base::fail(ErrorCode::unsupported, {},
                              fmt::format("The function {}() is not supported.", call.text),
                              "Use another function: docs/formats/form.md lists them.");
        }
        TRY(check_call(call));
        return call;
    }

    static constexpr std::size_t chain_max = 512;
    std::vector<Token> tokens_;
    std::size_t next_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace

Result<Expression> Expression::parse(std::string_view text) {
    std::vector<Token> tokens = TRY(split_expression(text));
    Parser parser(std::move(tokens));
    Syntax syntax = TRY(parser.run());
    return Expression(std::move(syntax));
}

}  // namespace pillarbox::form
