// SPDX-License-Identifier: GPL-3.0-or-later
//
// People's hands on the widgets: every test acts by touch or key and reads the semantic tree.
#include <catch2/catch.hpp>

#include "accessibility/semantics/audit.hpp"
#include "accessibility/text/text_editor.hpp"
#include "core/base/utf8.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/choices.hpp"
#include "kiosk/widgets/dialog.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/select.hpp"
#include "kiosk/widgets/summary.hpp"
#include "kiosk/widgets/texts.hpp"
#include "tests/kiosk/widgets/harness.hpp"

namespace pillarbox::tests {
namespace {

using namespace std::chrono_literals;
using namespace widgets;
using platform::EventKind;
using platform::Key;
using platform::Shift;
using semantics::Action;
using semantics::Role;

PageSpec plain_page() {
    return {.brand = "Pillarbox", .help_label = "Help", .back_label = "Back", .next_label = "Next"};
}

ChoicesSpec many_options(std::size_t count, std::optional<std::size_t> chosen = std::nullopt) {
    ChoicesSpec spec{.key = "options", .name = "Options"};
    for (std::size_t index = 0; index < count; ++index) {
        spec.options.push_back({.key = std::to_string(index),
                                .label = "Option " + std::to_string(index),
                                .choice = chosen == index ? Choice::chosen : Choice::open});
    }
    return spec;
}

text::TextEditor editor_of(text::Lines lines = text::Lines::multiple) {
    return text::TextEditor({.lines = lines, .characters_max = 200});
}

}  // namespace

TEST_CASE("twenty quick taps between two frames are all counted") {
    int presses = 0;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        presses += button(ui, {.key = "go", .label = "Go"}) == Press::activated ? 1 : 0;
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    const platform::Point at = screen.middle_of("go");
    for (int tap = 0; tap < 20; ++tap) {
        screen.events.tap(at, screen.frame.now);
    }
    screen.settle();
    CHECK(presses == 20);
}

// The atlas holds about 600 glyphs of this size; the page has 2,000, a screen of it about 150.
TEST_CASE("a page of more glyphs than the atlas holds is drawn once, because what is out of sight takes no room") {
    constexpr char32_t first_letter = U'\u4E00';
    constexpr char32_t paragraphs = 50;
    constexpr char32_t letters_each = 40;
    std::vector<std::string> texts(paragraphs);
    for (char32_t index = 0; index < paragraphs * letters_each; ++index) {
        base::append_utf8(texts.at(index / letters_each), first_letter + index);
    }
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        for (const auto& text : texts) {
            paragraph(ui, text, text);
        }
        static_cast<void>(end_page(ui));
    });
    screen.frame.lang = "zh";
    screen.frame.text_scale = 2;
    assets().layouter->forget();
    screen.settle();
    CHECK_FALSE(screen.ui().atlas_changed());
}

TEST_CASE("a button acts on release and sliding off cancels") {
    int presses = 0;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        presses += button(ui, {.key = "go", .label = "Go"}) == Press::activated ? 1 : 0;
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    const platform::Point at = screen.middle_of("go");
    screen.events.push({.kind = EventKind::pointer_down, .position = at});
    screen.settle();
    CHECK(presses == 0);
    screen.events.push({.kind = EventKind::pointer_up, .position = {at.x, at.y + 400}});
    screen.settle();
    CHECK(presses == 0);
    screen.tap("go");
    CHECK(presses == 1);
}

TEST_CASE("a touch that the system takes away activates nothing") {
    int presses = 0;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        presses += button(ui, {.key = "go", .label = "Go"}) == Press::activated ? 1 : 0;
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    const platform::Point at = screen.middle_of("go");
    screen.events.push({.kind = EventKind::pointer_down, .position = at});
    screen.events.push({.kind = EventKind::pointer_cancel});
    screen.events.push({.kind = EventKind::pointer_up, .position = at});
    screen.settle();
    CHECK(presses == 0);
}

TEST_CASE("Tab walks in reading order and a radio group is one stop") {
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        heading(ui, "heading", "Question");
        static_cast<void>(choices(ui, many_options(3, 1)));
        static_cast<void>(button(ui, {.key = "more", .label = "More"}));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    CHECK(screen.focused_key() == "heading");
    std::vector<std::string> walked;
    for (int step = 0; step < 5; ++step) {
        screen.press(Key::tab);
        walked.push_back(screen.focused_key());
    }
    CHECK(walked == std::vector<std::string>{"options/1", "more", "back", "next", "help"});
    screen.press(Key::tab, Shift::held);
    CHECK(screen.focused_key() == "next");
    CHECK(screen.node("next").visual.focus_ring.has_value());
}

TEST_CASE("arrows reach every option and Enter or Space chooses") {
    std::vector<std::size_t> chosen;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        heading(ui, "heading", "Question");
        if (const auto index = choices(ui, many_options(3))) {
            chosen.push_back(*index);
        }
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.press(Key::down);
    screen.press(Key::down);
    CHECK(screen.focused_key() == "options/1");
    CHECK(chosen.empty());
    screen.press(Key::enter);
    screen.press(Key::down);
    screen.press(Key::space);
    CHECK(chosen == std::vector<std::size_t>{1, 2});
}

TEST_CASE("a disabled option can't be chosen") {
    int presses = 0;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        ChoicesSpec spec = many_options(2);
        spec.options[1].availability = Availability::disabled;
        presses += choices(ui, spec).has_value() ? 1 : 0;
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.tap("options/1");
    CHECK(presses == 0);
    screen.tap("options/0");
    CHECK(presses == 1);
}

TEST_CASE("hardware keys type into the focused field in Latin and Arabic") {
    text::TextEditor editor = editor_of();
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.type(U"lost");
    CHECK(editor.text().empty());
    screen.tap("field");
    screen.type(U"Two waits ");
    screen.type(U"مرحبا");
    CHECK(editor.text() == "Two waits مرحبا");
    screen.press(Key::backspace);
    screen.press(Key::enter);
    CHECK(editor.text() == "Two waits مرحب\n");
    CHECK(screen.node("field").value == editor.text());
    CHECK(screen.node("field").flags.has(semantics::Flag::private_text));
}

TEST_CASE("the on-screen keyboard types letters and capitals and deletes and goes away") {
    text::TextEditor editor = editor_of();
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    CHECK(semantics::find_key(screen.tree(), "keyboard") == nullptr);
    screen.tap("field");
    screen.tap("keyboard/shift");
    screen.tap("keyboard/AC01");
    screen.tap("keyboard/AC02");
    screen.tap("keyboard/space");
    screen.tap("keyboard/AC03");
    screen.tap("keyboard/delete");
    screen.tap("keyboard/return");
    CHECK(editor.text() == "As \n");
    CHECK(screen.focused_key() == "field");
    CHECK(semantics::describe(semantics::audit(screen.tree())) == "");
    screen.tap("keyboard/done");
    CHECK(semantics::find_key(screen.tree(), "keyboard") == nullptr);
    screen.tap("field");
    CHECK(semantics::find_key(screen.tree(), "keyboard") != nullptr);
}

TEST_CASE("opening the keyboard scrolls the field's caret into view") {
    text::TextEditor editor = editor_of();
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        heading(ui, "heading", "Question");
        static_cast<void>(choices(ui, many_options(7)));
        static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.tap("field");
    const semantics::Node& field = screen.node("field");
    CHECK(field.rect.intersected(field.clip).height > 60);
}

TEST_CASE("a tap places the caret where it lands") {
    text::TextEditor editor = editor_of();
    editor.set_text("abcdefghij");
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    const semantics::Rect box = screen.node("field").rect;
    screen.events.tap({box.x + 30, box.y + 50}, screen.frame.now);
    screen.settle();
    CHECK(editor.caret() == 0);
    CHECK(screen.node("field").caret == std::optional<std::size_t>(0));
}

TEST_CASE("arrows leave a text field at its first and last line") {
    text::TextEditor editor = editor_of();
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        static_cast<void>(button(ui, {.key = "before", .label = "Before"}));
        static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.request("field", Action::focus);
    screen.type(U"x");
    screen.press(Key::up);
    CHECK(screen.focused_key() == "before");
}

TEST_CASE("a drag scrolls to the last option and never clicks") {
    int presses = 0;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        presses += choices(ui, many_options(34)).has_value() ? 1 : 0;
        static_cast<void>(end_page(ui));
    });
    screen.frame.motion = Motion::reduced;
    screen.settle();
    const semantics::Node& first = screen.node("options/33");
    CHECK(first.rect.intersected(first.clip).height == 0);
    for (int sweep = 0; sweep < 8; ++sweep) {
        screen.events.push({.kind = EventKind::pointer_down, .position = {500, 1300}});
        for (float y = 1280; y > 400; y -= 40) {
            screen.events.push({.kind = EventKind::pointer_move, .position = {500, y}});
        }
        screen.events.push({.kind = EventKind::pointer_up, .position = {500, 400}});
        screen.settle();
    }
    CHECK(presses == 0);
    const semantics::Node& last = screen.node("options/33");
    CHECK(last.rect.intersected(last.clip).height == Approx(last.rect.height));
    screen.tap("options/33");
    CHECK(presses == 1);
}

TEST_CASE("Show more reaches the end without any drag") {
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        static_cast<void>(choices(ui, many_options(34)));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    int taps = 0;
    while (semantics::find_key(screen.tree(), "show-more") != nullptr && taps < 20) {
        screen.tap("show-more");
        ++taps;
    }
    CHECK(taps < 20);
    const semantics::Node& last = screen.node("options/33");
    CHECK(last.rect.intersected(last.clip).height == Approx(last.rect.height));
    CHECK(screen.node("show-back").name == "Back up");
}

TEST_CASE("moving the focus by key scrolls to where it goes") {
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        static_cast<void>(choices(ui, many_options(34)));
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.request("help", Action::focus);
    for (int step = 0; step < 34; ++step) {
        screen.press(Key::down);
        const semantics::Node* focused = semantics::find(screen.tree(), screen.tree().focus);
        REQUIRE(focused != nullptr);
        CHECK(focused->rect.intersected(focused->clip).height == Approx(focused->rect.height));
    }
    CHECK(screen.focused_key() == "options/33");
}

TEST_CASE("what Tab goes to is seen whole where the on-screen keyboard goes at the same time") {
    text::TextEditor editor = editor_of(text::Lines::single);
    PageSpec page = plain_page();
    page.stop_label = "Stop and erase my answers";
    page.progress = {.label = "Step 2 of 9", .step = 2, .steps = 9};
    Screen screen([&](Ui& ui) {
        begin_page(ui, page);
        static_cast<void>(choices(ui, many_options(7)));
        static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor));
        ChoicesSpec below = many_options(4);
        below.key = "below";
        static_cast<void>(choices(ui, below));
        static_cast<void>(end_page(ui));
    });
    screen.frame.text_scale = 2;
    screen.settle();
    screen.request("field", Action::focus);
    REQUIRE(semantics::find_key(screen.tree(), "keyboard") != nullptr);
    screen.press(Key::tab);
    CHECK(screen.focused_key() == "below/0");
    CHECK(semantics::find_key(screen.tree(), "keyboard") == nullptr);
    CHECK(semantics::describe(semantics::audit(screen.tree())) == "");
}

TEST_CASE("a select opens a page of its own and gives the choice back once") {
    std::vector<std::size_t> chosen;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        const SelectSpec spec{
            .key = "borough", .label = "Borough", .placeholder = "Choose", .options = many_options(34).options};
        if (const auto index = select(ui, spec)) {
            chosen.push_back(*index);
        }
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.tap("borough");
    CHECK(screen.tree().modal_root == screen.node("borough.list").id);
    CHECK(semantics::describe(semantics::audit(screen.tree())) == "");
    screen.request("borough.options/33", Action::click);
    CHECK(chosen == std::vector<std::size_t>{33});
    CHECK(screen.tree().modal_root == semantics::NodeId::none);
    CHECK(screen.focused_key() == "borough");
    screen.tap("borough");
    screen.tap("borough.close");
    CHECK(chosen.size() == 1);
    CHECK(semantics::find_key(screen.tree(), "borough.list") == nullptr);
}

TEST_CASE("a dialog takes the focus and blocks the page below and gives the focus back") {
    bool open = false;
    int below = 0;
    std::vector<std::size_t> answers;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        below += button(ui, {.key = "below", .label = "Below"}) == Press::activated ? 1 : 0;
        if (open) {
            const DialogSpec spec{.key = "stop",
                                  .title = "Stop and erase?",
                                  .text = "Your answers go.",
                                  .buttons = {{.key = "yes", .label = "Erase"}, {.key = "no", .label = "Go on"}}};
            if (const auto index = dialog(ui, spec)) {
                answers.push_back(*index);
            }
        }
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    screen.request("below", Action::focus);
    const platform::Point at = screen.middle_of("below");
    open = true;
    screen.settle();
    CHECK(screen.focused_key() == "stop");
    screen.events.tap(at, screen.frame.now);
    screen.settle();
    CHECK(below == 0);
    screen.press(Key::tab);
    CHECK(screen.focused_key() == "yes");
    screen.press(Key::tab);
    screen.press(Key::tab);
    CHECK(screen.focused_key() == "yes");
    screen.tap("no");
    CHECK(answers == std::vector<std::size_t>{1});
    open = false;
    screen.settle();
    CHECK(screen.focused_key() == "below");
}

TEST_CASE("an error summary takes the focus when it appears and leads to its field") {
    bool wrong = false;
    text::TextEditor editor = editor_of(text::Lines::single);
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        if (wrong) {
            error_summary(ui, "errors", {{.target = "name", .text = "Enter your name"}});
        }
        heading(ui, "heading", "Question");
        static_cast<void>(text_field(
            ui,
            {.key = "name", .label = "Name", .error = wrong ? "Enter your name" : "", .lines = FieldLines::single},
            editor));
        wrong = end_page(ui) == PageAction::next || wrong;
    });
    screen.settle();
    screen.tap("next");
    screen.settle();
    CHECK(screen.focused_key() == "errors");
    CHECK(screen.node("name").flags.has(semantics::Flag::invalid));
    screen.tap("errors/name");
    CHECK(screen.focused_key() == "name");
}

TEST_CASE("a change of page moves the focus to the new heading and forgets a half-made tap") {
    std::string page = "one";
    int presses = 0;
    Screen screen([&](Ui& ui) {
        begin_page(ui, plain_page());
        heading(ui, "heading", page);
        presses += button(ui, {.key = "go", .label = "Go"}) == Press::activated ? 1 : 0;
        static_cast<void>(end_page(ui));
    });
    screen.settle();
    const platform::Point at = screen.middle_of("go");
    screen.events.push({.kind = EventKind::pointer_down, .position = at});
    screen.settle();
    screen.frame.page_key = "two";
    page = "two";
    screen.settle();
    screen.events.push({.kind = EventKind::pointer_up, .position = at});
    screen.settle();
    CHECK(presses == 0);
    CHECK(screen.focused_key() == "heading");
}

TEST_CASE("a page that runs right to left is the mirror image") {
    const auto draw = [](Ui& ui) {
        begin_page(ui, plain_page());
        static_cast<void>(choices(ui, many_options(2)));
        static_cast<void>(end_page(ui));
    };
    Screen left(draw);
    Screen right(draw);
    right.frame.direction = text::Direction::right_to_left;
    left.settle();
    right.settle();
    for (const char* key : {"back", "next", "help", "options/0", "brand"}) {
        const semantics::Rect one = left.node(key).rect;
        const semantics::Rect other = right.node(key).rect;
        CHECK(other.x == Approx(1080 - one.right()).margin(1));
        CHECK(other.y == Approx(one.y).margin(1));
    }
}

TEST_CASE("masked answers draw and say the same whatever they are") {
    const auto drawn = [](std::string_view answer) {
        text::TextEditor editor = editor_of();
        editor.set_text(answer);
        Screen screen([&](Ui& ui) {
            begin_page(ui, plain_page());
            static_cast<void>(text_field(ui, {.key = "field", .name = "Answer", .reveal = Reveal::masked}, editor));
            static_cast<void>(end_page(ui));
        });
        screen.settle();
        return screen.tree();
    };
    CHECK(semantics::same_content(drawn("one"), drawn("another answer")));
}

}  // namespace pillarbox::tests
