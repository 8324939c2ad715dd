// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cbor/utf8.hpp"

#include <cstddef>
#include <cstdint>

namespace pillarbox::cbor {
namespace {

// What may follow a lead byte: how many bytes, and the range of the first of them (Unicode, table 3-7: the narrow
// ranges shut out overlong forms, surrogates and code points past U+10FFFF). Count 0 with a lead above 0x7F is no
// lead byte.
struct Sequence {
    std::size_t following = 0;
    std::uint8_t second_min = 0x80;
    std::uint8_t second_max = 0xBF;
};

Sequence sequence_of(std::uint8_t lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {.following = 1};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return {.following = 2,
                .second_min = static_cast<std::uint8_t>(lead == 0xE0 ? 0xA0 : 0x80),
                .second_max = static_cast<std::uint8_t>(lead == 0xED ? 0x9F : 0xBF)};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return {.following = 3,
                .second_min = static_cast<std::uint8_t>(lead == 0xF0 ? 0x90 : 0x80),
                .second_max = static_cast<std::uint8_t>(lead == 0xF4 ? 0x8F : 0xBF)};
    }
    return {};
}

}  // namespace

bool is_utf8(std::string_view text) {
    const auto byte_at = [text](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    std::size_t position = 0;
    while (position < text.size()) {
        const std::uint8_t lead = byte_at(position++);
        if (lead < 0x80) {
            continue;
        }
        const Sequence sequence = sequence_of(lead);
        if (sequence.following == 0 || sequence.following > text.size() - position) {
            return false;
        }
        const std::uint8_t second = byte_at(position);
        if (second < sequence.second_min || second > sequence.second_max) {
            return false;
        }
        for (std::size_t i = 1; i < sequence.following; ++i) {
            if ((byte_at(position + i) & 0xC0U) != 0x80U) {
                return false;
            }
        }
        position += sequence.following;
    }
    return true;
}

}  // namespace pillarbox::cbor
