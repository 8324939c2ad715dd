// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/text_boundaries.hpp"

#include "accessibility/text/pango_handles.hpp"

namespace pillarbox::text {
namespace {
constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t first_tag = 0xE0020;  // spell the region of a flag such as England's, unseen
constexpr char32_t last_tag = 0xE007F;

// The viramas that join consonants into one shape (InCB=Linker of Unicode 15.1), and Gurmukhi's, which sets its
// second consonant below the first. Tamil's pulli is not one: it ends a letter that stands alone.
bool joins(char32_t character) {
    switch (character) {
        case 0x094D:  // Devanagari
        case 0x09CD:  // Bengali
        case 0x0A4D:  // Gurmukhi
        case 0x0ACD:  // Gujarati
        case 0x0B4D:  // Oriya
        case 0x0C4D:  // Telugu
        case 0x0D4D:  // Malayalam
            return true;
        default:
            return false;
    }
}
// Of a letter: the living scripts of classes R and AL (UAX #9). Pango's own question is deprecated in favour of
// fribidi.
bool runs_right_to_left(gunichar letter) {
    switch (g_unichar_get_script(letter)) {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
        case G_UNICODE_SCRIPT_NKO:
        case G_UNICODE_SCRIPT_ADLAM:
        case G_UNICODE_SCRIPT_HANIFI_ROHINGYA:
            return true;
        default:  // of a library's enum with a hundred scripts
            return false;
    }
}
}  // namespace

bool is_conjunct(char32_t before, char32_t after) {
    constexpr char32_t block_size = 0x80;  // each of these scripts has one block of 128 characters
    return joins(before) && before / block_size == after / block_size && g_unichar_isalpha(after) != FALSE;
}

std::vector<Boundary> boundaries_of(std::string_view text, const std::string& language) {
    if (text.empty()) {
        return {Boundary{0, true, false, false, false}};
    }
    const auto character_count =
        static_cast<std::size_t>(g_utf8_strlen(text.data(), static_cast<gssize>(text.size())));
    std::vector<PangoLogAttr> attributes(character_count + 1);
    pango_get_log_attrs(text.data(), static_cast<int>(text.size()), -1, pango_language_from_string(language.c_str()),
                        attributes.data(), static_cast<int>(attributes.size()));
    std::vector<Boundary> result;
    result.reserve(attributes.size());
    const char* position = text.data();
    char32_t before = 0;
    char32_t linker = 0;  // the character before, looking through a joiner
    for (std::size_t index = 0; index <= character_count; ++index) {
        const auto& attribute = attributes[index];
        const char32_t after = index < character_count ? g_utf8_get_char(position) : 0;
        Boundary boundary;
        boundary.byte_index = static_cast<std::size_t>(position - text.data());
        boundary.caret = index == 0 || index == character_count ||
                         (attribute.is_cursor_position != 0 && !is_conjunct(linker, after));
        boundary.word_start = attribute.is_word_start != 0;
        boundary.word_end = attribute.is_word_end != 0;
        const bool in_flag = before >= first_tag && before <= last_tag;
        boundary.backspace_takes_character = attribute.backspace_deletes_character != 0 && !in_flag;
        result.push_back(boundary);
        linker = after == zero_width_joiner ? before : after;
        before = after;
        if (index < character_count) {
            position = g_utf8_next_char(position);
        }
    }
    return result;
}

Direction direction_of_paragraph(std::string_view paragraph, Direction otherwise) {
    const char* end = paragraph.data() + paragraph.size();
    for (const char* at = paragraph.data(); at < end; at = g_utf8_next_char(at)) {
        const gunichar character = g_utf8_get_char(at);
        if (g_unichar_isalpha(character) != FALSE) {
            return runs_right_to_left(character) ? Direction::right_to_left : Direction::left_to_right;
        }
    }
    return otherwise;
}

}  // namespace pillarbox::text
