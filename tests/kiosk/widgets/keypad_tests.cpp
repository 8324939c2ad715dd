// SPDX-License-Identifier: GPL-3.0-or-later
//
// A page by the keys of an assistive keypad: into the on-screen keyboard and out of it, back, help; and the light of
// a scan by switches.
#include <algorithm>
#include <catch2/catch.hpp>

#include "accessibility/semantics/audit.hpp"
#include "accessibility/text/text_editor.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/dialog.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/scan_light.hpp"
#include "kiosk/widgets/texts.hpp"
#include "tests/kiosk/widgets/harness.hpp"

namespace pillarbox::tests {
namespace {

using namespace widgets;
using platform::Key;
using semantics::Action;
using semantics::Role;

PageSpec page_of_test() {
    return {.brand = "Pillarbox", .help_label = "Help", .back_label = "Back", .next_label = "Next"};
}

// A field, a button below it, and whatever the page answered.
struct FieldPage {
    text::TextEditor editor{{.lines = text::Lines::single, .characters_max = 100}, "en"};
    PageAction last = PageAction::none;
    bool asks = false;
    std::optional<std::size_t> answered;
    Screen screen{[this](Ui& ui) {
        begin_page(ui, page_of_test());
        heading(ui, "heading", "Question");
        static_cast<void>(text_field(ui, {.key = "field", .label = "Your name"}, editor));
        static_cast<void>(button(ui, {.key = "below", .label = "Below"}));
        if (asks) {
            const auto pressed =
                dialog(ui, {.key = "ask",
                            .title = "Sure?",
                            .buttons = {{.key = "no", .label = "No"}, {.key = "yes", .label = "Yes"}}});
            answered = pressed ? pressed : answered;
        }
        if (const auto action = end_page(ui); action != PageAction::none) {
            last = action;
        }
    }};
    FieldPage() { screen.settle(); }
};

}  // namespace

TEST_CASE("a keypad writes by arrows over the on-screen keys though another control follows the field") {
    FieldPage page;
    page.screen.request("field", Action::focus);
    page.screen.press(Key::activate);
    REQUIRE(page.screen.node(page.screen.focused_key()).role == Role::key);
    const auto first = page.screen.focused_key();
    page.screen.press(Key::down);
    CHECK(page.screen.focused_key() == "keyboard/AD01");
    page.screen.press(Key::activate);
    page.screen.press(Key::right);
    page.screen.press(Key::activate);
    CHECK(page.editor.text() == "qw");
    page.screen.press(Key::left);
    page.screen.press(Key::left);
    CHECK(page.screen.focused_key() == "keyboard/AD10");  // round the end of the row
    page.screen.press(Key::next_item);
    CHECK(page.screen.focused_key().starts_with("keyboard/AC"));  // the row below
    page.screen.press(Key::up);
    page.screen.press(Key::up);
    page.screen.press(Key::up);
    CHECK(page.screen.focused_key() == "field");
    page.screen.press(Key::activate);
    CHECK(page.screen.focused_key() == first);
    page.screen.press(Key::go_back);
    CHECK(page.screen.focused_key() == "field");
    CHECK(semantics::find_all(page.screen.tree(), Role::keyboard).empty());
    page.screen.press(Key::next_item);
    CHECK(page.screen.focused_key() == "below");
}

TEST_CASE("down from the last row of keys and Tab lead out of the keyboard and it is one Tab stop") {
    FieldPage page;
    page.screen.request("field", Action::focus);
    page.screen.press(Key::activate);
    const auto stops = semantics::tab_stops(page.screen.tree());
    CHECK(std::ranges::count_if(
              stops, [&](auto id) { return semantics::find(page.screen.tree(), id)->role == Role::key; }) == 1);
    for (int row = 0; row < 5; ++row) {
        CHECK(page.screen.node(page.screen.focused_key()).role == Role::key);
        page.screen.press(Key::down);
    }
    CHECK(page.screen.focused_key() == "back");
}

TEST_CASE("a letter's relatives are reached by arrows and left without choosing") {
    FieldPage page;
    page.screen.request("field", Action::focus);
    page.screen.press(Key::activate);
    page.screen.request("keyboard/more", Action::click);
    page.screen.request("keyboard/AD03", Action::focus);
    page.screen.press(Key::activate);
    CHECK(page.screen.focused_key() == "keyboard/variant/0");
    page.screen.press(Key::right);
    CHECK(page.screen.focused_key() == "keyboard/variant/1");
    page.screen.press(Key::down);
    CHECK(page.screen.focused_key() == "keyboard/AD03");
    CHECK(page.editor.text().empty());
}

TEST_CASE("back and help are one key each from anywhere and back closes a dialog by its harmless button") {
    FieldPage page;
    page.screen.request("below", Action::focus);
    page.screen.press(Key::open_help);
    CHECK(page.last == PageAction::help);
    page.screen.press(Key::go_back);
    CHECK(page.last == PageAction::back);
    page.last = PageAction::none;
    page.asks = true;
    page.screen.settle();
    page.screen.press(Key::go_back);
    CHECK(page.answered == 0U);
    page.screen.press(Key::open_help);
    CHECK(page.last == PageAction::none);
}

TEST_CASE("the focus goes on from where it was when what had it is no longer there") {
    bool there = true;
    Screen screen([&there](Ui& ui) {
        begin_page(ui, page_of_test());
        static_cast<void>(button(ui, {.key = "one", .label = "One"}));
        if (there) {
            static_cast<void>(button(ui, {.key = "two", .label = "Two"}));
        }
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.request("two", Action::focus);
    there = false;
    screen.settle();
    CHECK(screen.focused_key() == "one");
}

TEST_CASE("the light of a scan is drawn and told and passes the audit on one thing and on a group") {
    for (const bool mirrored : {false, true}) {
        std::vector<std::string> lit{"one"};
        Screen screen([&lit](Ui& ui) {
            begin_page(ui, page_of_test());
            heading(ui, "heading", "Question");
            static_cast<void>(button(ui, {.key = "one", .label = "One"}));
            static_cast<void>(button(ui, {.key = "two", .label = "Two"}));
            static_cast<void>(end_page(ui));
            std::vector<NodeId> ids;
            std::ranges::transform(lit, std::back_inserter(ids),
                                   [&ui](auto& key) { return ui.builder().id_of(key); });
            scan_light(ui, ids);
        });
        screen.frame.direction = mirrored ? text::Direction::right_to_left : text::Direction::left_to_right;
        screen.settle();
        CHECK(screen.node("scan-light").name == "One");
        CHECK(screen.node("scan-light").controls == screen.node("one").id);
        CHECK(screen.node("scan-light").rect == screen.node("one").rect);
        CHECK(screen.node("scan-light").live == semantics::Live::polite);
        CHECK(semantics::describe(semantics::audit(screen.tree())) == "");
        lit = {"one", "two"};
        screen.settle();
        CHECK(screen.node("scan-light").name == "One … Two");
        CHECK(screen.node("scan-light").rect.height > 1.9F * screen.node("one").rect.height);
        lit = {"gone"};
        screen.settle();
        CHECK(semantics::find_key(screen.tree(), "scan-light") == nullptr);
    }
}

}  // namespace pillarbox::tests
