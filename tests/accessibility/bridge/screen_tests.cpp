// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/screen.hpp"

#include <catch2/catch.hpp>

#include "accessibility/bridge/letters.hpp"
#include "accessibility/semantics/builder.hpp"

namespace {

using namespace pillarbox;
using namespace pillarbox::bridge;
using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::Role;

struct Page {
    semantics::TreeBuilder builder;

    Page() { builder.begin({.page_key = "page", .name = "Page", .lang = "en", .window = {0, 0, 1000, 1000}}); }
    Node& add(std::string_view key, Role role, std::string_view name = {}) {
        Node& node = builder.add(key, role);
        node.name = name;
        node.rect = {10, 10, 100, 50};
        return node;
    }
    Screen shown(Answers answers) {
        return {std::make_shared<const semantics::Tree>(builder.finish(semantics::NodeId::none)), answers};
    }
};

const Node& node_of(const Screen& screen, std::string_view key) {
    const Node* found = screen.find(semantics::id_of("page", key));
    REQUIRE(found != nullptr);
    return *found;
}

}  // namespace

TEST_CASE("a private text is bullets unless the station opens it") {
    const auto answers = GENERATE(Answers::guarded, Answers::open);
    Page page;
    Node& field = page.add("field", Role::text_field, "Name");
    field.value = "Zoë";
    field.flags.add(Flag::private_text);
    Node& row = page.add("row", Role::group, "Your name");
    row.value = "Zoë";
    row.flags.add(Flag::private_text);
    Node& status = page.add("status", Role::status, "Very good");
    status.flags.add(Flag::private_text);
    Node& slider = page.add("slider", Role::slider, "How good?");
    slider.range = semantics::Range{3, 1, 5, 1};
    slider.flags.add(Flag::private_text);
    const auto screen = page.shown(answers);
    const bool open = answers == Answers::open;
    CHECK(screen.text_of(node_of(screen, "field")) == (open ? "Zoë" : "•••"));
    CHECK(screen.text_of(node_of(screen, "row")) == (open ? "Zoë" : "••••••••"));
    CHECK(screen.name_of(node_of(screen, "row")) == "Your name");
    CHECK(screen.name_of(node_of(screen, "status")) == (open ? "Very good" : "••••••••"));
    CHECK(screen.text_of(node_of(screen, "status")) == (open ? "Very good" : "••••••••"));
    CHECK(screen.has(node_of(screen, "slider"), Interface::value) == open);
    CHECK(screen.role_of(node_of(screen, "field")) == (open ? BusRole::entry : BusRole::password_text));
}

TEST_CASE("what is decorative or hidden is left out with all below it") {
    Page page;
    page.builder.open("ornament", Role::group).flags.add(Flag::decorative);
    page.add("inside", Role::paragraph, "Inside");
    page.builder.close();
    page.add("seen", Role::paragraph, "Seen");
    const auto screen = page.shown(Answers::guarded);
    CHECK(screen.nodes().size() == 2);
    CHECK(screen.index_of(node_of(screen, "seen")) == 0);
}

TEST_CASE("nothing behind a dialog can be asked for") {
    Page page;
    page.add("behind", Role::button, "Behind").actions.add(Action::click);
    page.builder.open("dialog", Role::dialog).rect = {0, 0, 500, 500};
    page.add("inside", Role::button, "Inside").actions.add(Action::click);
    page.builder.close();
    page.builder.set_modal_root(page.builder.id_of("dialog"));
    const auto screen = page.shown(Answers::guarded);
    CHECK_FALSE(screen.is_reachable(node_of(screen, "behind")));
    CHECK(screen.is_reachable(node_of(screen, "inside")));
    CHECK_FALSE(screen.states_of(node_of(screen, "behind")).has(State::sensitive));
    CHECK(screen.at(20, 20)->key == "inside");
}

TEST_CASE("text comes by character, word and line, whatever offsets are asked for") {
    const Letters letters("Grüße, Zoë!\nEnde", "de");
    CHECK(letters.count() == 16);
    CHECK(letters.between(0, 5) == "Grüße");
    CHECK(letters.between(7, -1) == "Zoë!\nEnde");
    CHECK(letters.between(99, -5).empty());
    CHECK(letters.segment_at(8, Granularity::character).text == "o");
    CHECK(letters.segment_at(8, Granularity::word).text == "Zoë!\n");
    CHECK(letters.segment_at(8, Granularity::line).text == "Grüße, Zoë!\n");
    CHECK(letters.segment_at(16, Granularity::line).text == "Ende");
    CHECK(letters.segment_at(16, Granularity::character).text.empty());
    CHECK(letters.segment_after(3, Granularity::line).text == "Ende");
    CHECK(letters.segment_before(13, Granularity::line).text == "Grüße, Zoë!\n");
    CHECK(letters.segment_at(-2147483647 - 1, Granularity::word).start == 0);
    CHECK(letters.segment_at(2147483647, Granularity::word).end == 16);
    CHECK(letters.letter_at(2) == 0xFC);
    CHECK(letters.letter_at(-1) == 0);
    CHECK(letters.spliced(7, 10, "Anna") == "Grüße, Anna!\nEnde");
    CHECK(Letters("", "en").segment_at(0, Granularity::word).text.empty());
}
