// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/form/evaluator.hpp"
#include "targets.hpp"

namespace {

using namespace pillarbox;
using Kind = form::Element::Kind;

// <data xmlns:x="urn:x" a="1"><b>2<!--c--></b><x:b id="b">2023-01-20</x:b><b>2 3</b></data>
form::Tree small_document() {
    form::Tree tree;
    const form::ElementId data = tree.add_foreign(form::document_element, Kind::element, "data", "");
    tree.add_foreign(data, Kind::declaration, "x", "urn:x");
    tree.add_foreign(data, Kind::attribute, "a", "1");
    for (const auto& [name, text] : {std::pair("b", "2"), std::pair("x:b", "2023-01-20"), std::pair("b", "2 3")}) {
        const form::ElementId child = tree.add_foreign(data, Kind::element, name, "");
        tree.add_foreign(child, Kind::attribute, "id", name);
        tree.add_foreign(child, Kind::text, "", text);
        tree.add_foreign(child, Kind::comment, "", "c");
    }
    return tree;
}

}  // namespace

// What parses is evaluated from every node; the nodes it yields are of the tree.
void pillarbox::fuzz::fuzz_expression(base::ByteView input) {
    const auto expression = form::Expression::parse(base::text_of(input));
    if (!expression) {
        return;
    }
    const form::Tree tree = small_document();
    for (form::ElementId node = 0; node < tree.size(); ++node) {
        const form::Surroundings surroundings{.tree = tree, .language = {}, .effort = form::Effort(10'000)};
        const form::Value value = form::evaluate(expression->syntax(), {surroundings, node, node});
        static_cast<void>(surroundings.conversion().text(value));
        static_cast<void>(surroundings.conversion().number(value));
        if (const form::NodeSet* nodes = std::get_if<form::NodeSet>(&value)) {
            for (const form::ElementId found : *nodes) {
                PILLARBOX_CHECK(found < tree.size());
            }
        }
    }
}
