// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "accessibility/input/keyboard_layout.hpp"

using namespace pillarbox;
using namespace pillarbox::input;

namespace {
const KeySymbol* find_symbol(const KeyboardLayout& layout, std::string_view text) {
    for (const auto& row : layout.rows) {
        for (const auto& key : row) {
            const auto found = std::ranges::find(key.levels, text, &KeySymbol::text);
            if (found != key.levels.end()) {
                return &*found;
            }
        }
    }
    return nullptr;
}
}  // namespace

TEST_CASE("each layout types the letters of its language") {
    const auto [name, letters] = GENERATE(table<const char*, std::vector<std::string>>({
        {"gb", {"q", "Q", "m", "1", "!", "@", "£", "'"}},
        {"ara", {"ض", "ش", "ة", "لا", "؟"}},
        {"bd", {"ক", "খ", "্", "া", "১"}},
        {"in(guj)", {"ક", "ખ"}},
        {"in(guru)", {"ਕ", "ਖ"}},
        {"in(deva)", {"क", "ख", "्"}},
        {"in(tam)", {"க", "ன"}},
        {"pk", {"ق", "ے"}},
        {"ir", {"ض", "پ", "گ"}},
        {"pl", {"ą", "ł"}},
        {"ro", {"ă", "ș", "ț"}},
        {"tr", {"ğ", "ı"}},
        {"fr", {"é", "à", "ç"}},
        {"es", {"ñ"}},
        {"pt", {"ç"}},
        {"it", {"è", "ò"}},
        {"bg(phonetic)", {"я", "щ"}},
    }));
    const auto layout = KeyboardLayout::load(name);
    REQUIRE(layout.has_value());
    CHECK(layout->rows.size() == 4);
    for (const auto& letter : letters) {
        INFO(name << " " << letter);
        CHECK(find_symbol(*layout, letter) != nullptr);
    }
}

TEST_CASE("lam-alef is typed as its two letters") {
    const auto layout = KeyboardLayout::load("ara").value();
    CHECK(find_symbol(layout, "\u0644\u0627") != nullptr);
    CHECK(find_symbol(layout, "\uFEFB") == nullptr);
}

TEST_CASE("invisible characters and marks have a label that can be seen") {
    const auto persian = KeyboardLayout::load("ir").value();
    const auto* joiner = find_symbol(persian, "\u200C");
    REQUIRE(joiner != nullptr);
    CHECK(joiner->label == "ZWNJ");
    CHECK(joiner->name == "zero width non-joiner");
    const auto bengali = KeyboardLayout::load("bd").value();
    CHECK(find_symbol(bengali, "্")->label == "\u25CC্");
}

TEST_CASE("dead keys are left out and their letters are long-press accents") {
    const auto layout = KeyboardLayout::load("fr").value();
    CHECK(find_symbol(layout, "\u0302") == nullptr);
    const auto& row = layout.rows[1];
    const auto key = std::ranges::find(row, "AD03", &Key::id);
    REQUIRE(key != row.end());
    CHECK(key->at(KeyLevel::base).text == "e");
    CHECK(std::ranges::find(key->accents, "ê") != key->accents.end());
}

TEST_CASE("every language has a layout that loads and Latin letters last") {
    for (const auto* language : {"en", "ar", "bg", "bn", "es", "fa", "fr", "gu", "hi",    "it", "pa",
                                 "pl", "pt", "ro", "so", "ta", "tr", "ur", "zh", "ar-EG", "xx"}) {
        const auto names = layouts_of_language(language);
        INFO(language);
        REQUIRE(names.back() == "gb");
        for (const auto& name : names) {
            CHECK(KeyboardLayout::load(name).has_value());
        }
    }
}

TEST_CASE("an unknown layout is an error and not a crash") {
    CHECK(KeyboardLayout::load("nowhere").error().code == base::ErrorCode::unavailable);
    CHECK(KeyboardLayout::load("").error().code == base::ErrorCode::malformed);
    CHECK(KeyboardLayout::load("gb(").error().code == base::ErrorCode::malformed);
    CHECK(KeyboardLayout::load("../../etc").error().code == base::ErrorCode::malformed);
}
