// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/display_width.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pillarbox::exports {
namespace {

struct Range {
    char32_t first, last;
};

// Marks that are drawn over, under or joined to the letter before, and invisible format characters.
constexpr std::array<Range, 44> zero_wide = {{
    {0x0300, 0x036F},   {0x0483, 0x0489},   {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x0610, 0x061A},
    {0x061C, 0x061C},   {0x064B, 0x065F},   {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x06E7, 0x06E8},
    {0x06EA, 0x06ED},   {0x0900, 0x0902},   {0x093A, 0x093A}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},
    {0x0951, 0x0957},   {0x0962, 0x0963},   {0x0981, 0x0981}, {0x09BC, 0x09BC}, {0x09C1, 0x09C4}, {0x09CD, 0x09CD},
    {0x09E2, 0x09E3},   {0x0A01, 0x0A02},   {0x0A3C, 0x0A51}, {0x0A70, 0x0A71}, {0x0A81, 0x0A82}, {0x0ABC, 0x0ABC},
    {0x0AC1, 0x0AC8},   {0x0ACD, 0x0ACD},   {0x0B82, 0x0B82}, {0x0BC0, 0x0BC0}, {0x0BCD, 0x0BCD}, {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E},   {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2069}, {0xFE00, 0xFE0F},
    {0x1F3FB, 0x1F3FF}, {0xE0100, 0xE01EF},
}};

constexpr std::array<Range, 11> double_wide = {{
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F9FF},
    {0x20000, 0x3FFFD},
}};

template <std::size_t Size>
bool contains(const std::array<Range, Size>& ranges, char32_t letter) {
    return std::ranges::any_of(ranges,
                               [&](const Range& range) { return letter >= range.first && letter <= range.last; });
}

struct Letter {
    char32_t code;
    std::size_t size_bytes;
};

// Takes the input's UTF-8 on trust where it is well-formed, and a stray byte as one character: nothing is skipped or
// lost.
Letter next_letter(std::string_view utf8) {
    const auto byte_at = [&](std::size_t index) {
        return static_cast<char32_t>(static_cast<unsigned char>(utf8[index]));
    };
    const char32_t first = byte_at(0);
    std::size_t size = 1;
    char32_t code = first;
    if (first >= 0xF0 && first < 0xF8) {
        size = 4;
        code = first & 0x07U;
    } else if (first >= 0xE0 && first < 0xF0) {
        size = 3;
        code = first & 0x0FU;
    } else if (first >= 0xC0 && first < 0xE0) {
        size = 2;
        code = first & 0x1FU;
    }
    if (size > utf8.size()) {
        return {first, 1};
    }
    for (std::size_t index = 1; index < size; ++index) {
        if ((byte_at(index) & 0xC0U) != 0x80U) {
            return {first, 1};
        }
        code = (code << 6U) | (byte_at(index) & 0x3FU);
    }
    return {code, size};
}

std::size_t width_of(char32_t letter) {
    if (contains(zero_wide, letter)) {
        return 0;
    }
    return contains(double_wide, letter) ? 2 : 1;
}

// The bytes of the longest beginning of `text` that fits `width` cells, at least one letter with its marks.
std::size_t fitting_size(std::string_view text, std::size_t width) {
    std::size_t size = 0;
    std::size_t cells = 0;
    while (size < text.size()) {
        const Letter letter = next_letter(text.substr(size));
        if (cells > 0 && cells + width_of(letter.code) > width) {
            break;
        }
        cells += width_of(letter.code);
        size += letter.size_bytes;
    }
    return size;
}

void wrap_line(std::string_view line, std::size_t width, std::vector<std::string>& lines) {
    while (display_width(line) > width) {
        std::size_t size = fitting_size(line, width);
        const std::size_t space = line.substr(0, size + 1).rfind(' ');
        if (space != std::string_view::npos && space > 0) {
            size = space;
        }
        lines.emplace_back(line.substr(0, size));
        line.remove_prefix(size);
        while (line.starts_with(' ')) {
            line.remove_prefix(1);
        }
    }
    lines.emplace_back(line);
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t cells = 0;
    while (!utf8.empty()) {
        const Letter letter = next_letter(utf8);
        cells += width_of(letter.code);
        utf8.remove_prefix(letter.size_bytes);
    }
    return cells;
}

std::string harmless(std::string_view utf8) {
    std::string safe;
    while (!utf8.empty()) {
        const Letter letter = next_letter(utf8);
        const bool control = (letter.code < 0x20 && letter.code != '\n' && letter.code != '\t') ||
                             (letter.code >= 0x7F && letter.code < 0xA0);
        const bool stray = letter.size_bytes == 1 && letter.code >= 0x80;
        const bool reorders =
            (letter.code >= 0x202A && letter.code <= 0x202E) || (letter.code >= 0x2066 && letter.code <= 0x2069);
        if (control || stray || reorders) {
            safe += "\xEF\xBF\xBD";
        } else {
            safe += utf8.substr(0, letter.size_bytes);
        }
        utf8.remove_prefix(letter.size_bytes);
    }
    return safe;
}

std::string harmless_line(std::string_view utf8) {
    std::string safe;
    for (const char letter : harmless(utf8)) {
        if (letter == '\n' || letter == '\t') {
            safe += "\xEF\xBF\xBD";
        } else {
            safe += letter;
        }
    }
    return safe;
}

std::vector<std::string> wrapped(std::string_view utf8, std::size_t width) {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = utf8.find('\n');
        wrap_line(utf8.substr(0, end), width, lines);
        if (end == std::string_view::npos) {
            return lines;
        }
        utf8.remove_prefix(end + 1);
    }
}

}  // namespace pillarbox::exports
