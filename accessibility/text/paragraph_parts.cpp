// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/paragraph_parts.hpp"

#include <algorithm>
#include <cstdint>

#include "accessibility/text/pango_handles.hpp"
#include "accessibility/text/text_boundaries.hpp"

namespace pillarbox::text {
namespace {

// Marks, embeddings and isolates of UAX #9.
bool sets_direction(gunichar character) {
    return character == 0x061C || character == 0x200E || character == 0x200F ||
           (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

bool is_letter(gunichar character) {
    return g_unichar_isalpha(character) != FALSE;
}

// The direction of the last letter before `index`; the paragraph's own where there is none.
Direction direction_before(std::string_view paragraph, std::size_t index, Direction own) {
    const char* at = paragraph.data() + index;
    while (at > paragraph.data()) {
        at = g_utf8_prev_char(at);
        if (is_letter(g_utf8_get_char(at))) {
            return direction_of_paragraph({at, static_cast<std::size_t>(g_utf8_next_char(at) - at)}, own);
        }
    }
    return own;
}

// A part that begins here is set as it would be within the paragraph: no letter joins over the cut, and whatever has
// no direction of its own stands between letters of the paragraph's direction on both sides (UAX #9, W2 and N1).
bool may_cut(std::string_view paragraph, std::size_t index, Direction direction) {
    const char* at = paragraph.data() + index;
    const char* end = paragraph.data() + paragraph.size();
    const bool after_space = index > 0 && g_unichar_isspace(g_utf8_get_char(g_utf8_prev_char(at))) != FALSE;
    if (at == end || !(after_space || g_unichar_iswide(g_utf8_get_char(at)) != FALSE)) {
        return false;
    }
    for (; at < end; at = g_utf8_next_char(at)) {
        const gunichar character = g_utf8_get_char(at);
        if (is_letter(character)) {
            const std::string_view letter(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
            return direction_of_paragraph(letter, direction) == direction &&
                   direction_before(paragraph, index, direction) == direction;
        }
        if (g_unichar_isdigit(character) != FALSE && direction == Direction::right_to_left) {
            return false;
        }
    }
    return false;
}

// One word in three; which ones is the same whatever stands around them.
bool begins_part(std::string_view from) {
    constexpr std::size_t hashed_bytes = 8;
    std::uint32_t hash = 2166136261U;  // FNV-1a
    for (const char byte : from.substr(0, hashed_bytes)) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    }
    return (hash >> 8U) % 3 == 0;
}

}  // namespace

Cutting cutting_of(std::string_view paragraph) {
    const char* end = paragraph.data() + paragraph.size();
    for (const char* at = paragraph.data(); at < end; at = g_utf8_next_char(at)) {
        if (sets_direction(g_utf8_get_char(at))) {
            return Cutting::impossible;
        }
    }
    return Cutting::possible;
}

std::size_t window_end(std::string_view paragraph, std::size_t start, std::size_t characters) {
    constexpr std::size_t word_characters_max = 40;
    const char* at = paragraph.data() + start;
    const char* end = paragraph.data() + paragraph.size();
    for (std::size_t count = 0; at < end && count < characters; ++count) {
        at = g_utf8_next_char(at);
    }
    const char* window = at;
    for (std::size_t count = 0; at < end && count < word_characters_max; ++count) {
        const bool space = g_unichar_isspace(g_utf8_get_char(at)) != FALSE;
        at = g_utf8_next_char(at);
        if (space) {
            window = at;
            break;
        }
    }
    std::size_t rest = 0;
    for (at = window; at < end && rest < characters / 2; ++rest) {
        at = g_utf8_next_char(at);
    }
    return static_cast<std::size_t>((at == end ? end : window) - paragraph.data());
}

std::size_t lines_of_part(std::string_view paragraph, std::size_t start, const std::vector<TextLine>& lines,
                          Direction direction) {
    std::size_t longest = 0;
    for (std::size_t next = 1; next < lines.size(); ++next) {
        const std::size_t index = start + lines[next].start;
        if (!may_cut(paragraph, index, direction)) {
            continue;
        }
        longest = next;
        if (next > 1 && begins_part(paragraph.substr(index))) {
            return next;
        }
    }
    return longest;
}

}  // namespace pillarbox::text
