// SPDX-License-Identifier: GPL-3.0-or-later
//
// Location paths, steps and predicates (XPath 1.0 section 2).
#include <fmt/format.h>

#include <array>

#include "core/form/functions.hpp"
#include "core/form/parser.hpp"
#include "core/form/tree.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

struct NamedAxis {
    std::string_view name;
    Axis axis;
};
constexpr std::array<NamedAxis, 13> axes = {{{"child", Axis::child},
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
                                             {"attribute", Axis::attribute},
                                             {"namespace", Axis::name_space}}};

struct NamedTest {
    std::string_view name;
    NodeTest test;
};
constexpr std::array<NamedTest, 4> type_tests = {{{"node", NodeTest::any_node},
                                                  {"text", NodeTest::text},
                                                  {"comment", NodeTest::comment},
                                                  {"processing-instruction", NodeTest::instruction}}};

bool is_type_test(std::string_view name) {
    return std::ranges::find(type_tests, name, &NamedTest::name) != type_tests.end();
}

}  // namespace

Result<Syntax> Parser::parse_path() {
    if (at_symbol("/") || at_symbol("//")) {
        return parse_location_path(PathStart::root);
    }
    const bool call = token().kind == TokenKind::name && at_symbol("(", 1) && !is_type_test(token().text);
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

Result<Syntax> Parser::parse_location_path(PathStart start) {
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

bool Parser::starts_step(std::size_t ahead) const {
    return token(ahead).kind == TokenKind::name || token(ahead).kind == TokenKind::wildcard ||
           at_symbol(".", ahead) || at_symbol("..", ahead) || at_symbol("@", ahead);
}

Result<void> Parser::parse_separator(std::vector<Step>& steps) {
    if (steps.size() > chain_max) {
        return complain("too many steps");
    }
    if (take_symbol("//")) {
        steps.push_back({Axis::descendant_or_self, NodeTest::any_node, {}, {}, {}});
    } else {
        ++next_;
    }
    return {};
}

Result<Step> Parser::parse_step() {
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

Result<void> Parser::parse_axis(Step& step) {
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

Result<void> Parser::parse_node_test(Step& step) {
    if (token().kind == TokenKind::wildcard) {
        ++next_;
        step.test = NodeTest::any_name;
        return {};
    }
    if (token().kind != TokenKind::name) {
        return complain("no name where a path's step should be");
    }
    if (at_symbol("(", 1)) {
        return parse_type_test(step);
    }
    const std::string& name = token().text;
    step.prefix = prefix_part(name);
    step.name = local_part(name);
    if (step.name == "*") {
        step.name.clear();
        step.test = NodeTest::any_name;
    }
    ++next_;
    return {};
}

Result<void> Parser::parse_type_test(Step& step) {
    const auto found = std::ranges::find(type_tests, token().text, &NamedTest::name);
    if (found == type_tests.end()) {
        return base::fail(ErrorCode::unsupported, {},
                          fmt::format("The node test {}() is not supported here.", token().text),
                          "Name the question, or use *.");
    }
    step.test = found->test;
    next_ += 2;
    if (step.test == NodeTest::instruction && token().kind == TokenKind::literal) {
        step.name = token().text;
        ++next_;
    }
    return take_symbol(")") ? Result<void>() : complain("a node test without its closing )");
}

Result<std::vector<Syntax>> Parser::parse_predicates() {
    std::vector<Syntax> predicates;
    while (take_symbol("[")) {
        predicates.push_back(TRY(parse_expression()));
        if (!take_symbol("]") || predicates.size() > chain_max) {
            return complain("a predicate without its closing ]");
        }
    }
    return predicates;
}

}  // namespace pillarbox::form
