// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/node_selection.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace pillarbox::form {
namespace {

bool is_reverse(Axis axis) {
    return axis == Axis::ancestor || axis == Axis::ancestor_or_self || axis == Axis::preceding ||
           axis == Axis::preceding_sibling;
}

using Kind = Element::Kind;

bool is_beside(const Element& element) {
    return element.kind == Kind::attribute || element.kind == Kind::declaration;
}

void append_descendants(const Tree& tree, ElementId node, NodeSet& found) {
    for (const ElementId child : tree[node].children) {
        found.push_back(child);
        append_descendants(tree, child, found);
    }
}

NodeSet siblings_of(const Tree& tree, ElementId node, Axis axis) {
    const auto& all = tree[tree[node].parent].children;
    const auto here = std::ranges::find(all, node);
    if (here == all.end()) {
        return {};  // the document, an attribute, the root of an instance
    }
    return axis == Axis::following_sibling ? NodeSet(here + 1, all.end()) : NodeSet(all.begin(), here);
}

// All before the node without its ancestors, or all after it without its descendants.
NodeSet preceding_or_following(const Tree& tree, ElementId node, Axis axis) {
    NodeSet found;
    const auto lineage = tree.lineage(node);
    const Axis sibling_axis = axis == Axis::following ? Axis::following_sibling : Axis::preceding_sibling;
    const auto append = [&](ElementId ancestor) {
        // What follows an attribute is what its element holds.
        const NodeSet roots = is_beside(tree[ancestor]) && axis == Axis::following
                                  ? tree[tree[ancestor].parent].children
                                  : siblings_of(tree, ancestor, sibling_axis);
        for (const ElementId root : roots) {
            found.push_back(root);
            append_descendants(tree, root, found);
        }
    };
    if (axis == Axis::following) {
        std::for_each(lineage.rbegin(), lineage.rend(), append);
    } else {
        std::ranges::for_each(lineage, append);
    }
    return found;
}

// The declarations in force at an element: of each prefix the nearest, unless it takes the default back (xmlns="").
NodeSet declarations_at(const Tree& tree, ElementId node) {
    NodeSet found;
    if (tree[node].kind != Kind::element) {
        return found;
    }
    std::set<std::string_view> seen;
    for (; node != document_element; node = tree[node].parent) {
        for (const ElementId candidate : tree[node].attributes) {
            const Element& element = tree[candidate];
            if (element.kind == Kind::declaration && seen.insert(element.name).second && !element.text.empty()) {
                found.push_back(candidate);
            }
        }
    }
    tree.sort_by_document_order(found);
    return found;
}

// The nodes of an axis in document order.
NodeSet nodes_on(const Tree& tree, ElementId node, Axis axis) {
    NodeSet found;
    switch (axis) {
        case Axis::child:
            return tree[node].children;
        case Axis::descendant:
            append_descendants(tree, node, found);
            return found;
        case Axis::descendant_or_self:
            found.push_back(node);
            append_descendants(tree, node, found);
            return found;
        case Axis::parent:
            return node == document_element ? NodeSet{} : NodeSet{tree[node].parent};
        case Axis::ancestor:
            found = tree.lineage(node);
            found.pop_back();
            return found;
        case Axis::ancestor_or_self:
            return tree.lineage(node);
        case Axis::self:
            return {node};
        case Axis::following_sibling:
        case Axis::preceding_sibling:
            return siblings_of(tree, node, axis);
        case Axis::following:
        case Axis::preceding:
            return preceding_or_following(tree, node, axis);
        case Axis::attribute:
            found = tree[node].attributes;
            std::erase_if(found, [&](ElementId id) { return tree[id].kind != Kind::attribute; });
            return found;
        case Axis::name_space:
            return declarations_at(tree, node);
    }
    return found;
}

// What the prefix of a step means at a node: to the host, else in the document; empty where nothing.
std::string_view meaning_of(const std::string& prefix, ElementId node, const Surroundings& surroundings) {
    if (surroundings.namespaces != nullptr) {
        const auto found = surroundings.namespaces->find(prefix);
        if (found != surroundings.namespaces->end()) {
            return found->second;
        }
    }
    return surroundings.tree.namespace_of_prefix(prefix, node);
}

// XPath 1.0 section 2.3: a name without a prefix is in no namespace, or for an element in the one that the host sets.
// In a document that declares nothing, or not this prefix, names are compared as they are written.
bool has_name(ElementId id, const Step& step, const Surroundings& surroundings) {
    const Tree& tree = surroundings.tree;
    const Element& element = tree[id];
    const bool any = step.test == NodeTest::any_name;
    if (step.prefix.empty() && (any || !tree.has_namespaces() || element.kind == Kind::declaration)) {
        return any || element.name == step.name;
    }
    if (!any && local_part(element.name) != step.name) {
        return false;
    }
    const std::string_view own = tree.namespace_of(id);
    const std::string_view meant = step.prefix.empty() && element.kind != Kind::element
                                       ? std::string_view()
                                       : meaning_of(step.prefix, id, surroundings);
    if (step.prefix.empty()) {
        const bool host_default = surroundings.namespaces != nullptr && surroundings.namespaces->contains("");
        return own.empty() || (host_default && own == meant);
    }
    return meant.empty() ? prefix_part(element.name) == step.prefix : own == meant;
}

Kind principal_of(Axis axis) {
    return axis == Axis::attribute ? Kind::attribute : axis == Axis::name_space ? Kind::declaration : Kind::element;
}

bool passes(ElementId id, const Step& step, const Surroundings& surroundings) {
    const Element& element = surroundings.tree[id];
    switch (step.test) {
        case NodeTest::any_node:
            return true;
        case NodeTest::any_name:
        case NodeTest::name:
            return element.kind == principal_of(step.axis) && has_name(id, step, surroundings);
        case NodeTest::text:
            return element.kind == Kind::text;
        case NodeTest::comment:
            return element.kind == Kind::comment;
        case NodeTest::instruction:
            return element.kind == Kind::instruction && (step.name.empty() || step.name == element.name);
    }
    return false;
}

// Going down or sideways, an irrelevant element is as if absent; "." and ".." are always there.
bool is_visible(const Element& element, Axis axis) {
    const bool upward =
        axis == Axis::self || axis == Axis::parent || axis == Axis::ancestor || axis == Axis::ancestor_or_self;
    return upward || element.relevant;
}

// `nodes` in the order of the axis. A number as predicate is a position.
void apply_predicates(const std::vector<Syntax>& predicates, const Evaluation& evaluation, NodeSet& nodes) {
    for (const Syntax& predicate : predicates) {
        NodeSet kept;
        for (std::size_t index = 0; index < nodes.size(); ++index) {
            const Evaluation inner{evaluation.surroundings, nodes[index], evaluation.current, index + 1,
                                   nodes.size()};
            const Value value = evaluate(predicate, inner);
            const double* position = std::get_if<double>(&value);
            const bool keep = position != nullptr ? *position == static_cast<double>(index + 1)
                                                  : evaluation.surroundings.conversion().truth(value);
            if (keep) {
                kept.push_back(nodes[index]);
            }
        }
        nodes = std::move(kept);
    }
}

NodeSet take_step(const Step& step, ElementId from, const Evaluation& evaluation) {
    const Tree& tree = evaluation.surroundings.tree;
    NodeSet nodes = nodes_on(tree, from, step.axis);
    if (!evaluation.surroundings.may_visit(nodes.size() + 1)) {
        return {};
    }
    std::erase_if(nodes, [&](ElementId id) {
        return !passes(id, step, evaluation.surroundings) || !is_visible(tree[id], step.axis);
    });
    if (is_reverse(step.axis)) {
        std::ranges::reverse(nodes);
        apply_predicates(step.predicates, evaluation, nodes);
        std::ranges::reverse(nodes);
    } else {
        apply_predicates(step.predicates, evaluation, nodes);
    }
    return nodes;
}

// The visible children of that name, or of each node the one at `position` among them.
NodeSet children_named(const std::string& name, const NodeSet& parents, const double* position,
                       const Surroundings& surroundings) {
    NodeSet found;
    for (const ElementId parent : parents) {
        const auto namesakes = surroundings.tree.children_named(parent, name);
        if (!surroundings.may_visit(namesakes.size() + 1)) {
            return {};
        }
        double place = 0;
        for (const ElementId child : namesakes) {
            const bool visible = surroundings.tree[child].relevant;
            place += visible ? 1 : 0;
            if (visible && (position == nullptr || place == std::trunc(*position))) {
                found.push_back(child);
            }
        }
    }
    return found;
}

// The slow way of sorting walks over the whole tree, which counts as visiting it.
void sort(NodeSet& nodes, const Surroundings& surroundings) {
    if (surroundings.may_visit(nodes.size() + (surroundings.tree.sorts_fast() ? 0 : surroundings.tree.size()))) {
        surroundings.tree.sort_by_document_order(nodes);
    } else {
        nodes.clear();
    }
}

}  // namespace

NodeSet unite(NodeSet left, const NodeSet& right, const Surroundings& surroundings) {
    left.insert(left.end(), right.begin(), right.end());
    sort(left, surroundings);
    return left;
}

double place_among_namesakes(ElementId id, const Surroundings& surroundings) {
    const Tree& tree = surroundings.tree;
    const auto& siblings = tree[tree[id].parent].children;
    double place = 1;
    for (auto sibling = siblings.begin(); sibling != siblings.end() && *sibling != id; ++sibling) {
        place += tree[*sibling].name == tree[id].name ? 1 : 0;
    }
    static_cast<void>(surroundings.may_visit(siblings.size()));
    return place;
}

NodeSet select_path(const Syntax& path, const Evaluation& evaluation) {
    NodeSet nodes;
    switch (path.start) {
        case PathStart::root:
            nodes = {evaluation.surroundings.root};
            break;
        case PathStart::context:
            nodes = {evaluation.node};
            break;
        case PathStart::expression: {
            Value value = evaluate(path.operands.front(), evaluation);
            nodes = std::get_if<NodeSet>(&value) != nullptr ? std::get<NodeSet>(std::move(value)) : NodeSet{};
            apply_predicates(path.predicates, evaluation, nodes);
            break;
        }
    }
    // Children and attributes of nodes in document order are in document order, as long as no node lies in another.
    bool nested = false;
    for (const Step& step : path.steps) {
        NodeSet reached;
        for (const ElementId node : nodes) {
            const NodeSet found = take_step(step, node, evaluation);
            reached.insert(reached.end(), found.begin(), found.end());
        }
        const bool downward = step.axis == Axis::child || step.axis == Axis::attribute || step.axis == Axis::self;
        if (nodes.size() > 1 && (nested || !downward)) {
            sort(reached, evaluation.surroundings);
        }
        nested = nested || !downward;
        nodes = std::move(reached);
    }
    return nodes;
}

NodeSet select_reference(const Syntax& reference, const Evaluation& evaluation) {
    return select_indexed(reference, {}, evaluation);
}

NodeSet select_indexed(const Syntax& reference, const std::vector<RepeatIndex>& indexes,
                       const Evaluation& evaluation) {
    const Tree& tree = evaluation.surroundings.tree;
    const std::vector<ElementId> lineage = tree.lineage(evaluation.current);
    const std::vector<std::string>& names = reference.target;
    NodeSet nodes{document_element};
    bool shared = true;  // whether the way down is still that to the current node
    for (std::size_t depth = 0; depth < names.size(); ++depth) {
        const auto index = std::ranges::find_if(indexes, [&](const RepeatIndex& each) {
            return each.target->size() == depth + 1 &&
                   std::equal(each.target->begin(), each.target->end(), names.begin());
        });
        shared = shared && index == indexes.end() && depth + 1 < lineage.size() &&
                 tree[lineage[depth + 1]].name == names[depth];
        if (shared) {
            nodes = {lineage[depth + 1]};
            continue;
        }
        nodes = children_named(names[depth], nodes, index == indexes.end() ? nullptr : &index->position,
                               evaluation.surroundings);
    }
    return nodes;
}

}  // namespace pillarbox::form
