// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/search_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/utf8.hpp"

namespace pillarbox::workspace {
namespace {

struct Range {
    char32_t first, last;
};
constexpr std::array unspaced{
    Range{0x0E00, 0x0E7F},  // Thai
    Range{0x0E80, 0x0EFF},  // Lao
    Range{0x1000, 0x109F},  // Burmese
    Range{0x1780, 0x17FF},  // Khmer
    Range{0x3005, 0x3007},  // iteration mark, zero
    Range{0x3040, 0x30FF},  // Japanese
    Range{0x3400, 0x4DBF},  // Chinese
    Range{0x4E00, 0x9FFF}, Range{0xF900, 0xFAFF}, Range{0x20000, 0x323AF},
};

bool is_unspaced(char32_t letter) {
    return std::ranges::any_of(
        unspaced, [letter](const Range& range) { return letter >= range.first && letter <= range.last; });
}

// Signs that FTS5 takes as part of no word: enough to know where one ends in what is looked for.
bool is_space(char32_t letter) {
    return letter <= 0x20 || letter == 0xA0 || letter == 0x3000 || (letter >= 0x2000 && letter <= 0x200A);
}

// The letter that others are brought to; 0: dropped.
char32_t plain(char32_t letter) {
    if ((letter >= 0x064B && letter <= 0x065F) || letter == 0x0670 || letter == 0x0640) {
        return 0;
    }
    switch (letter) {
        case 0x0622:
        case 0x0623:
        case 0x0625:
        case 0x0671:
            return 0x0627;  // alef
        case 0x0649:
        case 0x06CC:
            return 0x064A;  // yeh
        case 0x06A9:
            return 0x0643;  // kaf
        case 0x200B:
        case 0x200C:
        case 0x200D:
        case 0xFEFF:
            return 0;  // joiners
        default:
            return letter;
    }
}

std::u32string plain_letters(std::string_view text) {
    const auto letters = base::from_utf8(text);
    std::u32string plain_text;
    for (const char32_t letter : letters.has_value() ? *letters : std::u32string()) {
        if (letter == 0x09DC || letter == 0x09DD || letter == 0x09DF) {
            plain_text += letter == 0x09DC   ? char32_t{0x09A1}
                          : letter == 0x09DD ? char32_t{0x09A2}
                                             : char32_t{0x09AF};
            plain_text += char32_t{0x09BC};
        } else if (plain(letter) != 0) {
            plain_text += plain(letter);
        }
    }
    return plain_text;
}

std::string spaced(std::u32string_view letters) {
    std::string text;
    for (const char32_t letter : letters) {
        if (is_unspaced(letter)) {
            text += ' ';
            base::append_utf8(text, letter);
            text += ' ';
        } else {
            base::append_utf8(text, letter);
        }
    }
    return text;
}

// As a string of FTS5's query language; with an asterisk the last word may go on.
std::string phrase(std::u32string_view letters) {
    std::string inside = spaced(letters);
    std::erase(inside, '"');
    std::erase(inside, '\0');
    const auto is_word = [](unsigned char byte) { return byte >= 0x80 || std::isalnum(byte) != 0; };
    if (std::ranges::none_of(inside, is_word)) {
        return {};
    }
    return '"' + inside + '"';
}

}  // namespace

std::string searchable(std::string_view text) {
    return spaced(plain_letters(text));
}

std::string match_of(std::string_view wanted) {
    const std::u32string letters = plain_letters(wanted);
    std::vector<std::string> parts;
    std::u32string word;
    bool quoted = false;
    const auto end_word = [&] {
        const std::string one = phrase(word);
        if (!one.empty()) {
            // A character of a script without spaces is a whole word; a single letter would go on as a tenth of all.
            const bool whole = quoted || word.size() == 1 || is_unspaced(word.back());
            parts.push_back(whole ? one : one + '*');
        }
        word.clear();
    };
    for (const char32_t letter : letters) {
        if (letter == U'"' || letter == 0x201C || letter == 0x201D) {
            end_word();
            quoted = !quoted;
        } else if (is_space(letter) && !quoted) {
            end_word();
        } else {
            word += letter;
        }
    }
    quoted = false;  // a mark that nobody closed
    end_word();
    std::string match;
    for (const std::string& part : parts) {
        match += (match.empty() ? "" : " AND ") + part;
    }
    return match;
}

}  // namespace pillarbox::workspace
