// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "accessibility/input/keyboard_layout.hpp"

using namespace pillarbox;
using namespace pillarbox::input;

namespace {
// On the letters, behind a long press, or among the signs.
const KeySymbol* find_symbol(const KeyboardLayout& layout, std::string_view text) {
    for (const auto* rows : {&layout.rows, &layout.symbols}) {
        for (const auto& row : *rows) {
            for (const auto& key : row) {
                for (const auto level : {KeyLevel::base, KeyLevel::shift}) {
                    if (key.at(level).text == text) {
                        return &key.at(level);
                    }
                    const auto& variants = key.variants_at(level);
                    const auto found = std::ranges::find(variants, text, &KeySymbol::text);
                    if (found != variants.end()) {
                        return &*found;
                    }
                }
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
    CHECK(joiner->label == "ZW\nNJ");
    CHECK(joiner->name == "zero width non-joiner");
    const auto urdu = KeyboardLayout::load("pk").value();
    CHECK(find_symbol(urdu, "\u064E")->label == "\u25CC\u064E");
    const auto bengali = KeyboardLayout::load("bd").value();
    CHECK(find_symbol(bengali, "্")->label == "্");  // its shaper adds the circle
}

TEST_CASE("dead keys are left out and their letters are long-press accents") {
    const auto layout = KeyboardLayout::load("fr").value();
    CHECK(find_symbol(layout, "\u0302") == nullptr);
    const auto& row = layout.rows[1];
    const auto key = std::ranges::find(row, "AD03", &Key::id);
    REQUIRE(key != row.end());
    CHECK(key->at(KeyLevel::base).text == "e");
    const auto& small = key->variants_at(KeyLevel::base);
    CHECK(std::ranges::find(small, "ê", &KeySymbol::text) != small.end());
    const auto& capital = key->variants_at(KeyLevel::shift);
    CHECK(std::ranges::find(capital, "Ê", &KeySymbol::text) != capital.end());
}

TEST_CASE("a letter of the layout's own language is the first that a long press offers") {
    const auto first_of = [](const char* name, std::string_view letter) {
        const auto layout = KeyboardLayout::load(name).value();
        for (const auto& row : layout.rows) {
            for (const auto& key : row) {
                if (key.at(KeyLevel::base).text == letter && !key.variants_at(KeyLevel::base).empty()) {
                    return key.variants_at(KeyLevel::base).front().text;
                }
            }
        }
        return std::string();
    };
    CHECK(first_of("pl", "z") == "ż");
    CHECK(first_of("pl", "e") == "ę");
    CHECK(first_of("ro", "s") == "ș");
    CHECK(first_of("gb", "e") == "è");
    CHECK(first_of("bd", "ি") == "ই");
    CHECK(first_of("bd", "ক") == "খ");
    CHECK(first_of("ara", "ا") == "أ");
}

TEST_CASE("no key types what turns the text round or is no character") {
    for (const auto* name : {"gb", "bd", "pk", "ara", "ir"}) {
        const auto layout = KeyboardLayout::load(name).value();
        for (const auto* refused :
             {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2069", "\u061C", "\u09B3", "\u09BB"}) {
            INFO(name);
            CHECK(find_symbol(layout, refused) == nullptr);
        }
    }
}

TEST_CASE("digits of the language and Latin ones are both on every keyboard") {
    const auto [name, digits] = GENERATE(table<const char*, std::vector<std::string>>({
        {"ara", {"٣", "3"}},
        {"bd", {"৩", "3"}},
        {"in(deva)", {"३", "3"}},
        {"in(guj)", {"૩", "3"}},
        {"in(guru)", {"੩", "3"}},
        {"in(tam)", {"௩", "3"}},
        {"ir", {"۳", "3"}},
        {"pk", {"۳", "3"}},
        {"fr", {"3"}},
    }));
    const auto layout = KeyboardLayout::load(name).value();
    for (const auto& digit : digits) {
        INFO(name << " " << digit);
        CHECK(find_symbol(layout, digit) != nullptr);
    }
}

TEST_CASE("every row has keys with something to type and to see and to say") {
    for (const auto* name : {"gb", "pl", "ro", "tr", "fr", "es", "pt", "it", "bd", "in(guj)", "in(guru)", "in(deva)",
                             "in(tam)", "pk", "ara", "ir", "bg(phonetic)"}) {
        const auto layout = KeyboardLayout::load(name).value();
        INFO(name);
        CHECK(layout.label != name);
        CHECK_FALSE(layout.letters_label.empty());
        for (const auto* rows : {&layout.rows, &layout.symbols}) {
            CHECK(rows->size() == 4);
            for (const auto& row : *rows) {
                CHECK(row.size() >= 8);
                CHECK(row.size() <= 13);
                for (const auto& key : row) {
                    for (const auto level : {KeyLevel::base, KeyLevel::shift}) {
                        const auto& symbol = key.at(level);
                        CHECK(!(symbol.text.empty() || symbol.label.empty() || symbol.name.empty()));
                    }
                }
            }
        }
    }
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
