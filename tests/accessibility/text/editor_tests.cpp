// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "accessibility/text/text_block.hpp"
#include "accessibility/text/text_boundaries.hpp"
#include "accessibility/text/text_editor.hpp"

using namespace pillarbox::text;

namespace {
constexpr EditorLimits several_lines{Lines::multiple, 2000};
}

TEST_CASE("typing puts letters at the caret") {
    TextEditor editor;
    editor.insert("ac");
    editor.left();
    editor.insert("b");
    CHECK(editor.text() == "abc");
    CHECK(editor.caret() == 2);
}

TEST_CASE("no caret stands inside a Bengali conjunct") {
    TextEditor editor({}, "bn");
    editor.set_text("ক্ষ");  // ka, virama, ssa: one shape
    editor.left();
    CHECK(editor.caret() == 0);
    editor.right();
    CHECK(editor.caret() == editor.text().size());
}

TEST_CASE("Tamil letters with a pulli are steps of their own") {
    TextEditor editor({}, "ta");
    editor.set_text("க்த");
    editor.left();
    CHECK(editor.caret() == 6);
}

TEST_CASE("a family emoji is one step and one deletion") {
    TextEditor editor;
    editor.set_text("a👨‍👩‍👧‍👦");
    editor.left();
    CHECK(editor.caret() == 1);
    editor.delete_forward();
    CHECK(editor.text() == "a");
    editor.insert("👨‍👩‍👧‍👦");
    editor.backspace();
    CHECK(editor.text() == "a");
}

TEST_CASE("backspace takes an Arabic vowel mark before its letter") {
    TextEditor editor({}, "ar", Direction::right_to_left);
    editor.set_text("بَ");
    editor.backspace();
    CHECK(editor.text() == "ب");
}

TEST_CASE("left goes forward in a paragraph that runs right to left") {
    TextEditor editor;
    editor.set_text("سلام");
    editor.text_start();
    editor.left();
    CHECK(editor.caret() == 2);
    editor.right();
    CHECK(editor.caret() == 0);
}

TEST_CASE("word steps stop at the ends and starts of words") {
    TextEditor editor;
    editor.set_text("one two three");
    editor.word_left();
    CHECK(editor.caret() == 8);
    editor.word_left();
    CHECK(editor.caret() == 4);
    editor.word_right();
    CHECK(editor.caret() == 7);
}

TEST_CASE("a selection is replaced by what is typed") {
    TextEditor editor;
    editor.set_text("one two");
    editor.word_left(Selecting::yes);
    CHECK(editor.selection() == std::pair<std::size_t, std::size_t>{4, 7});
    editor.insert("six");
    CHECK(editor.text() == "one six");
    editor.select_all();
    editor.backspace();
    CHECK(editor.text().empty());
}

TEST_CASE("the limit counts characters and cuts between graphemes") {
    TextEditor editor({Lines::single, 3});
    CHECK(editor.insert("ab") == TextEditor::Inserted::all);
    CHECK(editor.insert("e\u0301") == TextEditor::Inserted::nothing);  // two characters, one grapheme
    CHECK(editor.insert("cd") == TextEditor::Inserted::part);
    CHECK(editor.text() == "abc");
    CHECK(editor.is_full());
}

TEST_CASE("line breaks become spaces in a single line and control characters are dropped") {
    TextEditor editor;
    editor.insert("a\r\nb\x01\x1b");
    CHECK(editor.text() == "a b");
    TextEditor lines(several_lines);
    lines.insert("a\r\nb");
    lines.insert({});
    CHECK(lines.text() == "a\nb");
}

TEST_CASE("down and up keep the column over a short paragraph") {
    TextLayouter layouter(FontLibrary::create(FontLibrary::debian_folders()).value(), std::make_shared<GlyphAtlas>());
    TextEditor editor(several_lines);
    editor.set_text("mmmmmmmm\nm\nmmmmmmmm");
    const auto block = TextBlock::lay_out(layouter, editor.text(), TextStyle{}, 800.0F);
    editor.set_caret(5);
    editor.down(block);
    CHECK(editor.caret() == 10);
    editor.down(block);
    CHECK(editor.caret() == 16);
    editor.up(block);
    editor.up(block);
    CHECK(editor.caret() == 5);
    editor.line_end(block);
    CHECK(editor.caret() == 8);
    editor.up(block);
    CHECK(editor.caret() == 0);
}

TEST_CASE("up and down go through every line of a wrapped paragraph") {
    TextLayouter layouter(FontLibrary::create(FontLibrary::debian_folders()).value(), std::make_shared<GlyphAtlas>());
    TextEditor editor(several_lines);
    editor.set_text("one two three four five six seven eight nine ten eleven twelve thirteen");
    const auto block = TextBlock::lay_out(layouter, editor.text(), TextStyle{}, 300.0F);
    const auto line_count = block.parts().front().layout->lines().size();
    REQUIRE(line_count > 3);
    editor.line_end(block);
    std::size_t steps = 0;
    while (editor.caret() != 0 && steps < 50) {
        editor.up(block);
        ++steps;
    }
    CHECK(steps == line_count);
}

TEST_CASE("random editing keeps the text valid and the carets inside it") {
    CHECK(rc::check([] {
        TextEditor editor({Lines::multiple, 40}, "bn");
        const std::vector<std::string> pieces{"a",  "ক",      "্",   "ষ", "ি",       "ب",   "َ",
                                              "👩", "\u200d", "\n", " ", "e\u0301", "\xff"};
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 24));
        for (const int step : steps) {
            const auto selecting = step % 2 == 0 ? Selecting::no : Selecting::yes;
            switch (step) {
                case 13:
                    editor.backspace();
                    break;
                case 14:
                    editor.delete_forward();
                    break;
                case 15:
                case 16:
                    editor.left(selecting);
                    break;
                case 17:
                case 18:
                    editor.right(selecting);
                    break;
                case 19:
                case 20:
                    editor.word_left(selecting);
                    break;
                case 21:
                case 22:
                    editor.word_right(selecting);
                    break;
                case 23:
                    editor.select_all();
                    break;
                default:
                    editor.insert(pieces[static_cast<std::size_t>(step)]);
            }
            RC_ASSERT(editor.caret() <= editor.text().size());
            RC_ASSERT(editor.anchor() <= editor.text().size());
            RC_ASSERT(editor.character_count() <= 40U);
            const auto boundaries = boundaries_of(editor.text(), "bn");
            RC_ASSERT(boundaries.back().byte_index == editor.text().size());
        }
    }));
}
