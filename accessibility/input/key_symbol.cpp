// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/key_symbol.hpp"

#include <algorithm>
#include <array>

#include "core/base/utf8.hpp"

namespace pillarbox::input {
namespace {
constexpr std::string_view dotted_circle = "\u25CC";

struct Named {
    char32_t character;
    std::string_view label;
    std::string_view name;
};
constexpr std::array invisible{
    Named{0x00A0, "NBSP", "no-break space"},         Named{0x200B, "ZWSP", "zero width space"},
    Named{0x200C, "ZWNJ", "zero width non-joiner"},  Named{0x200D, "ZWJ", "zero width joiner"},
    Named{0x200E, "LRM", "left-to-right mark"},      Named{0x200F, "RLM", "right-to-left mark"},
    Named{0x202F, "NNBSP", "narrow no-break space"},
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

struct Range {
    char32_t first;
    char32_t last;
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

struct Accents {
    std::string_view letter;
    std::string_view accented;  // separated by spaces
};
constexpr std::array letters_with_accents{
    Accents{"a", "à á â ã ä å ă ą æ"},
    Accents{"c", "ç ć č"},
    Accents{"e", "è é ê ë ę"},
    Accents{"g", "ğ"},
    Accents{"i", "ì í î ï ı"},
    Accents{"l", "ł"},
    Accents{"n", "ñ ń"},
    Accents{"o", "ò ó ô õ ö œ"},
    Accents{"s", "ş ș ś ß"},
    Accents{"t", "ț"},
    Accents{"u", "ù ú û ü"},
    Accents{"y", "ÿ ý"},
    Accents{"z", "ź ż ž"},
};
}  // namespace

KeySymbol symbol_of(char32_t character) {
    KeySymbol symbol;
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
    const auto is_in = [character](const Range& range) {
        return character >= range.first && character <= range.last;
    };
    if (std::ranges::any_of(marks, is_in)) {
        symbol.label = std::string(dotted_circle) + symbol.text;
    }
    return symbol;
}

std::vector<std::string> accents_of(std::string_view letter) {
    std::vector<std::string> result;
    const auto found = std::ranges::find(letters_with_accents, letter, &Accents::letter);
    std::string_view rest = found == letters_with_accents.end() ? std::string_view() : found->accented;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        result.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return result;
}

}  // namespace pillarbox::input
