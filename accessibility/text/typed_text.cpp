// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/typed_text.hpp"

#include <string.h>

#include <cstring>

#include "accessibility/text/pango_handles.hpp"
#include "accessibility/text/text_boundaries.hpp"

namespace pillarbox::text {

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (const char byte : text) {
        count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1U : 0U;
    }
    return count;
}

std::string typed_text(std::string_view text, Lines lines) {
    if (text.empty()) {
        return {};  // and perhaps no pointer either, which GLib would not take
    }
    const TextHandle valid(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
    std::string result;
    result.reserve(text.size());
    char32_t before = 0;
    for (const char* at = valid.get(); *at != '\0'; at = g_utf8_next_char(at)) {
        const char32_t character = g_utf8_get_char(at);
        const bool is_break =
            character == '\n' || character == '\r' || character == 0x85 || character == 0x2028 || character == 0x2029;
        if (is_break) {
            if (!(character == '\n' && before == '\r')) {
                result.push_back(lines == Lines::multiple ? '\n' : ' ');
            }
        } else if (character == '\t') {
            result.push_back(' ');
        } else if (g_unichar_iscntrl(character) == FALSE) {
            result.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
        }
        before = character;
    }
    explicit_bzero(valid.get(), std::strlen(valid.get()));
    return result;
}

std::size_t fitting_size(std::string_view text, std::size_t room, const std::string& language) {
    if (count_characters(text) <= room) {
        return text.size();
    }
    const auto boundaries = boundaries_of(text, language);
    std::size_t index = room;
    while (index > 0 && !boundaries[index].caret) {
        --index;
    }
    return boundaries[index].byte_index;
}

}  // namespace pillarbox::text
