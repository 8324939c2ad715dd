// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <thread>

#include "accessibility/semantics/builder.hpp"
#include "accessibility/semantics/request.hpp"

namespace pillarbox::semantics {
namespace {

constexpr Colour black{0, 0, 0, 255};
constexpr Colour white{255, 255, 255, 255};

FrameDescription frame() {
    return {.page_key = "page", .name = "Page", .lang = "en", .window = {0, 0, 1080, 1920}};
}

Node& add_button(TreeBuilder& builder, std::string_view key, Rect rect) {
    Node& node = builder.add(key, Role::button);
    node.name = "Button " + std::string(key);
    node.rect = rect;
    node.flags.add(Flag::focusable);
    node.actions.add(Action::click);
    return node;
}

Tree good_tree() {
    TreeBuilder builder;
    builder.begin(frame());
    builder.open("main", Role::main);
    add_button(builder, "one", {60, 60, 300, 120});
    add_button(builder, "two", {60, 260, 300, 120});
    builder.close();
    return builder.finish(builder.id_of("one"));
}

Node& node_of(Tree& tree, std::string_view key) {
    const auto found = std::ranges::find(tree.nodes, key, &Node::key);
    REQUIRE(found != tree.nodes.end());
    return *found;
}

}  // namespace

TEST_CASE("ids come from keys and not from names or order") {
    CHECK(id_of("page", "next") == id_of("page", "next"));
    CHECK(id_of("page", "next") != id_of("other", "next"));
    CHECK(id_of("ab", "c") != id_of("a", "bc"));
}

TEST_CASE("the builder keeps parents and children and hands language and clip down") {
    const Tree tree = good_tree();
    const Node* one = find(tree, Role::button, "Button one");
    REQUIRE(one != nullptr);
    CHECK(find(tree, one->parent)->role == Role::main);
    CHECK(find(tree, one->parent)->children.size() == 2);
    CHECK(one->lang == "en");
    CHECK(one->clip == tree.window);
    CHECK(is_within(tree, one->id, tree.root));
    CHECK(find(tree, Role::link, "Button one") == nullptr);
}

TEST_CASE("a tree is published only if something changed") {
    TreePublisher publisher;
    CHECK(publisher.publish(good_tree()) == Publication::changed);
    const auto first = publisher.current();
    CHECK(publisher.publish(good_tree()) == Publication::unchanged);
    CHECK(publisher.current() == first);
    Tree changed = good_tree();
    changed.nodes.back().name = "Other";
    CHECK(publisher.publish(std::move(changed)) == Publication::changed);
    CHECK(publisher.current()->revision == first->revision + 1);
    CHECK(first->nodes.back().name == "Button two");
}

TEST_CASE("Tab stops leave out what is disabled or hidden or outside the dialog") {
    Tree tree = good_tree();
    CHECK(tab_stops(tree).size() == 2);
    node_of(tree, "one").flags.add(Flag::disabled);
    CHECK(tab_stops(tree) == std::vector{id_of("page", "two")});
    node_of(tree, "two").flags.add(Flag::hidden);
    CHECK(tab_stops(tree).empty());
    Tree modal = good_tree();
    modal.modal_root = id_of("page", "two");
    CHECK(tab_stops(modal) == std::vector{id_of("page", "two")});
}

TEST_CASE("a radio group is one Tab stop and every option an arrow stop") {
    TreeBuilder builder;
    builder.begin(frame());
    builder.open("group", Role::radio_group).name = "Group";
    for (const char* key : {"a", "b", "c"}) {
        Node& node = builder.add(key, Role::radio);
        node.flags.add(Flag::focusable);
        node.checked = std::string_view(key) == "b" ? Checked::on : Checked::off;
    }
    builder.close();
    const Tree tree = builder.finish(NodeId::none);
    CHECK(tab_stops(tree) == std::vector{id_of("page", "b")});
    CHECK(arrow_stops(tree).size() == 3);
}

TEST_CASE("values of private nodes are left out of descriptions") {
    Tree tree = good_tree();
    node_of(tree, "one").value = "a secret";
    CHECK(describe(tree).find("a secret") != std::string::npos);
    node_of(tree, "one").flags.add(Flag::private_text);
    CHECK(describe(tree).find("a secret") == std::string::npos);
}

TEST_CASE("contrast follows WCAG's formula") {
    CHECK(contrast_ratio(black, white) == Approx(21.0));
    CHECK(contrast_ratio(white, white) == Approx(1.0));
    CHECK(contrast_ratio({0x77, 0x77, 0x77, 255}, white) == Approx(4.48).margin(0.01));
}

TEST_CASE("a request is refused once as many wait as nobody asks for between two frames") {
    RequestQueue queue;
    for (std::size_t count = 0; count < waiting_requests_max; ++count) {
        REQUIRE(queue.push({.node = NodeId{1}, .action = Action::click}) == Pushed::taken);
    }
    CHECK(queue.push({.node = NodeId{1}, .action = Action::click}) == Pushed::too_many);
    CHECK(queue.take().size() == waiting_requests_max);
    CHECK(queue.push({.node = NodeId{1}, .action = Action::click}) == Pushed::taken);
}

TEST_CASE("requests from another thread wake the drawing thread and come in order") {
    int woken = 0;
    RequestQueue queue([&woken] { ++woken; });
    std::thread other([&queue] {
        queue.push({.node = NodeId{1}, .action = Action::focus});
        queue.push({.node = NodeId{2}, .action = Action::click});
    });
    other.join();
    const std::vector<Request> taken = queue.take();
    REQUIRE(taken.size() == 2);
    CHECK(taken[1].node == NodeId{2});
    CHECK(woken == 2);
    CHECK(queue.take().empty());
}

}  // namespace pillarbox::semantics
