// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any editing, held against a model that is simple enough to see that it is right: a text, two ends, and every text
// that there was. rapidcheck prints the seed of a failing run; RC_PARAMS repeats it.
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "accessibility/text/text_boundaries.hpp"
#include "accessibility/text/text_editor.hpp"

using namespace pillarbox::text;

namespace {

constexpr std::size_t characters_max = 40;
const char* const language = "bn";

const std::vector<std::string>& pieces() {
    static const std::vector<std::string> all{"a",  "ক",      "্",   "ষ", "ি",       "ب", "َ",
                                              "👩", "\u200d", "\n", " ", "e\u0301", "🇧", "two words"};
    return all;
}

struct Model {
    std::string text;
    std::size_t caret = 0;
    std::size_t anchor = 0;

    void replace_selection(std::string_view with) {
        const auto [start, end] = std::minmax(caret, anchor);
        text = text.substr(0, start) + std::string(with) + text.substr(end);
        caret = anchor = start + with.size();
    }
    void take_back_to(std::size_t place) {
        anchor = place;
        replace_selection({});
    }
    [[nodiscard]] std::vector<std::size_t> carets() const {
        std::vector<std::size_t> places;
        for (const auto& boundary : boundaries_of(text, language)) {
            if (boundary.caret) {
                places.push_back(boundary.byte_index);
            }
        }
        return places;
    }
    [[nodiscard]] std::size_t caret_before(std::size_t place) const {
        std::size_t found = 0;
        for (const auto caret_place : carets()) {
            found = caret_place < place ? caret_place : found;
        }
        return found;
    }
    [[nodiscard]] std::size_t caret_after(std::size_t place) const {
        const auto all = carets();
        const auto found = std::ranges::upper_bound(all, place);
        return found == all.end() ? text.size() : *found;
    }
    [[nodiscard]] std::size_t characters() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
    }
};

bool is_character_start(const std::string& text, std::size_t index) {
    return index == text.size() || (static_cast<unsigned char>(text[index]) & 0xC0U) != 0x80U;
}

// Does one thing to both. Only what the model can say in a line is compared letter for letter.
void insert(TextEditor& editor, Model& model, const std::string& piece) {
    Model after = model;
    after.replace_selection(piece);
    if (after.characters() <= characters_max) {
        RC_ASSERT(editor.insert(piece) == TextEditor::Inserted::all);
        model = after;
    } else {
        RC_ASSERT(editor.insert(piece) != TextEditor::Inserted::all);
        model = {editor.text(), editor.caret(), editor.anchor()};
        RC_ASSERT(model.characters() <= characters_max);
    }
}

void delete_forward(TextEditor& editor, Model& model) {
    editor.delete_forward();
    if (model.caret == model.anchor) {
        model.anchor = model.caret_after(model.caret);
    }
    model.replace_selection({});
}

// At least a character goes and at most a grapheme, and nothing else changes.
void backspace(TextEditor& editor, Model& model) {
    editor.backspace();
    if (model.caret != model.anchor) {
        model.replace_selection({});
    } else if (model.caret > 0) {
        const auto least = model.caret_before(model.caret);
        RC_ASSERT(editor.caret() >= least);
        RC_ASSERT(editor.caret() < model.caret);
        model.take_back_to(editor.caret());
    }
}

void select(TextEditor& editor, Model& model, std::size_t anchor, std::size_t caret) {
    const auto snapped = [&model](std::size_t place) {
        return model.caret_before(std::min(place, model.text.size()) + 1);
    };
    editor.set_selection(anchor, caret);
    model.anchor = snapped(anchor);
    model.caret = snapped(caret);
}

void check_same(const TextEditor& editor, const Model& model) {
    RC_ASSERT(editor.text() == model.text);
    RC_ASSERT(editor.caret() == model.caret);
    RC_ASSERT(editor.anchor() == model.anchor);
    RC_ASSERT(is_character_start(model.text, model.caret));
    RC_ASSERT(is_character_start(model.text, model.anchor));
}

void step(TextEditor& editor, Model& model) {
    const auto place = *rc::gen::inRange<std::size_t>(0, 100);
    switch (*rc::gen::inRange(0, 8)) {
        case 0:
            backspace(editor, model);
            break;
        case 1:
            delete_forward(editor, model);
            break;
        case 2:
            select(editor, model, place, place);
            break;
        case 3:
            select(editor, model, place, *rc::gen::inRange<std::size_t>(0, 100));
            break;
        default:
            insert(editor, model, *rc::gen::elementOf(pieces()));
    }
}

}  // namespace

TEST_CASE("any editing gives the text that a simple model gives") {
    CHECK(rc::check([] {
        TextEditor editor({Lines::multiple, characters_max}, language);
        Model model;
        const auto steps = *rc::gen::inRange(0, 40);
        for (int count = 0; count < steps; ++count) {
            step(editor, model);
            check_same(editor, model);
        }
    }));
}

TEST_CASE("after any movement the caret stands between graphemes") {
    CHECK(rc::check([] {
        TextEditor editor({Lines::multiple, characters_max}, language);
        Model model;
        for (int count = 0; count < 12; ++count) {
            insert(editor, model, *rc::gen::elementOf(pieces()));
        }
        using Move = void (TextEditor::*)(Selecting);
        const std::vector<Move> moves{&TextEditor::left,       &TextEditor::right,      &TextEditor::word_left,
                                      &TextEditor::word_right, &TextEditor::text_start, &TextEditor::text_end};
        for (int count = 0; count < 20; ++count) {
            (editor.*(*rc::gen::elementOf(moves)))(*rc::gen::element(Selecting::no, Selecting::yes));
            RC_ASSERT(std::ranges::count(model.carets(), editor.caret()) == 1);
            RC_ASSERT(editor.text() == model.text);
        }
    }));
}

TEST_CASE("undo goes back through what there was to the start and redo returns to the end exactly") {
    CHECK(rc::check([] {
        TextEditor editor({Lines::multiple, characters_max}, language);
        const std::string first = *rc::gen::elementOf(pieces());
        editor.set_text(first);
        Model model{editor.text(), editor.caret(), editor.anchor()};
        std::vector<std::string> texts{first};
        const auto steps = *rc::gen::inRange(0, 40);
        for (int count = 0; count < steps; ++count) {
            step(editor, model);
            texts.push_back(editor.text());
        }
        auto latest = texts.rbegin();
        while (editor.can_undo()) {
            editor.undo();
            // A text that there was, and not a later one than the step before.
            latest = std::find(latest, texts.rend(), editor.text());
            RC_ASSERT(latest != texts.rend());
        }
        RC_ASSERT(editor.text() == first);
        while (editor.can_redo()) {
            editor.redo();
        }
        RC_ASSERT(editor.text() == model.text);
    }));
}
