// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/events.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "accessibility/semantics/builder.hpp"

namespace {

using namespace pillarbox;
using namespace pillarbox::bridge;
using semantics::Action;
using semantics::Checked;
using semantics::Flag;
using semantics::Node;
using semantics::Role;
using Kind = Event::Kind;

using Draw = std::function<void(semantics::TreeBuilder&)>;

Screen screen_of(const Draw& draw, std::string_view focus = {}, Answers answers = Answers::guarded) {
    semantics::TreeBuilder builder;
    builder.begin({.page_key = "page", .name = "Page", .lang = "en", .window = {0, 0, 1000, 1000}});
    draw(builder);
    const auto focused = focus.empty() ? semantics::NodeId::none : builder.id_of(focus);
    return {std::make_shared<const semantics::Tree>(builder.finish(focused)), answers};
}

Node& add(semantics::TreeBuilder& builder, std::string_view key, Role role, std::string_view name) {
    Node& node = builder.add(key, role);
    node.name = name;
    node.rect = {0, 0, 100, 50};
    return node;
}

Draw field_with(std::string_view text, std::size_t caret = 0) {
    return [=](semantics::TreeBuilder& builder) {
        Node& node = add(builder, "field", Role::text_field, "Name");
        node.value = text;
        node.caret = caret;
        node.flags.add(Flag::private_text).add(Flag::focusable);
        node.actions.add(Action::set_text);
    };
}

std::vector<Event> of_kind(const std::vector<Event>& events, Kind kind) {
    std::vector<Event> found;
    std::ranges::copy_if(events, std::back_inserter(found),
                         [kind](const Event& event) { return event.kind == kind; });
    return found;
}

std::ptrdiff_t place_of(const std::vector<Event>& events, const std::function<bool(const Event&)>& wanted) {
    return std::ranges::find_if(events, wanted) - events.begin();
}

const auto nothing = [](semantics::TreeBuilder&) {};

}  // namespace

TEST_CASE("the same screen twice is no event") {
    CHECK(events_between(screen_of(field_with("a", 1), "field"), screen_of(field_with("a", 1), "field")).empty());
}

TEST_CASE("a first screen adds its nodes and activates the window") {
    const auto events = events_between(Screen(), screen_of(field_with("a")));
    CHECK(of_kind(events, Kind::node_added).size() == 2);
    REQUIRE(of_kind(events, Kind::children_changed).size() == 1);
    CHECK(of_kind(events, Kind::children_changed).front().source == semantics::NodeId::none);
    REQUIRE(of_kind(events, Kind::window).size() == 1);
    CHECK(of_kind(events, Kind::window).front().detail == "Activate");
}

TEST_CASE("the focus is told before the caret and after the state of what has it") {
    const auto before = screen_of([](auto& builder) {
        field_with("ab", 0)(builder);
        add(builder, "other", Role::checkbox, "Other").checked = Checked::off;
    });
    const auto after = screen_of(
        [](auto& builder) {
            field_with("abc", 3)(builder);
            add(builder, "other", Role::checkbox, "Other").checked = Checked::on;
        },
        "field");
    const auto events = events_between(before, after);
    const auto state =
        place_of(events, [](const Event& event) { return event.detail == "checked" && event.first == 1; });
    const auto focus =
        place_of(events, [](const Event& event) { return event.detail == "focused" && event.first == 1; });
    const auto text = place_of(events, [](const Event& event) { return event.kind == Kind::text_changed; });
    const auto caret = place_of(events, [](const Event& event) { return event.kind == Kind::caret_moved; });
    CHECK(state < focus);
    CHECK(focus < text);
    CHECK(text < caret);
    CHECK(caret < std::ssize(events));
}

TEST_CASE("typing in a guarded field is told in bullets") {
    const auto events =
        events_between(screen_of(field_with("grüße", 5), "field"), screen_of(field_with("größe", 5), "field"));
    CHECK(events.empty());  // as many letters as before, in the same places
    const auto grown =
        events_between(screen_of(field_with("ab", 2), "field"), screen_of(field_with("abc", 3), "field"));
    const auto texts = of_kind(grown, Kind::text_changed);
    REQUIRE(texts.size() == 1);
    CHECK(std::get<std::string>(texts.front().subject) == "•");
    CHECK(of_kind(grown, Kind::caret_moved).front().first == 3);
}

TEST_CASE("typing in an open field is told by the letters that changed") {
    const auto shown = [](std::string_view text) { return screen_of(field_with(text, 2), "field", Answers::open); };
    const auto texts = of_kind(events_between(shown("grüße"), shown("größe")), Kind::text_changed);
    REQUIRE(texts.size() == 2);
    CHECK(texts[0].detail == "delete");
    CHECK(std::get<std::string>(texts[0].subject) == "ü");
    CHECK(texts[1].detail == "insert");
    CHECK(std::get<std::string>(texts[1].subject) == "ö");
    CHECK(texts[1].first == 2);
    CHECK(texts[1].second == 1);
}

TEST_CASE("a new subtree is told to its parent once") {
    const auto after = screen_of([](auto& builder) {
        builder.open("group", Role::group);
        add(builder, "one", Role::button, "One");
        add(builder, "two", Role::button, "Two");
        builder.close();
    });
    const auto events = events_between(screen_of(nothing), after);
    CHECK(of_kind(events, Kind::node_added).size() == 3);
    REQUIRE(of_kind(events, Kind::children_changed).size() == 1);
    CHECK(of_kind(events, Kind::children_changed).front().detail == "add");
}

TEST_CASE("children that change places go and come again") {
    const auto in_order = [](std::vector<const char*> keys) {
        return screen_of([keys](auto& builder) {
            for (const char* key : keys) {
                add(builder, key, Role::button, key);
            }
        });
    };
    const auto events = events_between(in_order({"a", "b", "c"}), in_order({"a", "c", "b"}));
    const auto changes = of_kind(events, Kind::children_changed);
    REQUIRE(changes.size() == 4);
    CHECK(changes[0].detail == "remove");
    CHECK(changes[1].detail == "add");
    CHECK(changes[1].first == 1);
    CHECK(of_kind(events, Kind::node_added).empty());
}

TEST_CASE("a node that becomes another kind of thing goes and comes again") {
    const auto as = [](Role role) {
        return screen_of([role](auto& builder) { add(builder, "node", role, "Name"); });
    };
    const auto events = events_between(as(Role::paragraph), as(Role::button));
    CHECK(of_kind(events, Kind::node_removed).size() == 1);
    CHECK(of_kind(events, Kind::node_added).size() == 1);
}

TEST_CASE("a live text shows when it comes and is announced when it changes") {
    const auto saying = [](std::string_view text) {
        return screen_of([text](auto& builder) {
            Node& node = add(builder, "status", Role::status, text);
            node.live = semantics::Live::polite;
        });
    };
    const auto is_shown = [](const Event& event) { return event.detail == "showing" && event.first == 1; };
    const auto come = events_between(screen_of(nothing), saying("3 left"));
    CHECK(std::ranges::count_if(come, is_shown) == 1);
    CHECK(of_kind(come, Kind::announcement).empty());
    const auto changed = events_between(saying("3 left"), saying("2 left"));
    CHECK(std::ranges::count_if(changed, is_shown) == 0);
    REQUIRE(of_kind(changed, Kind::announcement).size() == 1);
    CHECK(std::get<std::string>(of_kind(changed, Kind::announcement).front().subject) == "2 left");
    CHECK(std::ranges::none_of(events_between(Screen(), saying("3 left")), is_shown));
}

TEST_CASE("a screen that is taken away deactivates the window") {
    const auto events =
        events_between(screen_of(nothing), Screen(std::make_shared<const semantics::Tree>(), Answers::guarded));
    REQUIRE(of_kind(events, Kind::window).size() == 1);
    CHECK(of_kind(events, Kind::window).front().detail == "Deactivate");
    CHECK(of_kind(events, Kind::node_removed).size() == 1);
}
