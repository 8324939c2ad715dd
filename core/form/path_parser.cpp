// SPDX-License-Identifier: GPL-3.0-or-later
//
// Location paths, steps and predicates (XPath 1.0 section 2).
#include <fmt/format.h>

#include <array>

#include "core/form/functions.hpp"
#include "core/form/parser.hpp"

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

}  // namespace

Result<Syntax> Parser::parse_path() {
    if (at_symbol("/") || at_symbol("//")) {
        return parse_location_path(PathStart::root);
    }
    const bool call = token().kind == TokenKind::name && at_symbol("(", 1) && token().text != "node" &&
                      token().text != "text" && token().text != "comment" && token().text != "processing-instruction";
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
        steps.push_back({Axis::descendant_or_self, NodeTest::any_node, {}, {}});
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

Result<void> Parser::unsupported_test(const std::string& test) {
    return base::fail(ErrorCode::unsupported, {}, fmt::format("The node test {} is not supported here.", test),
                      "Name the question, or use *.");
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
