// SPDX-License-Identifier: GPL-3.0-or-later
#include "records.hpp"

#include <algorithm>
#include <array>

#include "document.hpp"

namespace pillarbox::tests {
namespace {

using form::Syntax;
using nlohmann::json;

constexpr std::string_view stand_in =
    "<simple><xpath><to>\n             <node></node>\n           </to></xpath><empty/></simple>";

std::string text_of(const json& test, const char* key) {
    return test.value(key, std::string());
}

// Whether a path of the expression starts at the root with a name, or at an identifier, that the stand-in does not
// have.
bool names_another_document(const Syntax& syntax) {
    constexpr std::array<std::string_view, 5> names = {"simple", "xpath", "to", "node", "empty"};
    if (syntax.kind == form::SyntaxKind::path && syntax.start == form::PathStart::root) {
        const auto named = std::ranges::find(syntax.steps, form::NodeTest::name, &form::Step::test);
        if (named != syntax.steps.end() && std::ranges::find(names, named->name) == names.end()) {
            return true;
        }
    }
    if (syntax.kind == form::SyntaxKind::call && syntax.text == "id") {
        return true;
    }
    const auto in_predicates = [](const form::Step& step) {
        return std::ranges::any_of(step.predicates, names_another_document);
    };
    return std::ranges::any_of(syntax.operands, names_another_document) ||
           std::ranges::any_of(syntax.predicates, names_another_document) ||
           std::ranges::any_of(syntax.steps, in_predicates);
}

// How many parts of the names of two tests ("group > group > test") are the same from the start.
std::size_t parts_in_common(std::string_view left, std::string_view right) {
    std::size_t parts = 0;
    for (std::size_t at = 0; at < std::min(left.size(), right.size()) && left[at] == right[at]; ++at) {
        parts += left.substr(at).starts_with(" > ") ? 1U : 0U;
    }
    return parts;
}

struct Dispute {
    std::string_view suite, group, in_expression, expected, why;  // expected: as JSON, empty for any
};
constexpr std::array disputes = {
    Dispute{"ore", "", "namespace::", "", "this suite's engine has no namespace nodes, which XPath has"},
    Dispute{"ore", "#date() > datetype comparisons", "\" = \"", "",
            "this suite compares two texts as dates, the other one as texts"},
    Dispute{"ore", "distance() and area()", "area(", R"({"num":"NaN"})",
            "the suites disagree on the area of what encloses none"},
    Dispute{"wf", "#number() > called on a date", "number(", "", "the test rounds, and the record doesn't say how"},
    Dispute{"wf", "Attribute context nodes", "..", "", "the record lost the attribute that was the context"},
};

}  // namespace

Records::Records(const json& cases) : cases_(cases) {
    for (const json& test : cases) {
        const std::string xml = text_of(test, "xml");
        if (!trees_.contains(xml)) {
            if (base::Result<form::Tree> tree = read_document(xml)) {
                trees_.emplace(xml, *std::move(tree));
            }
        }
    }
}

Records::Document Records::document_of(const json& test, const Syntax& syntax) const {
    using Origin = Document::Origin;
    const std::string xml = text_of(test, "xml");
    const std::string context = text_of(test, "ctx");
    if (xml != stand_in || (context == "/" && !names_another_document(syntax))) {
        return {xml, Origin::recorded};
    }
    Document best{xml, Origin::lost};
    std::size_t most_parts = 0;
    for (const json& other : cases_) {
        const auto tree = trees_.find(text_of(other, "xml"));
        if (tree == trees_.end() || tree->first == stand_in || !find_node(tree->second, context)) {
            continue;
        }
        const bool twin =
            other["expr"] == test["expr"] && other["kind"] == test["kind"] && other["ctx"] == test["ctx"];
        if (twin) {
            return {tree->first, Origin::twin};
        }
        const std::size_t parts = parts_in_common(text_of(test, "test"), text_of(other, "test"));
        if (parts > most_parts) {
            best = {tree->first, Origin::guessed};
            most_parts = parts;
        }
    }
    return best;
}

std::optional<std::string> Records::dispute_of(const json& test) {
    for (const Dispute& dispute : disputes) {
        if (text_of(test, "suite") == dispute.suite && text_of(test, "test").starts_with(dispute.group) &&
            text_of(test, "expr").find(dispute.in_expression) != std::string::npos &&
            (dispute.expected.empty() || test.value("expected", json()).dump() == dispute.expected)) {
            return std::string(dispute.why);
        }
    }
    return std::nullopt;
}

}  // namespace pillarbox::tests
