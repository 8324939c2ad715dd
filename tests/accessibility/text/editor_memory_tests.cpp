// SPDX-License-Identifier: GPL-3.0-or-later
//
// An editor gives no block back that still says what was written. This program's operator delete looks into each
// block before it is given back.
#include <malloc.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string_view>

#include "accessibility/text/text_editor.hpp"
#include "tests/support/watched_heap.hpp"

using namespace pillarbox::text;

namespace {

// Eight letters or more of this, wherever they begin, are a part of the answer.
constexpr std::string_view canary = "zanzibarquicksilver";
constexpr std::size_t part_size = 8;

int blocks_with_answer = 0;

bool tells(std::string_view content) {
    for (std::size_t start = 0; start + part_size <= canary.size(); ++start) {
        if (content.find(canary.substr(start, part_size)) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

void look_into(void* block) {
    if (block != nullptr) {
        blocks_with_answer += tells({static_cast<const char*>(block), malloc_usable_size(block)}) ? 1 : 0;
    }
}

// Grows letter by letter past many reallocations, then loses and regains its middle.
void edit(TextEditor& editor) {
    for (int times = 0; times < 30; ++times) {
        for (const char& letter : canary) {
            editor.insert({&letter, 1});
        }
        editor.insert(" ");
    }
    editor.set_selection(40, 300);
    editor.insert(canary);
    editor.undo();
    editor.undo();
    editor.redo();
    editor.select_all();
    editor.backspace();
    editor.undo();
    editor.text_end();
    editor.delete_word_back();
}

}  // namespace

bool pillarbox::tests::may_allocate(std::size_t /*size_bytes*/) noexcept {
    return true;
}

void pillarbox::tests::see_released(void* block) noexcept {
    look_into(block);
}

TEST_CASE("a block that is given back with an answer in it would be noticed") {
    const int before = blocks_with_answer;
    {
        std::string text;
        for (int times = 0; times < 10; ++times) {
            text += canary;
        }
    }
    CHECK(blocks_with_answer > before);
}

TEST_CASE("an editor that grows and undoes and goes leaves no answer behind") {
    const int before = blocks_with_answer;
    {
        const auto editor = std::make_unique<TextEditor>(EditorLimits{Lines::multiple, 2000});
        edit(*editor);
        CHECK(tells(editor->text()));
        TextEditor moved(std::move(*editor));
        moved.insert(canary);
        editor->set_text(canary);
        *editor = std::move(moved);
        editor->set_text("something else");
    }
    CHECK(blocks_with_answer == before);
}
