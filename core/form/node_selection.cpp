// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/node_selection.hpp"

#include <algorithm>

namespace pillarbox::form {
namespace {

bool is_reverse(Axis axis) {
    return axis == Axis::ancestor || axis == Axis::ancestor_or_self || axis == Axis::preceding ||
           axis == Axis::preceding_sibling;
}

void append_descendants(const Tree& tree, ElementId node, NodeSet& found) {
    for (const ElementId child : tree[node].children) {
        found.push_back(child);
        append_descendants(tree, child, found);
    }
}

NodeSet siblings_of(const Tree& tree, ElementId node, Axis axis) {
    if (node == document_element || tree[node].kind == Element::Kind::attribute) {
        return {};
    }
    const auto& all = tree[tree[node].parent].children;
    const auto here = std::ranges::find(all, node);
    return axis == Axis::following_sibling ? NodeSet(here + 1, all.end()) : NodeSet(all.begin(), here);
}

// All before the node without its ancestors, or all after it without its descendants.
NodeSet preceding_or_following(const Tree& tree, ElementId node, Axis axis) {
    NodeSet found;
    const auto lineage = tree.lineage(node);
    const Axis sibling_axis = axis == Axis::following ? Axis::following_sibling : Axis::preceding_sibling;
    const auto append = [&](ElementId ancestor) {
        const bool attribute = tree[ancestor].kind == Element::Kind::attribute;
        // What follows an attribute is what its element holds.
        const NodeSet roots = attribute && axis == Axis::following ? tree[tree[ancestor].parent].children
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
            return tree[node].attributes;
    }
    return found;
}

bool passes(const Element& element, const Step& step) {
    const Element::Kind principal = step.axis == Axis::attribute ? Element::Kind::attribute : Element::Kind::element;
    switch (step.test) {
        case NodeTest::any_node:
            return true;
        case NodeTest::any_element:
            return element.kind == principal;
        case NodeTest::name:
            return element.kind == principal && element.name == step.name;
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
    std::erase_if(nodes, [&](ElementId id) { return !passes(tree[id], step) || !is_visible(tree[id], step.axis); });
    if (is_reverse(step.axis)) {
        std::ranges::reverse(nodes);
        apply_predicates(step.predicates, evaluation, nodes);
        std::ranges::reverse(nodes);
    } else {
        apply_predicates(step.predicates, evaluation, nodes);
    }
    return nodes;
}

ElementId root_of(const Tree& tree) {
    const auto& children = tree[document_element].children;
    return children.empty() ? document_element : children.front();
}

}  // namespace

NodeSet select_path(const Syntax& path, const Evaluation& evaluation) {
    NodeSet nodes;
    switch (path.start) {
        case PathStart::root:
            nodes = {document_element};
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
            evaluation.surroundings.tree.sort_by_document_order(reached);
        }
        nested = nested || !downward;
        nodes = std::move(reached);
    }
    return nodes;
}

NodeSet select_reference(const Syntax& reference, const Evaluation& evaluation) {
    const Tree& tree = evaluation.surroundings.tree;
    const std::vector<ElementId> lineage = tree.lineage(evaluation.current);
    // Up from the current node to the deepest element that the target lies in or is; lineage[0] is the document.
    ElementId from = root_of(tree);
    std::size_t shared = 1;
    while (shared < reference.target.size() && shared + 1 < lineage.size() &&
           tree[lineage[shared + 1]].name == reference.target[shared]) {
        from = lineage[++shared];
    }
    NodeSet nodes{from};
    for (std::size_t depth = shared; depth < reference.target.size(); ++depth) {
        NodeSet reached;
        for (const ElementId node : nodes) {
            for (const ElementId child : tree[node].children) {
                if (tree[child].relevant && tree[child].name == reference.target[depth]) {
                    reached.push_back(child);
                }
            }
        }
        nodes = std::move(reached);
    }
    return nodes;
}

}  // namespace pillarbox::form
