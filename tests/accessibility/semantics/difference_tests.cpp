// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "accessibility/semantics/builder.hpp"

namespace pillarbox::semantics {
namespace {

using Keys = std::vector<std::string>;

// A page whose main part has these children, in this order; "group" holds those behind a slash.
Tree page_of(const Keys& keys, const Keys& in_group = {}) {
    TreeBuilder builder;
    builder.begin({.page_key = "page", .name = "Page", .lang = "en", .window = {0, 0, 1080, 1920}});
    builder.open("main", Role::main);
    for (const std::string& key : keys) {
        builder.add(key, Role::button).name = "Button " + key;
    }
    builder.open("group", Role::group).name = "Group";
    for (const std::string& key : in_group) {
        builder.add(key, Role::button).name = "Button " + key;
    }
    builder.close();
    builder.close();
    return builder.finish(NodeId::none);
}

NodeId id(std::string_view key) {
    return id_of("page", key);
}

Node& node_of(Tree& tree, std::string_view key) {
    return *std::ranges::find(tree.nodes, key, &Node::key);
}

BitSet<Property> only(Property property) {
    return BitSet<Property>{}.add(property);
}

// What a reader does with a change: it has only `before` and what difference() says, and looks up in `after` what it
// is told to.
std::map<NodeId, Node> applied(const Tree& before, const TreeChange& change, const Tree& after) {
    std::map<NodeId, Node> nodes;
    for (const Node& node : before.nodes) {
        nodes.emplace(node.id, node);
    }
    for (const NodeId gone : change.removed) {
        nodes.erase(gone);
    }
    for (const NodeId fresh : change.added) {
        nodes.insert_or_assign(fresh, *find(after, fresh));
    }
    for (const NodeId moved : change.moved) {
        nodes.at(moved).parent = find(after, moved)->parent;
    }
    for (const NodeChange& update : change.updated) {
        const Node& now = *find(after, update.id);
        Node& node = nodes.at(update.id);
        CHECK(changed_properties(node, now) == update.properties);
        const NodeId parent = node.parent;
        node = now;
        node.parent = parent;
    }
    return nodes;
}

// Children that are in both trees and were not named as moved must stand in the order that they had.
bool keeps_the_others_in_order(const Tree& before, const TreeChange& change, const Tree& after) {
    const std::set<NodeId> moved(change.moved.begin(), change.moved.end());
    for (const Node& now : after.nodes) {
        const Node* then = find(before, now.id);
        if (then == nullptr) {
            continue;
        }
        const auto stayed = [&](const std::vector<NodeId>& children, const std::vector<NodeId>& others) {
            std::vector<NodeId> kept;
            std::ranges::copy_if(children, std::back_inserter(kept), [&](NodeId child) {
                return !moved.contains(child) && std::ranges::find(others, child) != others.end();
            });
            return kept;
        };
        if (stayed(then->children, now.children) != stayed(now.children, then->children)) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("a tree does not differ from itself") {
    const Tree tree = page_of({"a", "b"}, {"c"});
    const TreeChange change = difference(tree, tree);
    CHECK(change.added.empty());
    CHECK(change.removed.empty());
    CHECK(change.moved.empty());
    CHECK(change.updated.empty());
}

TEST_CASE("the difference names what came and what went and whose children changed") {
    const TreeChange change = difference(page_of({"a", "b"}), page_of({"a", "c"}));
    CHECK(change.added == std::vector{id("c")});
    CHECK(change.removed == std::vector{id("b")});
    CHECK(change.moved.empty());
    CHECK(change.updated == std::vector{NodeChange{id("main"), only(Property::children)}});
}

TEST_CASE("one child that went to the top is one move and not one for each that it passed") {
    const TreeChange change = difference(page_of({"a", "b", "c", "d"}), page_of({"d", "a", "b", "c"}));
    CHECK(change.moved == std::vector{id("d")});
    CHECK(change.added.empty());
    CHECK(change.removed.empty());
}

TEST_CASE("a child that went to another parent is moved and not gone and come") {
    const TreeChange change = difference(page_of({"a", "b"}), page_of({"a"}, {"b"}));
    CHECK(change.moved == std::vector{id("b")});
    CHECK(change.added.empty());
    CHECK(change.removed.empty());
    CHECK(change.updated == std::vector{NodeChange{id("main"), only(Property::children)},
                                        NodeChange{id("group"), only(Property::children)}});
}

TEST_CASE("the difference says where the focus was and is and which dialog opened") {
    Tree before = page_of({"a", "b"});
    Tree after = before;
    before.focus = id("a");
    after.focus = id("b");
    after.modal_root = id("group");
    const TreeChange change = difference(before, after);
    CHECK(change.focus_before == id("a"));
    CHECK(change.focus_after == id("b"));
    CHECK(change.modal_before == NodeId::none);
    CHECK(change.modal_after == id("group"));
    CHECK(change.updated.empty());
}

TEST_CASE("the difference says of each property alone that it changed") {
    struct Change {
        Property property;
        std::function<void(Node&)> make;
    };
    const std::vector<Change> changes{
        {Property::role, [](Node& node) { node.role = Role::link; }},
        {Property::name, [](Node& node) { node.name = "Other"; }},
        {Property::name, [](Node& node) { node.speech_override = "O, ther"; }},
        {Property::name, [](Node& node) { node.lang = "ar"; }},
        {Property::description, [](Node& node) { node.description = "New"; }},
        {Property::description, [](Node& node) { node.hint = "New"; }},
        {Property::description, [](Node& node) { node.placeholder = "New"; }},
        {Property::description, [](Node& node) { node.error = "New"; }},
        {Property::value, [](Node& node) { node.value = "1"; }},
        {Property::value, [](Node& node) { node.range = Range{1, 0, 2, 1}; }},
        {Property::caret, [](Node& node) { node.caret = 3; }},
        {Property::caret, [](Node& node) { node.selection = Selection{1, 2}; }},
        {Property::state, [](Node& node) { node.flags.add(Flag::disabled); }},
        {Property::state, [](Node& node) { node.checked = Checked::mixed; }},
        {Property::set, [](Node& node) { node.level = 2; }},
        {Property::set, [](Node& node) { node.position = 1; }},
        {Property::set, [](Node& node) { node.set_size = 1; }},
        {Property::relations, [](Node& node) { node.labelled_by = id("b"); }},
        {Property::relations, [](Node& node) { node.described_by = id("b"); }},
        {Property::relations, [](Node& node) { node.error_of = id("b"); }},
        {Property::relations, [](Node& node) { node.controls = id("b"); }},
        {Property::actions, [](Node& node) { node.actions.add(Action::set_value); }},
        {Property::live, [](Node& node) { node.live = Live::polite; }},
        {Property::geometry, [](Node& node) { node.rect.x = 5; }},
        {Property::geometry, [](Node& node) { node.clip.x = 5; }},
        {Property::appearance, [](Node& node) { node.visual.font_px = 5; }},
    };
    const Tree before = page_of({"a", "b"});
    for (const Change& change : changes) {
        Tree after = before;
        change.make(node_of(after, "a"));
        INFO(static_cast<unsigned>(change.property));
        CHECK(difference(before, after).updated == std::vector{NodeChange{id("a"), only(change.property)}});
        CHECK(difference(after, before).updated == std::vector{NodeChange{id("a"), only(change.property)}});
    }
}

TEST_CASE("whatever changed a reader that follows the difference ends up with the new tree") {
    const auto seed = GENERATE(range(1U, 200U));
    std::mt19937 dice(seed);
    const auto some = [&dice](std::string_view letters) {
        Keys keys;
        for (const char letter : letters) {
            if (dice() % 4 != 0) {
                keys.emplace_back(1, letter);
            }
        }
        std::ranges::shuffle(keys, dice);
        return keys;
    };
    const Tree before = page_of(some("abcdefgh"), some("ijkl"));
    Tree after = page_of(some("abcdijkl"), some("efgh"));
    node_of(after, "group").name = dice() % 2 == 0 ? "Group" : "Others";
    INFO("seed " << seed);
    const TreeChange change = difference(before, after);
    const auto nodes = applied(before, change, after);
    REQUIRE(nodes.size() == after.nodes.size());
    for (const Node& node : after.nodes) {
        CHECK(nodes.at(node.id) == node);
    }
    CHECK(keeps_the_others_in_order(before, change, after));
}

}  // namespace pillarbox::semantics
