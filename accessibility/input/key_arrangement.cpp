// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/key_arrangement.hpp"

#include <algorithm>
#include <array>

#include "accessibility/input/key_symbol.hpp"
#include "accessibility/input/words_of_row.hpp"

namespace pillarbox::input {
namespace {

constexpr std::string_view latin_digits = "1 2 3 4 5 6 7 8 9 0";
constexpr std::string_view european = "@ # £ € $ % & * ( )";
constexpr std::string_view technical = "- _ + = / \\ : ; ' \"";
constexpr std::string_view south_asian = "! ? . , । ॥ ₹ … ZWNJ ZWJ";
constexpr std::string_view arabic_signs = "! ؟ . ، ؛ ۔ « » ZWNJ ZWJ";

// What differs between layouts. `digits` are those that the letters' page does not show.
struct Local {
    std::string_view layout;
    std::string_view label;
    std::string_view letters;
    std::string_view variants;
    std::string_view digits;
    std::string_view last_row;
};
constexpr std::array locals{
    Local{"gb", "English", "abc", "áç", latin_digits, "! ? . , … · ° [ ]"},
    Local{"ara", "العربية", "أبج", "أإ", "١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩ ٠", arabic_signs},
    Local{"bd", "বাংলা", "কখগ", "ইঈ", latin_digits, "! ? . , । ॥ ৳ … ZWNJ ZWJ"},
    Local{"bg(phonetic)", "Български", "абв", "", latin_digits, "! ? . , … „ “ « »"},
    Local{"es", "Español", "abc", "áü", latin_digits, "! ? . , ¿ ¡ « » … º"},
    Local{"fr", "Français", "abc", "êæ", latin_digits, "! ? . , « » … œ ["},
    Local{"in(deva)", "हिन्दी", "कखग", "आऑ", latin_digits, south_asian},
    Local{"in(guj)", "ગુજરાતી", "કખગ", "આઈ", latin_digits, south_asian},
    Local{"in(guru)", "ਪੰਜਾਬੀ", "ਕਖਗ", "ਆਈ", latin_digits, south_asian},
    Local{"in(tam)", "தமிழ்", "கஙச", "ஆஈ", "௧ ௨ ௩ ௪ ௫ ௬ ௭ ௮ ௯ ௰", south_asian},
    Local{"ir", "فارسی", "ابپ", "آئ", latin_digits, arabic_signs},
    Local{"it", "Italiano", "abc", "éü", latin_digits, "! ? . , « » … ° ["},
    Local{"pk", "اردو", "ابپ", "آئ", "۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹ ۰", arabic_signs},
    Local{"pl", "Polski", "abc", "ąć", latin_digits, "! ? . , „ ” « » …"},
    Local{"pt", "Português", "abc", "áã", latin_digits, "! ? . , « » … º ª"},
    Local{"ro", "Română", "abc", "ăș", latin_digits, "! ? . , „ ” « » …"},
    Local{"tr", "Türkçe", "abc", "âî", latin_digits, "! ? . , « » … ₺ °"},
};

const Local& local_of(std::string_view layout) {
    const auto found = std::ranges::find(locals, layout, &Local::layout);
    return found == locals.end() ? locals.front() : *found;
}

KeySymbol symbol_of_word(std::string_view word) {
    if (word == "ZWNJ") {
        return symbol_of(0x200C);
    }
    return word == "ZWJ" ? symbol_of(0x200D) : symbol_of(first_character(word));
}

KeyRow row_of(std::string_view words, char row_letter) {
    KeyRow row;
    for (const auto word : words_of_row(words)) {
        Key key;
        const auto number = row.size() + 1;
        key.id = std::string("S") + row_letter + (number < 10 ? "0" : "") + std::to_string(number);
        key.levels.front() = symbol_of_word(word);
        row.push_back(std::move(key));
    }
    return row;
}

bool is_punctuation(std::string_view text) {
    constexpr std::array kept{".", ",", "'", "-", "?", "!", "/", "¿", "¡", "،", "؛", "۔", "؟", "।", ":"};
    return std::ranges::find(kept, text) != kept.end();
}

}  // namespace

bool is_worth_its_room(std::string_view place, const XkbLevels& levels, Script script) {
    const std::string& base = levels.at(0).text;
    const char32_t character = first_character(base);
    const bool digit_key = place.starts_with("AE") && place != "AE11" && place != "AE12";
    if (base.empty()) {
        return false;  // a dead key: its letters are variants of others
    }
    if (digit_key || place == "AB08" || place == "AB09" || place == "AB10") {
        return true;
    }
    if (script == Script::other && is_latin_letter(character)) {
        return false;
    }
    return class_of(character) != CharacterClass::sign || is_punctuation(base);
}

void arrange_digits(std::string_view layout, KeyRow& digits) {
    if (layout == "ir" && !digits.empty()) {
        // Persian needs the non-joiner in every other sentence, and xkb has it at Shift and Space.
        digits.front().levels = {symbol_of(0x200C), {}};
        digits.front().variants.front() = {symbol_of(0x200D)};
    }
    if (layout != "in(tam)") {
        return;
    }
    // Tamil is written with these digits today; its old ones are on the page of signs and behind a long press.
    const auto latin = words_of_row(latin_digits);
    std::size_t next = 0;
    for (auto& key : digits) {
        if (key.id.starts_with("AE") && next < latin.size()) {
            key.variants.front() = {key.levels.front()};
            key.levels.front() = symbol_of_word(latin[next++]);
            key.corner.clear();
        }
    }
    // The aytham is a letter, and xkb has it at the Shift of the sign for a hundred.
    Key aytham;
    aytham.id = "AE11";
    aytham.levels.front() = symbol_of(0x0B83);
    digits.push_back(std::move(aytham));
}

std::vector<KeyRow> symbol_rows(std::string_view layout) {
    const Local& local = local_of(layout);
    return {row_of(local.digits, 'E'), row_of(european, 'D'), row_of(technical, 'C'), row_of(local.last_row, 'B')};
}

std::string label_of(std::string_view layout) {
    const auto found = std::ranges::find(locals, layout, &Local::layout);
    return std::string(found == locals.end() ? layout : found->label);
}

std::string letters_label_of(std::string_view layout) {
    return std::string(local_of(layout).letters);
}

std::string variants_label_of(std::string_view layout) {
    return std::string(local_of(layout).variants);
}

}  // namespace pillarbox::input
