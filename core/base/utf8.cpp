// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.hpp"

#include <algorithm>
#include <optional>

namespace pillarbox::base {
namespace {

constexpr char32_t letter_max = 0x10FFFF;

bool is_surrogate(char32_t letter) {
    return letter >= 0xD800 && letter <= 0xDFFF;
}

// The next letter, moving `at` on; nullopt where there is no whole, shortest-form letter.
std::optional<char32_t> next_letter(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) {
        return lead;
    }
    const unsigned more = lead >= 0xF0 ? 3U : lead >= 0xE0 ? 2U : 1U;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < more) {
        return std::nullopt;
    }
    char32_t letter = lead & (0x3FU >> more);
    for (unsigned i = 0; i < more; ++i) {
        const auto byte = static_cast<unsigned char>(text[at++]);
        if ((byte & 0xC0U) != 0x80U) {
            return std::nullopt;
        }
        letter = letter << 6U | (byte & 0x3FU);
    }
    const char32_t smallest = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
    if (letter < smallest || letter > letter_max || is_surrogate(letter)) {
        return std::nullopt;
    }
    return letter;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (!next_letter(text, at).has_value()) {
            return false;
        }
    }
    return true;
}

Result<std::u32string> from_utf8(std::string_view text) {
    std::u32string letters;
    letters.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto letter = next_letter(text, at);
        if (!letter.has_value()) {
            return fail(ErrorCode::malformed, {}, "The text is not UTF-8.");
        }
        letters.push_back(*letter);
    }
    return letters;
}

std::string_view head_of(std::string_view text, std::size_t size_bytes_max) {
    std::size_t end = std::min(text.size(), size_bytes_max);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

void append_utf8(std::string& text, char32_t letter) {
    if (letter > letter_max || is_surrogate(letter)) {
        letter = 0xFFFD;
    }
    if (letter < 0x80) {
        text.push_back(static_cast<char>(letter));
        return;
    }
    const unsigned more = letter < 0x800 ? 1U : letter < 0x10000 ? 2U : 3U;
    const unsigned lead = more == 1 ? 0xC0U : more == 2 ? 0xE0U : 0xF0U;
    text.push_back(static_cast<char>(lead | letter >> (6U * more)));
    for (unsigned i = more; i-- > 0;) {
        text.push_back(static_cast<char>(0x80U | ((letter >> (6U * i)) & 0x3FU)));
    }
}

}  // namespace pillarbox::base
