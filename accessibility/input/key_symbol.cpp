// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/key_symbol.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/utf8.hpp"

namespace pillarbox::input {
namespace {
constexpr std::string_view dotted_circle = "\u25CC";
constexpr char32_t first_indic = 0x0900;

struct Named {
    char32_t character;
    std::string_view label;
    std::string_view name;
};
constexpr std::array invisible{
    Named{0x00A0, "NBSP", "no-break space"},          Named{0x200B, "ZWSP", "zero width space"},
    Named{0x200C, "ZW\nNJ", "zero width non-joiner"}, Named{0x200D, "ZW\nJ", "zero width joiner"},
    Named{0x200E, "LRM", "left-to-right mark"},       Named{0x200F, "RLM", "right-to-left mark"},
    Named{0x202F, "NNBSP", "narrow no-break space"},
};

struct Range {
    char32_t first;
    char32_t last;
};

bool is_in(std::span<const Range> ranges, char32_t character) {
    return std::ranges::any_of(
        ranges, [character](const Range& range) { return character >= range.first && character <= range.last; });
}

// Embeddings, overrides and isolates turn the rest of a text round and can't be seen; U+09B3 and U+09BB are on the
// Bengali keyboard and in no version of Unicode.
constexpr std::array refused{
    Range{0x0000, 0x001F}, Range{0x007F, 0x009F}, Range{0x061C, 0x061C}, Range{0x09B3, 0x09B3},
    Range{0x09BB, 0x09BB}, Range{0x202A, 0x202E}, Range{0x2066, 0x2069},
};

// Combining marks of the scripts on offer: they need something to stand on when they are a label.
constexpr std::array marks{
    Range{0x0300, 0x036F}, Range{0x0610, 0x061A}, Range{0x064B, 0x065F}, Range{0x0670, 0x0670}, Range{0x06D6, 0x06DC},
    Range{0x06DF, 0x06E4}, Range{0x06E7, 0x06E8}, Range{0x06EA, 0x06ED}, Range{0x0900, 0x0903}, Range{0x093A, 0x093C},
    Range{0x093E, 0x094F}, Range{0x0951, 0x0957}, Range{0x0962, 0x0963}, Range{0x0981, 0x0983}, Range{0x09BC, 0x09BC},
    Range{0x09BE, 0x09CD}, Range{0x09D7, 0x09D7}, Range{0x09E2, 0x09E3}, Range{0x0A01, 0x0A03}, Range{0x0A3C, 0x0A4D},
    Range{0x0A70, 0x0A71}, Range{0x0A81, 0x0A83}, Range{0x0ABC, 0x0ABC}, Range{0x0ABE, 0x0ACD}, Range{0x0AE2, 0x0AE3},
    Range{0x0B82, 0x0B82}, Range{0x0BBE, 0x0BCD}, Range{0x0BD7, 0x0BD7},
};

constexpr std::array digits{
    Range{'0', '9'},       Range{0x0660, 0x0669}, Range{0x06F0, 0x06F9}, Range{0x0966, 0x096F},
    Range{0x09E6, 0x09EF}, Range{0x0A66, 0x0A6F}, Range{0x0AE6, 0x0AEF}, Range{0x0BE6, 0x0BEF},
};

// What is in these blocks and neither above nor below is a sign: dandas, currencies, fractions, ornaments.
constexpr std::array signs{
    Range{0x00D7, 0x00D7}, Range{0x00F7, 0x00F7}, Range{0x0600, 0x061F}, Range{0x0640, 0x0640},
    Range{0x066A, 0x066D}, Range{0x06D4, 0x06D4}, Range{0x0964, 0x0965}, Range{0x0970, 0x0971},
    Range{0x09F2, 0x09FB}, Range{0x0A74, 0x0A74}, Range{0x0AF0, 0x0AF1}, Range{0x0BF0, 0x0BFA},
};
constexpr std::array letters{
    Range{'A', 'Z'},       Range{'a', 'z'},       Range{0x00C0, 0x024F}, Range{0x0370, 0x052F},
    Range{0x0600, 0x06FF}, Range{0x0900, 0x0D7F}, Range{0x1E00, 0x1EFF},
};

// The Arabic layouts have lam-alef as one key, by its presentation forms (U+FEF5..U+FEFC). Text holds its two letters
// (their NFKC form), so that search and speech find them.
std::string lam_alef(char32_t character) {
    constexpr std::array<char32_t, 4> alefs{0x0622, 0x0623, 0x0625, 0x0627};
    std::string text;
    base::append_utf8(text, 0x0644);
    base::append_utf8(text, alefs.at((character - 0xFEF5) / 2));
    return text;
}
}  // namespace

KeySymbol symbol_of(char32_t character) {
    KeySymbol symbol;
    if (is_in(refused, character)) {
        return symbol;
    }
    if (character >= 0xFEF5 && character <= 0xFEFC) {
        symbol.text = lam_alef(character);
    } else {
        base::append_utf8(symbol.text, character);
    }
    symbol.label = symbol.text;
    symbol.name = symbol.text;
    if (const auto found = std::ranges::find(invisible, character, &Named::character); found != invisible.end()) {
        symbol.label = found->label;
        symbol.name = found->name;
    }
    // Indic shapers draw the circle of their own font where a mark stands alone.
    if (is_in(marks, character) && character < first_indic) {
        symbol.label = std::string(dotted_circle) + symbol.text;
    }
    return symbol;
}

CharacterClass class_of(char32_t character) {
    if (character == 0x200C || character == 0x200D) {
        return CharacterClass::joiner;
    }
    if (is_in(digits, character)) {
        return CharacterClass::digit;
    }
    if (is_in(marks, character)) {
        return CharacterClass::mark;
    }
    return is_in(letters, character) && !is_in(signs, character) ? CharacterClass::letter : CharacterClass::sign;
}

bool is_latin_letter(char32_t character) {
    return class_of(character) == CharacterClass::letter && (character < 0x0370 || character >= 0x1E00);
}

bool has_case(char32_t character) {
    return is_latin_letter(character) || (character >= 0x0370 && character <= 0x052F);
}

char32_t first_character(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = size == 1 ? lead : lead & (0x7FU >> size);
    for (std::size_t index = 1; index < std::min(size, text.size()); ++index) {
        character = character << 6U | (static_cast<unsigned char>(text[index]) & 0x3FU);
    }
    return character;
}

}  // namespace pillarbox::input
