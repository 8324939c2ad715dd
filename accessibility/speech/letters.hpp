// SPDX-License-Identifier: GPL-3.0-or-later
//
// Texts letter by letter, as their reader counts letters: a consonant with its vowel sign is one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/speech/phrases.hpp"
#include "accessibility/speech/utterance.hpp"

namespace pillarbox::speech {

// Where letters begin, in bytes, and the end of the text.
[[nodiscard]] std::vector<std::size_t> letter_starts(std::string_view text, const std::string& lang);

// The letter that holds this byte; empty at the end of the text.
[[nodiscard]] std::string_view letter_at(std::string_view text, const std::string& lang, std::size_t byte);

// One letter to be said: a space and a new line by their names.
[[nodiscard]] Part letter_part(std::string_view letter, const std::string& lang, const Phrases& phrases);

// "K7" -> "K", "7".
[[nodiscard]] std::vector<Part> spelled(std::string_view text, const std::string& lang, const Phrases& phrases);

// What was typed or taken away between two values of a field.
struct Edit {
    enum class Kind { none, written, deleted } kind = Kind::none;
    std::size_t start = 0;  // byte in the value that has it: the later one of what was written
    std::size_t size = 0;
};
[[nodiscard]] Edit edit_between(std::string_view before, std::string_view after);

// The byte of a code point of valid UTF-8.
[[nodiscard]] std::size_t byte_of(std::string_view text, std::size_t code_point);

}  // namespace pillarbox::speech
