// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/personal_details.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace pillarbox::flow {

namespace {

constexpr std::size_t phone_digits_min = 9;
constexpr std::array<std::string_view, 7> titles = {"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor"};

bool is_ascii_word(char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0;
}

bool holds_email(std::string_view text) {
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const auto end = std::min(text.find_first_of(" \n\t", at), text.size());
        const auto domain = text.substr(at + 1, end - at - 1);
        const auto dot = domain.find('.');
        const bool has_domain = dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size();
        if (at > 0 && is_ascii_word(text[at - 1]) && has_domain)
            return true;
    }
    return false;
}

// The length in bytes of the digit that starts here: 0-9, Arabic-Indic (U+0660, U+06F0), Bengali (U+09E6); 0 where
// there is none.
std::size_t digit_size_bytes(std::string_view rest) {
    const auto byte = [&](std::size_t index) {
        return index < rest.size() ? static_cast<unsigned char>(rest[index]) : 0U;
    };
    if (byte(0) >= '0' && byte(0) <= '9')
        return 1;
    if (byte(0) == 0xD9 && byte(1) >= 0xA0 && byte(1) <= 0xA9)
        return 2;
    if (byte(0) == 0xDB && byte(1) >= 0xB0 && byte(1) <= 0xB9)
        return 2;
    if (byte(0) == 0xE0 && byte(1) == 0xA7 && byte(2) >= 0xA6 && byte(2) <= 0xAF)
        return 3;
    return 0;
}

bool holds_phone_number(std::string_view text) {
    std::size_t digits = 0;
    for (std::size_t index = 0; index < text.size();) {
        const auto size_bytes = digit_size_bytes(text.substr(index));
        if (size_bytes > 0)
            ++digits;
        else if (std::string_view{" -()+."}.find(text[index]) == std::string_view::npos)
            digits = 0;
        if (digits >= phone_digits_min)
            return true;
        index += std::max<std::size_t>(size_bytes, 1);
    }
    return false;
}

bool holds_name_after(std::string_view text, std::string_view title) {
    for (auto at = text.find(title); at != std::string_view::npos; at = text.find(title, at + 1)) {
        const bool starts_word = at == 0 || !is_ascii_word(text[at - 1]);
        auto next = at + title.size();
        if (next < text.size() && text[next] == '.')
            ++next;
        const bool named = next + 1 < text.size() && text[next] == ' ' &&
                           std::isupper(static_cast<unsigned char>(text[next + 1])) != 0;
        if (starts_word && named)
            return true;
    }
    return false;
}

}  // namespace

bool may_tell_who(std::string_view text) {
    return holds_email(text) || holds_phone_number(text) ||
           std::ranges::any_of(titles, [&](std::string_view title) { return holds_name_after(text, title); });
}

}  // namespace pillarbox::flow
