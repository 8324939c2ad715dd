// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fingers and keys on a text field and its keyboard, through the queue that real touches come by.
#include <catch2/catch.hpp>

#include "accessibility/semantics/audit.hpp"
#include "accessibility/text/text_editor.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/choices.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/page.hpp"
#include "tests/kiosk/widgets/harness.hpp"

namespace pillarbox::tests {
namespace {

using namespace std::chrono_literals;
using namespace widgets;
using platform::Control;
using platform::EventKind;
using platform::Key;
using platform::Point;
using platform::Shift;
using semantics::Action;
using Range = std::pair<std::size_t, std::size_t>;

class Page {
  public:
    explicit Page(std::string_view text = {})
        : editor({.lines = text::Lines::multiple, .characters_max = 500}), screen([this](Ui& ui) {
              begin_page(ui,
                         {.brand = "Pillarbox", .help_label = "Help", .back_label = "Back", .next_label = "Next"});
              static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor));
              ChoicesSpec more{.key = "more", .name = "More"};
              for (const char* key : {"a", "b", "c", "d", "e", "f"}) {
                  more.options.push_back({.key = key, .label = key});
              }
              static_cast<void>(choices(ui, more));
              static_cast<void>(end_page(ui));
          }) {
        editor.set_text(text);
        screen.settle();
        screen.request("field", Action::focus);
    }

    // Where the letter with this index is drawn. The field's text starts a little inside its box.
    Point place_of(std::size_t index) {
        const auto box = screen.node("field").rect;
        const Tokens& tokens = screen.ui().tokens();
        auto style = screen.ui().style_of({.size_px = tokens.option_px, .line_height = 1.25F});
        style.direction_source = text::DirectionSource::first_strong_letter;
        const float inset = tokens.padding * 0.8F;
        const auto block =
            text::TextBlock::lay_out(screen.ui().layouter(), editor.text(), style, box.width - 2 * inset);
        const auto caret = block.caret_at(index);
        return {box.x + inset + caret.x, box.y + inset + caret.y + caret.height / 2};
    }

    void down(Point at) { push(EventKind::pointer_down, at); }
    void move(Point at) { push(EventKind::pointer_move, at); }
    void up(Point at) { push(EventKind::pointer_up, at); }
    void taps(Point at, int count) {
        for (int tap = 0; tap < count; ++tap) {
            screen.events.tap(at, screen.frame.now);
            screen.settle();
        }
    }
    void wait(std::chrono::milliseconds time) { screen.frame.now += time; }
    void command(Key key, Shift shift = Shift::up) {
        screen.events.press(key, screen.frame.now, shift, Control::held);
        screen.settle();
    }

    text::TextEditor editor;
    Screen screen;

  private:
    void push(EventKind kind, Point at) {
        screen.events.push({.kind = kind, .time = screen.frame.now, .position = at});
        screen.settle();
    }
};

}  // namespace

TEST_CASE("one tap places the caret and two select the word and three the paragraph") {
    Page page("one two three\nfour");
    page.taps(page.place_of(5), 1);
    CHECK(page.editor.caret() == 5);
    CHECK_FALSE(page.editor.has_selection());
    page.wait(1s);
    page.taps(page.place_of(5), 2);
    CHECK(page.editor.selection() == Range{4, 7});
    page.wait(1s);
    page.taps(page.place_of(5), 3);
    CHECK(page.editor.selection() == Range{0, 13});
    page.taps(page.place_of(5), 1);
    CHECK(page.editor.caret() == 5);
    page.wait(1s);
    page.taps(page.place_of(5), 1);
    page.taps(page.place_of(11), 1);  // elsewhere: not the second of two
    CHECK(page.editor.caret() == 11);
    CHECK_FALSE(page.editor.has_selection());
}

TEST_CASE("the handles of a selection follow the finger and are large enough") {
    Page page("one two three four");
    page.taps(page.place_of(5), 2);
    REQUIRE(page.editor.selection() == Range{4, 7});
    for (const char* handle : {"field.start", "field.end"}) {
        const auto rect = page.screen.node(handle).rect;
        CHECK(std::min(rect.width, rect.height) / page.screen.frame.px_per_mm >= 11);
    }
    const Point end = page.screen.middle_of("field.end");
    const float step = page.place_of(13).x - page.place_of(7).x;
    page.down(end);
    page.move({end.x + step / 2, end.y});
    page.move({end.x + step, end.y});
    page.up({end.x + step, end.y});
    CHECK(page.editor.selection() == Range{4, 13});
    const Point start = page.screen.middle_of("field.start");
    page.down(start);
    page.move({start.x - 500, start.y});
    page.up({start.x - 500, start.y});
    CHECK(page.editor.selection() == Range{0, 13});
    CHECK(page.editor.text() == "one two three four");
    CHECK(semantics::describe(semantics::audit(page.screen.tree())) == "");
}

TEST_CASE("a dragged handle passes the other one and leaves at least a letter selected") {
    Page page("one two three");
    page.taps(page.place_of(5), 2);
    const Point end = page.screen.middle_of("field.end");
    const float step = page.place_of(0).x - page.place_of(7).x;
    page.down(end);
    page.move({end.x + page.place_of(4).x - page.place_of(7).x, end.y});
    CHECK(page.editor.has_selection());
    page.move({end.x + step, end.y});
    page.up({end.x + step, end.y});
    CHECK(page.editor.selection() == Range{0, 4});
}

TEST_CASE("dragging a handle scrolls nothing") {
    Page page("one two three");
    page.taps(page.place_of(5), 2);
    const float before = page.screen.node("field").rect.y;
    const Point end = page.screen.middle_of("field.end");
    page.down(end);
    page.move({end.x, end.y - 200});
    page.up({end.x, end.y - 200});
    CHECK(page.screen.node("field").rect.y == before);
}

TEST_CASE("a long press takes the caret along and a short one that wanders scrolls") {
    Page page("one two three");
    page.down(page.place_of(2));
    page.wait(600ms);
    page.screen.settle();
    CHECK(page.editor.caret() == 2);
    page.move(page.place_of(9));
    CHECK(page.editor.caret() == 9);
    page.up(page.place_of(11));
    CHECK(page.editor.caret() == 11);
    CHECK_FALSE(page.editor.has_selection());
    CHECK(page.screen.focused_key() == "field");
}

TEST_CASE("a touch that the system takes away lets go of a handle") {
    Page page("one two three");
    page.taps(page.place_of(5), 2);
    const Point end = page.screen.middle_of("field.end");
    page.down(end);
    page.screen.events.push({.kind = EventKind::pointer_cancel});
    page.screen.settle();
    page.move({end.x + 300, end.y});
    CHECK(page.editor.selection() == Range{4, 7});
    page.screen.tap("keyboard/AC01");
    CHECK(page.editor.text() == "one a three");
}

TEST_CASE("Control with a letter selects all and undoes and redoes and copies nothing") {
    Page page;
    page.screen.type(U"one two");
    page.command(Key::backspace);
    CHECK(page.editor.text() == "one ");
    page.command(Key::undo);
    CHECK(page.editor.text() == "one two");
    page.command(Key::redo);
    CHECK(page.editor.text() == "one ");
    page.command(Key::home);
    CHECK(page.editor.caret() == 0);
    page.screen.press(Key::right, Shift::held);
    CHECK(page.editor.selection() == Range{0, 1});
    page.command(Key::select_all);
    page.screen.type(U"x");
    CHECK(page.editor.text() == "x");
}

TEST_CASE("the Undo key is there when there is something to take back") {
    Page page;
    CHECK(page.screen.node("keyboard/undo").flags.has(semantics::Flag::disabled));
    page.screen.tap("keyboard/AC01");
    CHECK_FALSE(page.screen.node("keyboard/undo").flags.has(semantics::Flag::disabled));
    page.screen.tap("keyboard/undo");
    CHECK(page.editor.text().empty());
}

TEST_CASE("a finger that stays on Delete deletes letters then words then no more") {
    Page page(
        "a b c d e f g h i j k l m n o p q r s t u v w x y z "
        "a b c d e f g h i j k l m n o p q r s t u v w x y z");
    const Point at = page.screen.middle_of("keyboard/delete");
    const auto size = page.editor.text().size();
    page.screen.events.push({.kind = EventKind::pointer_down, .position = at});
    page.screen.draw_once();
    CHECK(page.editor.text().size() == size);
    page.wait(500ms);
    page.screen.draw_once();
    page.screen.draw_once();
    CHECK(page.editor.text().size() == size - 1);
    page.screen.settle(2000);
    const auto after_all = page.editor.text().size();
    CHECK(after_all ==
          size - 6 - (1 + 13 * 2));  // six letters, and fourteen words, of which one had no space after it
    page.up(at);
    CHECK(page.editor.text().size() == after_all);
    page.screen.request("keyboard/delete", Action::click);
    CHECK(page.editor.text().size() == after_all - 1);
}

TEST_CASE("Shift is for one letter and stays after two quick presses") {
    Page page;
    page.screen.tap("keyboard/shift");
    page.screen.tap("keyboard/AC01");
    page.screen.tap("keyboard/AC01");
    CHECK(page.editor.text() == "Aa");
    page.wait(1s);
    page.screen.tap("keyboard/shift");
    page.screen.tap("keyboard/shift");
    CHECK(page.screen.node("keyboard/shift").name == "Capital letters stay on");
    page.screen.tap("keyboard/AC01");
    page.screen.tap("keyboard/AC01");
    page.screen.tap("keyboard/shift");
    page.screen.tap("keyboard/AC01");
    CHECK(page.editor.text() == "AaAAa");
    page.wait(1s);
    page.screen.tap("keyboard/shift");
    page.wait(1s);
    page.screen.tap("keyboard/shift");
    CHECK(page.screen.node("keyboard/shift").checked == semantics::Checked::off);
}

TEST_CASE("a long press shows a letter's relatives and a second tap chooses or any other key closes them") {
    Page page;
    const Point e = page.screen.middle_of("keyboard/AD03");
    page.screen.tap("keyboard/AD03");
    CHECK(page.editor.text() == "e");
    page.down(e);
    page.wait(600ms);
    page.screen.settle();
    CHECK_FALSE(page.screen.ui().is_held("keyboard/AD03"));  // it is no tap any more
    page.up(e);
    CHECK(page.editor.text() == "e");
    CHECK(semantics::describe(semantics::audit(page.screen.tree())) == "");
    page.screen.tap("keyboard/variant/1");
    CHECK(page.editor.text() == "eé");
    CHECK(semantics::find_key(page.screen.tree(), "keyboard/variants") == nullptr);
    page.down(e);
    page.wait(600ms);
    page.screen.settle();
    page.up(e);
    page.screen.tap("keyboard/AC01");
    CHECK(page.editor.text() == "eéa");
    CHECK(semantics::find_key(page.screen.tree(), "keyboard/variants") == nullptr);
}

TEST_CASE("keys and requests reach a letter's relatives without holding anything") {
    Page page;
    page.screen.request("keyboard/more", Action::click);
    CHECK(page.screen.node("keyboard/more").checked == semantics::Checked::on);
    page.screen.request("keyboard/AD03", Action::click);
    page.screen.request("keyboard/variant/0", Action::click);
    CHECK(page.editor.text() == "è");
    page.screen.request("keyboard/more", Action::focus);
    page.screen.press(Key::enter);
    page.screen.request("keyboard/AD03", Action::focus);
    page.screen.press(Key::enter);
    CHECK(page.screen.focused_key() == "keyboard/variant/0");
    page.screen.press(Key::right);
    page.screen.press(Key::enter);
    CHECK(page.editor.text() == "èé");
    CHECK(page.screen.focused_key() == "keyboard/AD03");
}

TEST_CASE("a held key shows no enlarged letter") {
    Page page;
    page.screen.events.push({.kind = EventKind::pointer_down, .position = page.screen.middle_of("keyboard/AD01")});
    page.screen.settle();
    const auto keys = semantics::find_all(page.screen.tree(), semantics::Role::key);
    for (const auto* key : keys) {
        CHECK((key->key == "keyboard/AD01") == (key->name == "q"));
    }
}

TEST_CASE("the space bar names the layout and another one is a key away") {
    const std::vector<input::KeyboardLayout> keyboards{input::KeyboardLayout::load("bd").value(),
                                                       input::KeyboardLayout::load("gb").value()};
    Page page;
    page.screen.frame.keyboards = keyboards;
    page.screen.settle();
    CHECK(page.screen.node("keyboard/space").name == "Space, বাংলা");
    page.screen.tap("keyboard/AC07");
    page.screen.tap("keyboard/layout");
    CHECK(page.screen.node("keyboard/space").name == "Space, English");
    page.screen.tap("keyboard/AC01");
    CHECK(page.editor.text() == "কa");
}

}  // namespace pillarbox::tests
