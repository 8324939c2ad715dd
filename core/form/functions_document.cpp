// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions that find nodes by what a document says of itself: identifiers, languages, namespaces, instances.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/form/functions.hpp"
#include "core/form/node_selection.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

using Kind = Element::Kind;

// The value of an attribute by its name as written, or null.
const std::string* attribute_of(const Tree& tree, ElementId id, std::string_view name) {
    for (const ElementId candidate : tree[id].attributes) {
        if (tree[candidate].kind == Kind::attribute && tree[candidate].name == name) {
            return &tree[candidate].text;
        }
    }
    return nullptr;
}

void append_identified(const Tree& tree, ElementId id, std::set<std::string>& wanted, NodeSet& found) {
    const std::string* own = attribute_of(tree, id, "id");
    if (own != nullptr && wanted.erase(*own) > 0) {
        found.push_back(id);
    }
    for (const ElementId child : tree[id].children) {
        append_identified(tree, child, wanted, found);
    }
}

// XPath 1.0 section 4.1. No document type says which attribute is an identifier: it is the one named id, as browsers
// have it. Where several elements have one identifier, it means the first.
Value id(const Call& call) {
    std::set<std::string> wanted;
    for (const std::string& text : call.all_texts(0)) {
        for (std::string& word : words_of(text)) {
            wanted.insert(std::move(word));
        }
    }
    NodeSet found;
    const Surroundings& surroundings = call.evaluation.surroundings;
    if (surroundings.may_visit(surroundings.tree.size())) {
        append_identified(surroundings.tree, document_element, wanted, found);
    }
    return found;
}

Value namespace_uri(const Call& call) {
    const NodeSet nodes = call.nodes_or_context(0);
    return nodes.empty() ? std::string() : std::string(call.evaluation.surroundings.tree.namespace_of(nodes.front()));
}

// XPath 1.0 section 4.3: lang('en') holds inside xml:lang="en" and inside xml:lang="en-GB".
Value lang(const Call& call) {
    const Tree& tree = call.evaluation.surroundings.tree;
    const std::string wanted = lower_case(call.text(0));
    for (ElementId node = call.evaluation.node;; node = tree[node].parent) {
        if (const std::string* given = attribute_of(tree, node, "xml:lang")) {
            const std::string language = lower_case(*given);
            return language == wanted || language.starts_with(wanted + "-");
        }
        if (node == document_element) {
            return false;
        }
    }
}

Value instance(const Call& call) {
    const auto found = call.evaluation.surroundings.tree.instance(call.text(0));
    return found ? NodeSet{*found} : NodeSet{};
}

const Element* find_element(const Tree& tree, ElementId from, std::string_view local_name) {
    for (const ElementId child : tree[from].children) {
        if (tree[child].kind == Kind::element && local_part(tree[child].name) == local_name) {
            return &tree[child];
        }
        if (const Element* found = find_element(tree, child, local_name)) {
            return found;
        }
    }
    return nullptr;
}

// Of an XForm's translations that in the language, else the default one, else the first.
const Element* translation_in(const Tree& tree, const Element& itext, std::string_view language) {
    const Element* chosen = nullptr;
    bool chosen_by_default = false;
    for (const ElementId child : itext.children) {
        if (local_part(tree[child].name) != "translation") {
            continue;
        }
        const std::string* own = attribute_of(tree, child, "lang");
        if (own != nullptr && *own == language) {
            return &tree[child];
        }
        const bool by_default = attribute_of(tree, child, "default") != nullptr;
        if (chosen == nullptr || (by_default && !chosen_by_default)) {
            chosen = &tree[child];
            chosen_by_default = by_default;
        }
    }
    return chosen;
}

// jr:itext('id'): the values of a text in the language, without those of another form (short, image...).
Value itext(const Call& call) {
    const Surroundings& surroundings = call.evaluation.surroundings;
    const Tree& tree = surroundings.tree;
    const std::string id = call.text(0);
    const Element* itext =
        surroundings.may_visit(tree.size()) ? find_element(tree, document_element, "itext") : nullptr;
    const Element* translation = itext == nullptr ? nullptr : translation_in(tree, *itext, surroundings.language);
    NodeSet values;
    for (const ElementId text : translation == nullptr ? NodeSet{} : translation->children) {
        const std::string* own = attribute_of(tree, text, "id");
        for (const ElementId value : own != nullptr && *own == id ? tree[text].children : NodeSet{}) {
            if (local_part(tree[value].name) == "value" && attribute_of(tree, value, "form") == nullptr) {
                values.push_back(value);
            }
        }
    }
    return values;
}

// The number of the repetition, among `repetitions`, that a node lies in; 0 where in none.
double place_of(ElementId node, const NodeSet& repetitions, const Surroundings& surroundings) {
    const std::vector<ElementId> lineage = surroundings.tree.lineage(node);
    if (!surroundings.may_visit(lineage.size() * repetitions.size())) {
        return 0;
    }
    const auto around = std::ranges::find_first_of(lineage, repetitions);
    return around == lineage.end() ? 0 : place_among_namesakes(*around, surroundings);
}

// indexed-repeat(${name}, ${person}, 2), and more pairs for repeats inside. In a form, bind has made references of
// all of them, which mean every repetition and not the own one; in a document they are paths.
Value indexed_repeat(const Call& call) {
    if (call.syntax.operands[0].kind != SyntaxKind::reference) {
        NodeSet nodes = call.nodes(0);
        const Surroundings& surroundings = call.evaluation.surroundings;
        for (std::size_t at = 1; at + 1 < call.size(); at += 2) {
            const NodeSet repetitions = call.nodes(at);
            const double wanted = std::trunc(call.number(at + 1));
            std::erase_if(nodes, [&](ElementId node) { return place_of(node, repetitions, surroundings) != wanted; });
        }
        return nodes;
    }
    std::vector<RepeatIndex> indexes;
    for (std::size_t at = 1; at + 1 < call.size(); at += 2) {
        indexes.push_back({&call.syntax.operands[at].target, call.number(at + 1)});
    }
    return select_indexed(call.syntax.operands[0], indexes, call.evaluation);
}

constexpr std::array functions = {
    Function{"id", 1, 1, id, Arguments::any, NodeResult::yes, Use::documents},
    Function{"namespace-uri", 0, 1, namespace_uri, Arguments::nodes_first, NodeResult::no, Use::documents},
    Function{"lang", 1, 1, lang, Arguments::any, NodeResult::no, Use::documents},
    Function{"jr:itext", 1, 1, itext, Arguments::any, NodeResult::yes, Use::documents},
    Function{"instance", 1, 1, instance, Arguments::any, NodeResult::yes},
    Function{"indexed-repeat", 3, any_number, indexed_repeat, Arguments::nodes_first, NodeResult::yes},
};

}  // namespace

std::span<const Function> document_functions() {
    return functions;
}

}  // namespace pillarbox::form
