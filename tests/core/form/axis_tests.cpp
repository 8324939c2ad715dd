// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paths through documents that are not forms: every axis, every kind of node, names in namespaces, document order.
#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "core/form/evaluator.hpp"

using namespace pillarbox;
using namespace pillarbox::form;
using Kind = Element::Kind;

namespace {

// <?xml-stylesheet a?><x:page xmlns:x="urn:x" xml:lang="en-GB" id="top">
//   <part id="one">one<!--note--><x:line>1</x:line></part><part id="two" x:kind="k">two</part></x:page>
Tree page() {
    Tree tree;
    tree.add_foreign(document_element, Kind::instruction, "xml-stylesheet", "a");
    const ElementId top = tree.add_foreign(document_element, Kind::element, "x:page", "");
    tree.add_foreign(top, Kind::declaration, "x", "urn:x");
    tree.add_foreign(top, Kind::attribute, "xml:lang", "en-GB");
    tree.add_foreign(top, Kind::attribute, "id", "top");
    const ElementId one = tree.add_foreign(top, Kind::element, "part", "");
    tree.add_foreign(one, Kind::attribute, "id", "one");
    tree.add_foreign(one, Kind::text, "", "one");
    tree.add_foreign(one, Kind::comment, "", "note");
    const ElementId line = tree.add_foreign(one, Kind::element, "x:line", "");
    tree.add_foreign(line, Kind::text, "", "1");
    const ElementId two = tree.add_foreign(top, Kind::element, "part", "");
    tree.add_foreign(two, Kind::attribute, "id", "two");
    tree.add_foreign(two, Kind::attribute, "x:kind", "k");
    tree.add_foreign(two, Kind::text, "", "two");
    return tree;
}

Value evaluated(const Tree& tree, std::string_view text, ElementId node, const Namespaces* namespaces = nullptr) {
    const auto expression = Expression::parse(text);
    INFO(text << " " << (expression ? std::string() : expression.error().describe()));
    REQUIRE(expression.has_value());
    const Surroundings surroundings{.tree = tree, .language = {}, .namespaces = namespaces};
    return evaluate(expression->syntax(), {surroundings, node, node});
}

std::string text_on(const Tree& tree, std::string_view text, ElementId node = document_element) {
    Effort effort;
    return Conversion{tree, 0, effort}.text(evaluated(tree, text, node));
}

NodeSet nodes_on(const Tree& tree, std::string_view text, ElementId node) {
    return std::get<NodeSet>(evaluated(tree, text, node));
}

// Elements in any shape, put in any order: not always behind each other, so that ids say nothing of the order.
Tree any_tree(const std::vector<std::pair<unsigned, unsigned>>& picks) {
    Tree tree;
    tree.add_child(document_element, "root");
    for (const auto& [parent_pick, position_pick] : picks) {
        const auto parent = static_cast<ElementId>(1 + parent_pick % (tree.size() - 1));
        tree.insert_child(parent, position_pick % (tree[parent].children.size() + 1), "e", nullptr);
    }
    return tree;
}

void walk(const Tree& tree, ElementId node, NodeSet& order) {
    order.push_back(node);
    for (const ElementId child : tree[node].children) {
        walk(tree, child, order);
    }
}

}  // namespace

TEST_CASE("paths find every kind of node of a document") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"string(/)", "one1two"},
        {"count(/node())", "2"},
        {"count(//node())", "9"},
        {"//text()[last()]", "one"},
        {"count(//text())", "3"},
        {"//comment()", "note"},
        {"name(//comment())", ""},
        {"name(/processing-instruction())", "xml-stylesheet"},
        {"/processing-instruction('xml-stylesheet')", "a"},
        {"count(/processing-instruction('other'))", "0"},
        {"count(//@*)", "5"},
        {"//part[2]/@x:kind", "k"},
        {"//@id[. = 'two']/../text()", "two"},
        {"count(//@id/following::node())", "7"},
        {"name(//@id[. = 'two']/preceding::*[1])", "x:line"},
        {"count(//x:*)", "2"},
        {"count(//page)", "0"},
        {"//x:line/ancestor::part/@id", "one"},
        {"local-name(/*)", "page"},
        {"name(/*)", "x:page"},
        {"namespace-uri(/*)", "urn:x"},
        {"namespace-uri(//part)", ""},
        {"namespace-uri(//@x:kind)", "urn:x"},
        {"name(//part/namespace::*)", "x"},
        {"string(//part/namespace::x)", "urn:x"},
        {"id('two one')", "one1"},
        {"count(id('two two none'))", "1"},
        {"//part[lang('en')][2]", "two"},
        {"boolean(//part[lang('e')])", "false"},
        {"boolean(/*[lang('EN-gb')])", "true"},
        {"//part/x:line | //part[1]/text()", "one"},
        {"count((//part | //part)[2])", "1"},
        {"(//part)[last()]/@id", "two"},
        {"count(//part/ancestor-or-self::node()[1])", "2"},
        {"name(//x:line/preceding-sibling::node()[1]/..)", "part"},
        {"indexed-repeat(//part/text(), //part, 2)", "two"},
        {"count(if(true(), //part, //none))", "2"},
    }));
    INFO(text);
    CHECK(text_on(page(), text) == expected);
}

TEST_CASE("a prefix means what the host binds it to and a plain name also the host's own namespace") {
    const Tree tree = page();
    const Namespaces namespaces = {{"", "urn:x"}, {"other", "urn:x"}, {"x", "urn:y"}};
    const auto count = [&](std::string_view path) {
        return std::get<NodeSet>(evaluated(tree, path, document_element, &namespaces)).size();
    };
    CHECK(count("//page") == 1);
    CHECK(count("//part") == 2);
    CHECK(count("//other:line") == 1);
    CHECK(count("//x:line") == 0);
    CHECK(count("//@kind") == 0);
}

TEST_CASE("self, ancestors, descendants and what comes before and after are all nodes, each once") {
    rc::prop("in any tree, from any node",
             [](const std::vector<std::pair<unsigned, unsigned>>& picks, unsigned pick) {
                 const Tree tree = any_tree(picks);
                 const auto node = static_cast<ElementId>(pick % tree.size());
                 NodeSet all;
                 for (const std::string axis : {"self", "ancestor", "descendant", "preceding", "following"}) {
                     const NodeSet found = nodes_on(tree, axis + "::node()", node);
                     NodeSet sorted = found;
                     tree.sort_by_document_order(sorted);
                     RC_ASSERT(found == sorted);
                     all.insert(all.end(), found.begin(), found.end());
                 }
                 NodeSet order;
                 walk(tree, document_element, order);
                 RC_ASSERT(all.size() == order.size());
                 tree.sort_by_document_order(all);
                 RC_ASSERT(all == order);
             });
}

TEST_CASE("a step from many nodes finds each node once and in document order") {
    rc::prop("along any axis of any tree", [](const std::vector<std::pair<unsigned, unsigned>>& picks) {
        const Tree tree = any_tree(picks);
        for (const std::string axis : {"child", "parent", "ancestor", "descendant-or-self", "following-sibling",
                                       "preceding-sibling", "preceding", "following"}) {
            const NodeSet found = nodes_on(tree, "//*/" + axis + "::node()", document_element);
            NodeSet sorted = found;
            tree.sort_by_document_order(sorted);
            RC_ASSERT(found == sorted);
        }
    });
}

TEST_CASE("comparisons of node sets hold where they hold for any pair") {
    rc::prop("as trying every pair says",
             [](const std::vector<std::uint8_t>& left, const std::vector<std::uint8_t>& right) {
                 Tree tree;
                 const ElementId root = tree.add_child(document_element, "root");
                 for (const auto& [name, values] : {std::pair("a", left), std::pair("b", right)}) {
                     for (const std::uint8_t value : values) {
                         tree[tree.add_child(root, name)].text = value % 7 == 6 ? "x" : std::to_string(value % 7);
                     }
                 }
                 for (const std::string operation : {"=", "!=", "<", "<=", ">", ">="}) {
                     const Value sets = evaluated(tree, "/root/a " + operation + " /root/b", document_element);
                     bool any = false;
                     for (const ElementId a : nodes_on(tree, "/root/a", document_element)) {
                         const Value one =
                             evaluated(tree, "boolean(/root/b[string(current()) " + operation + " string(.)])", a);
                         any = any || std::get<bool>(one);
                     }
                     RC_ASSERT(std::get<bool>(sets) == any);
                 }
             });
}

TEST_CASE("an expression whose paths nest ends after so many nodes and then finds none") {
    Tree tree;
    const ElementId root = tree.add_child(document_element, "root");
    for (int index = 0; index < 2'000; ++index) {
        tree[tree.add_child(root, "e")].text = "x";
    }
    const std::string nested = GENERATE(
        "count(//e[count(//e[count(//e[count(//e) > 0]) > 0]) > 0])", "count(//e[//e[string-length(string(/)) > 0]])",
        "count(//e[//e[/ = 'y']])", "count(//e[//e[position(.) = 0]])", "count(//e[indexed-repeat(//e, //e, 0)])");
    const auto expression = Expression::parse(nested);
    INFO(nested);
    REQUIRE(expression.has_value());
    const Surroundings surroundings{.tree = tree, .language = {}, .effort = Effort(1'000'000)};
    static_cast<void>(evaluate(expression->syntax(), {surroundings, document_element, document_element}));
    CHECK_FALSE(surroundings.may_visit(0));
    CHECK(text_on(tree, "count(//e[. = 'x'])") == "2000");
}

namespace {

// Turns picks into an expression: whatever they are, it is one that can be parsed, or is refused for its parts.
class Grammar {
  public:
    explicit Grammar(const std::vector<std::uint8_t>& picks) : picks_(picks) {}

    std::string expression(int depth) {
        constexpr const char* operators[] = {" = ", " != ", " < ", " >= ", " + ", " mod ", " and ", " | "};
        constexpr const char* calls[] = {"count(",        "string(", "sum(",   "position(",        "name(",
                                         "id(",           "lang(",   "max(",   "normalize-space(", "count-non-empty(",
                                         "randomize(",    "not(",    "round(", "namespace-uri(",   "string-length(",
                                         "decimal-time(", "area(",   "once(",  "base64-decode(",   "date("};
        switch (depth == 0 ? pick() % 4 : pick() % 8) {
            case 0:
                return "1.5";
            case 1:
                return "'2023-01-20 x'";
            case 2:
            case 3:
            case 4:
                return path(depth);
            case 5:
                return expression(depth - 1) + operators[pick() % std::size(operators)] + expression(depth - 1);
            case 6:
                return "(" + path(depth) + ")[" + expression(depth - 1) + "]";
            default:
                return calls[pick() % std::size(calls)] + expression(depth - 1) + ")";
        }
    }

  private:
    std::uint8_t pick() { return next_ < picks_.size() ? picks_[next_++] : std::uint8_t{0}; }

    std::string path(int depth) {
        constexpr const char* axes[] = {"child",
                                        "descendant",
                                        "parent",
                                        "ancestor",
                                        "following-sibling",
                                        "preceding-sibling",
                                        "following",
                                        "preceding",
                                        "attribute",
                                        "namespace",
                                        "self",
                                        "descendant-or-self",
                                        "ancestor-or-self"};
        constexpr const char* tests[] = {"*",    "node()", "text()", "comment()",
                                         "part", "x:line", "x:*",    "processing-instruction('a')"};
        std::string text = pick() % 2 == 0 ? "/" : "";
        const int steps = 1 + pick() % 3;
        for (int step = 0; step < steps; ++step) {
            text += std::string(step > 0 ? "/" : "") + axes[pick() % std::size(axes)] +
                    "::" + tests[pick() % std::size(tests)];
            text += depth > 0 && pick() % 4 == 0 ? "[" + expression(depth - 1) + "]" : "";
        }
        return text;
    }

    const std::vector<std::uint8_t>& picks_;
    std::size_t next_ = 0;
};

}  // namespace

TEST_CASE("evaluation survives whatever can be parsed, from every node") {
    rc::prop("and node sets are in document order, each node once", [](const std::vector<std::uint8_t>& picks) {
        const auto expression = Expression::parse(Grammar(picks).expression(4));
        if (!expression) {
            return;
        }
        const Tree tree = page();
        for (ElementId node = 0; node < tree.size(); ++node) {
            const Surroundings surroundings{.tree = tree, .language = {}};
            const Value value = evaluate(expression->syntax(), {surroundings, node, node});
            static_cast<void>(surroundings.conversion().text(value));
            static_cast<void>(surroundings.conversion().number(value));
            if (const NodeSet* nodes = std::get_if<NodeSet>(&value)) {
                NodeSet sorted = *nodes;
                tree.sort_by_document_order(sorted);
                RC_ASSERT(*nodes == sorted);
            }
        }
    });
}
