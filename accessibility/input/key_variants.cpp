// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/key_variants.hpp"

#include <algorithm>

#include "accessibility/input/key_symbol.hpp"
#include "accessibility/input/words_of_row.hpp"

namespace pillarbox::input {
namespace {

constexpr std::size_t variants_max = 10;  // that fit beside each other

struct Family {
    std::string_view letter;
    std::string_view variants;  // separated by spaces
};
// Those of the languages on offer and their neighbours in London.
constexpr std::array families{
    Family{"a", "à á â ã ä å ă ą æ"},
    Family{"A", "À Á Â Ã Ä Å Ă Ą Æ"},
    Family{"c", "ç ć č"},
    Family{"C", "Ç Ć Č"},
    Family{"d", "đ ð"},
    Family{"D", "Đ Ð"},
    Family{"e", "è é ê ë ę ě"},
    Family{"E", "È É Ê Ë Ę Ě"},
    Family{"g", "ğ"},
    Family{"G", "Ğ"},
    Family{"i", "ì í î ï ı"},
    Family{"I", "Ì Í Î Ï İ"},
    Family{"ı", "i î ì í ï"},
    Family{"l", "ł"},
    Family{"L", "Ł"},
    Family{"n", "ñ ń ň"},
    Family{"N", "Ñ Ń Ň"},
    Family{"o", "ò ó ô õ ö ø œ"},
    Family{"O", "Ò Ó Ô Õ Ö Ø Œ"},
    Family{"r", "ř"},
    Family{"R", "Ř"},
    Family{"s", "ş ș ś š ß"},
    Family{"S", "Ş Ș Ś Š"},
    Family{"t", "ț ť"},
    Family{"T", "Ț Ť"},
    Family{"u", "ù ú û ü ů"},
    Family{"U", "Ù Ú Û Ü Ů"},
    Family{"y", "ý ÿ"},
    Family{"Y", "Ý Ÿ"},
    Family{"z", "ź ż ž"},
    Family{"Z", "Ź Ż Ž"},
    Family{"-", "– — _"},
    Family{"'", "’ ‘ \" “ ”"},
    Family{".", "… : !"},
    Family{",", "; : ?"},
    Family{"?", "! / \\"},
    Family{"۔", ". : !"},
    Family{"،", "؛ ؟ ,"},
    Family{"ا", "أ إ آ ٱ ء"},
    Family{"ب", "پ"},
    Family{"ت", "ة ٹ"},
    Family{"ج", "چ"},
    Family{"د", "ڈ"},
    Family{"ر", "ڑ"},
    Family{"ز", "ژ"},
    Family{"ف", "ڤ"},
    Family{"ك", "ک گ"},
    Family{"ک", "گ ك"},
    Family{"لا", "لأ لإ لآ"},
    Family{"ن", "ں"},
    Family{"ه", "ة ۀ ہ"},
    Family{"ہ", "ۂ ۃ ھ ه"},
    Family{"و", "ؤ"},
    Family{"ي", "ى ئ ی"},
    Family{"ی", "ئ ے ي ى"},
};

std::vector<KeySymbol> family_of(std::string_view letter) {
    const auto found = std::ranges::find(families, letter, &Family::letter);
    std::vector<KeySymbol> result;
    if (found != families.end()) {
        for (const auto word : words_of_row(found->variants)) {
            result.push_back({std::string(word), std::string(word), std::string(word)});
        }
    }
    return result;
}

bool belongs(char32_t own, const KeySymbol& other, std::size_t level) {
    const char32_t character = first_character(other.text);
    switch (class_of(character)) {
        case CharacterClass::letter:
            // The rare letters of other Latin languages (thorn, eng) would hide the common ones.
            return !has_case(character) && class_of(own) != CharacterClass::sign;
        case CharacterClass::mark:
        case CharacterClass::joiner:
            return true;
        case CharacterClass::digit:
            return class_of(own) == CharacterClass::digit;
        case CharacterClass::sign:
            return class_of(own) == CharacterClass::digit && level == 1;
    }
    return false;
}

void add(std::vector<KeySymbol>& variants, const KeySymbol& symbol) {
    const auto known = std::ranges::find(variants, symbol.text, &KeySymbol::text);
    if (!symbol.text.empty() && known == variants.end() && variants.size() < variants_max) {
        variants.push_back(symbol);
    }
}

}  // namespace

std::vector<KeySymbol> variants_of(const XkbLevels& levels, KeyLevel level) {
    const KeySymbol& own = levels.at(static_cast<std::size_t>(level));
    const char32_t character = first_character(own.text);
    std::vector<KeySymbol> variants;
    if (character == 0) {
        return variants;
    }
    auto family = family_of(own.text);
    if (has_case(character)) {
        // What the layout itself has behind the key is what its language needs: Polish ą before à. These four are
        // there on every Latin layout.
        constexpr std::array on_every_layout{"æ", "ß", "ð", "ø", "Æ", "Ð", "Ø"};
        const KeySymbol& first = levels.at(level == KeyLevel::base ? 2 : 3);
        const auto found = std::ranges::find(family, first.text, &KeySymbol::text);
        if (found != family.end() && std::ranges::find(on_every_layout, first.text) == on_every_layout.end()) {
            std::rotate(family.begin(), found, std::next(found));
        }
        return family;
    }
    for (const auto& symbol : family) {
        add(variants, symbol);
    }
    for (const std::size_t other : {std::size_t{2}, std::size_t{1}, std::size_t{3}, std::size_t{0}}) {
        const KeySymbol& symbol = levels.at(other);
        if (symbol.text != own.text && !symbol.text.empty() && belongs(character, symbol, other)) {
            add(variants, symbol);
        }
    }
    return variants;
}

}  // namespace pillarbox::input
