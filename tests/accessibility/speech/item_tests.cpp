// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/item.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "tests/accessibility/speech/example_page.hpp"

using namespace pillarbox;
using semantics::Checked;
using semantics::Flag;
using semantics::Node;
using semantics::Role;
using speech::Audience;

namespace {

struct Row {
    Role role;
    std::function<void(Node&)> make;
    std::string said;
};

std::string said_of(const Row& row) {
    semantics::TreeBuilder builder;
    builder.begin({.page_key = "page", .lang = "en"});
    auto& node = builder.add("thing", row.role);
    node.name = "Name";
    row.make(node);
    const auto tree = builder.finish(semantics::NodeId::none);
    return speech::open_text_of({speech::parts_of(tree, *semantics::find_key(tree, "thing"), {}), {}});
}

}  // namespace

TEST_CASE("a thing says its name, what it is and how it stands") {
    const Row row = GENERATE(values<Row>({
        {Role::button, [](Node&) {}, "Name, button"},
        {Role::link, [](Node&) {}, "Name, link"},
        {Role::button, [](Node& node) { node.flags.add(Flag::disabled); }, "Name, button, cannot be used now"},
        {Role::button, [](Node& node) { node.description = "It asks first."; }, "Name, button, It asks first."},
        {Role::checkbox, [](Node& node) { node.checked = Checked::on; }, "Name, tick box, ticked"},
        {Role::checkbox, [](Node& node) { node.checked = Checked::off; }, "Name, tick box, not ticked"},
        {Role::radio,
         [](Node& node) {
             node.checked = Checked::on;
             node.position = 2;
             node.set_size = 3;
         },
         "Name, option, chosen, 2 of 3"},
        {Role::radio, [](Node& node) { node.checked = Checked::off; }, "Name, option, not chosen"},
        {Role::text_field, [](Node&) {}, "Name, text box, nothing written yet"},
        {Role::text_field, [](Node& node) { node.value = "calm"; }, "Name, text box, calm"},
        {Role::text_field, [](Node& node) { node.flags.add(Flag::required); },
         "Name, text box, nothing written yet, must be answered"},
        {Role::text_field, [](Node& node) { node.error = "Enter a number."; },
         "Name, text box, nothing written yet, Error: Enter a number."},
        {Role::text_field, [](Node& node) { node.hint = "For example, 12."; },
         "Name, text box, nothing written yet, For example, 12."},
        {Role::select, [](Node& node) { node.value = "Lambeth"; }, "Name, opens a list, Lambeth"},
        {Role::select, [](Node&) {}, "Name, opens a list, Not answered"},
        {Role::slider, [](Node& node) { node.range = {3, 0, 10, 1}; }, "Name, slider, 3"},
        {Role::key, [](Node&) {}, "Name"},
        {Role::heading, [](Node&) {}, "Name"},
        {Role::group, [](Node& node) { node.speech_override = "Your code K 7"; }, "Your code K 7"},
    }));
    CHECK(said_of(row) == row.said);
}

TEST_CASE("a private value is for one person, and a masked one for nobody") {
    semantics::TreeBuilder builder;
    builder.begin({.page_key = "page", .lang = "en"});
    auto& field = builder.add("field", Role::text_field);
    field.name = "Your name";
    field.value = "Ada";
    field.flags.add(Flag::private_text);
    auto& pin = builder.add("pin", Role::text_field);
    pin.name = "PIN";
    pin.value = "4802";
    pin.flags.add(Flag::private_text).add(Flag::masked);
    const auto tree = builder.finish(semantics::NodeId::none);
    const auto said = [&](std::string_view key, Audience audience) {
        const auto runs =
            speech::runs_of({speech::parts_of(tree, *semantics::find_key(tree, key), {}), {}}, audience);
        return runs.front().text;
    };
    CHECK(said("field", Audience::one_person) == "Your name, text box, Ada");
    CHECK(said("field", Audience::everybody).find("Ada") == std::string::npos);
    CHECK(said("field", Audience::everybody).find("headphones") != std::string::npos);
    CHECK(said("pin", Audience::one_person).find("4802") == std::string::npos);
}

TEST_CASE("words of another language are said in that language") {
    speech::Phrases phrases;
    phrases.lang = "pl";
    phrases.button = "przycisk";
    semantics::TreeBuilder builder;
    builder.begin({.page_key = "page", .lang = "pl"});
    auto& node = builder.add("bn", Role::button);
    node.name = "বাংলা";
    node.lang = "bn";
    const auto tree = builder.finish(semantics::NodeId::none);
    const auto runs =
        speech::runs_of({speech::parts_of(tree, *semantics::find_key(tree, "bn"), phrases), {}}, Audience::everybody);
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].lang == "bn");
    CHECK(runs[1].lang == "pl");
    CHECK(runs[1].text == "przycisk");
}
