// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words, paragraphs and taking back: what a finger or a key does to more than one letter.
#include <catch2/catch.hpp>

#include "accessibility/text/text_editor.hpp"

using namespace pillarbox::text;

namespace {
using Range = std::pair<std::size_t, std::size_t>;

void type(TextEditor& editor, std::string_view text) {
    for (const char letter : text) {
        editor.insert({&letter, 1});
    }
}
}  // namespace

TEST_CASE("deleting a word takes what a reader sees as one") {
    TextEditor editor;
    editor.set_text("We waited two hours");
    editor.delete_word_back();
    CHECK(editor.text() == "We waited two ");
    editor.delete_word_back();
    CHECK(editor.text() == "We waited ");
    editor.text_start();
    editor.delete_word_forward();
    CHECK(editor.text() == " waited ");
    TextEditor arabic({}, "ar", Direction::right_to_left);
    arabic.set_text("انتظرت ساعتين");
    arabic.delete_word_back();
    CHECK(arabic.text() == "انتظرت ");
}

TEST_CASE("a word is selected wherever it is touched and a gap is not") {
    TextEditor editor;
    editor.set_text("one  two");
    const auto [place, selected] = GENERATE(table<std::size_t, Range>({
        {0, {0, 3}},
        {2, {0, 3}},
        {3, {0, 3}},
        {4, {4, 4}},
        {5, {5, 8}},
        {8, {5, 8}},
    }));
    editor.select_word(place);
    INFO(place);
    CHECK(editor.selection() == selected);
}

TEST_CASE("a paragraph is selected without its line break") {
    TextEditor editor({Lines::multiple, 100});
    editor.set_text("one\ntwo words\n\nthree");
    editor.select_paragraph(6);
    CHECK(editor.selection() == Range{4, 13});
    editor.select_paragraph(0);
    CHECK(editor.selection() == Range{0, 3});
    editor.select_paragraph(14);
    CHECK(editor.selection() == Range{14, 14});
    editor.select_paragraph(editor.text().size());
    CHECK(editor.selection() == Range{15, 20});
}

TEST_CASE("undo takes back a word at a time and redo brings it back") {
    TextEditor editor;
    type(editor, "one two");
    editor.undo();
    CHECK(editor.text() == "one ");
    editor.undo();
    CHECK(editor.text().empty());
    CHECK_FALSE(editor.can_undo());
    editor.undo();
    editor.redo();
    editor.redo();
    CHECK(editor.text() == "one two");
    CHECK(editor.caret() == 7);
    CHECK_FALSE(editor.can_redo());
}

TEST_CASE("undo brings a replaced selection back as it was selected") {
    TextEditor editor;
    editor.set_text("one two");
    editor.select_word(5);
    type(editor, "six");
    CHECK(editor.text() == "one six");
    editor.undo();
    CHECK(editor.text() == "one two");
    CHECK(editor.selection() == Range{4, 7});
}

TEST_CASE("letters deleted one after the other come back together") {
    TextEditor editor;
    editor.set_text("wait");
    editor.backspace();
    editor.backspace();
    editor.text_start();
    editor.delete_forward();
    CHECK(editor.text() == "a");
    editor.undo();
    CHECK(editor.text() == "wa");
    editor.undo();
    CHECK(editor.text() == "wait");
}

TEST_CASE("writing after an undo ends what could be redone") {
    TextEditor editor;
    type(editor, "one");
    editor.undo();
    type(editor, "two");
    CHECK_FALSE(editor.can_redo());
    editor.redo();
    CHECK(editor.text() == "two");
}

TEST_CASE("the history is bounded and starts anew with another text") {
    TextEditor editor({Lines::multiple, 5000});
    for (std::size_t word = 0; word < 2 * EditHistory::steps_max; ++word) {
        type(editor, "a ");
    }
    std::size_t steps = 0;
    while (editor.can_undo() && steps < 5000) {
        editor.undo();
        ++steps;
    }
    CHECK(steps == EditHistory::steps_max);
    CHECK(editor.text().size() == 2 * EditHistory::steps_max);
    editor.set_text("another answer");
    CHECK_FALSE(editor.can_undo());
    CHECK_FALSE(editor.can_redo());
}

TEST_CASE("backspace takes what is seen as one picture") {
    const std::string picture = GENERATE(as<std::string>(), "👨‍👩‍👧‍👦", "🇧🇩", "👍🏽", "❤️",
                                         "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣");
    TextEditor editor;
    editor.set_text("a🇬🇧" + picture);
    editor.backspace();
    CHECK(editor.text() == "a🇬🇧");
    editor.backspace();
    CHECK(editor.text() == "a");
    editor.undo();
    CHECK(editor.text() == "a🇬🇧" + picture);
}
