// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/letters.hpp"

#include <algorithm>

#include "accessibility/text/text_boundaries.hpp"
#include "core/base/utf8.hpp"

namespace pillarbox::speech {
namespace {

bool continues_a_letter(char byte) {
    constexpr unsigned mask = 0xC0;
    constexpr unsigned continuation = 0x80;
    return (static_cast<unsigned char>(byte) & mask) == continuation;
}

}  // namespace

std::vector<std::size_t> letter_starts(std::string_view text, const std::string& lang) {
    std::vector<std::size_t> starts;
    if (text.empty() || !base::is_utf8(text)) {
        return {0};
    }
    for (const auto& boundary : text::boundaries_of(text, lang)) {
        if (boundary.caret) {
            starts.push_back(boundary.byte_index);
        }
    }
    return starts;
}

std::string_view letter_at(std::string_view text, const std::string& lang, std::size_t byte) {
    const auto starts = letter_starts(text, lang);
    const auto after = std::ranges::upper_bound(starts, byte);
    if (after == starts.begin() || after == starts.end()) {
        return {};
    }
    const std::size_t start = *(after - 1);
    return text.substr(start, *after - start);
}

Part letter_part(std::string_view letter, const std::string& lang, const Phrases& phrases) {
    if (letter == " ") {
        return {phrases.space, phrases.lang};
    }
    if (letter == "\n") {
        return {phrases.new_line, phrases.lang};
    }
    Part part(std::string(letter), lang);
    part.manner = Manner::letters;
    return part;
}

std::vector<Part> spelled(std::string_view text, const std::string& lang, const Phrases& phrases) {
    std::vector<Part> parts;
    const auto starts = letter_starts(text, lang);
    parts.reserve(starts.size());
    for (std::size_t index = 0; index + 1 < starts.size(); ++index) {
        parts.push_back(letter_part(text.substr(starts[index], starts[index + 1] - starts[index]), lang, phrases));
    }
    return parts;
}

Edit edit_between(std::string_view before, std::string_view after) {
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t start = 0;
    while (start < shorter && before[start] == after[start]) {
        ++start;
    }
    while (start > 0 && (start < before.size() ? continues_a_letter(before[start]) : false)) {
        --start;
    }
    while (start > 0 && (start < after.size() ? continues_a_letter(after[start]) : false)) {
        --start;
    }
    std::size_t end = 0;
    while (end < shorter - start && before[before.size() - 1 - end] == after[after.size() - 1 - end]) {
        ++end;
    }
    while (end > 0 && continues_a_letter(after[after.size() - end])) {
        --end;
    }
    const std::size_t written = after.size() - start - end;
    const std::size_t deleted = before.size() - start - end;
    if (written > 0) {
        return {Edit::Kind::written, start, written};
    }
    return deleted > 0 ? Edit{Edit::Kind::deleted, start, deleted} : Edit{};
}

std::size_t byte_of(std::string_view text, std::size_t code_point) {
    std::size_t byte = 0;
    for (; byte < text.size(); ++byte) {
        if (!continues_a_letter(text[byte]) && code_point-- == 0) {
            break;
        }
    }
    return byte;
}

}  // namespace pillarbox::speech
