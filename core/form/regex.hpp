// SPDX-License-Identifier: GPL-3.0-or-later
//
// Regular expressions for regex(). Our own small engine, because std::regex and PCRE backtrack: their time can grow
// exponentially, and std::regex overflows the stack on long answers. This one simulates a nondeterministic automaton
// (Thompson 1968): time is pattern size times text length, memory is the pattern's.
//
// Supported, over code points: literals, ".", [classes] with ranges and ^, \d \w \s \D \W \S, \t \n \r, escaped
// punctuation, ( ) (?: ) |, * + ? {n} {n,} {n,m} (and their lazy forms, which match the same), ^ and $ as the text's
// ends. Refused: back-references, look-around, named and flagged groups, \b, \p{...}.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::form {

inline constexpr std::size_t regex_size_bytes_max = 1'000;
inline constexpr std::size_t regex_program_max = 5'000;  // instructions, after {n,m} is spelled out

class Regex {
  public:
    // malformed, unsupported, limit_exceeded; `where` is empty.
    [[nodiscard]] static base::Result<Regex> compile(std::string_view pattern);

    // Whether any part of the text matches.
    [[nodiscard]] bool search(std::string_view text) const;

    struct Range {
        char32_t first, last;
    };
    struct Instruction {
        enum class Kind { match, any, ranges, split, jump, at_start, at_end };
        Kind kind{};
        bool negated = false;                 // of ranges
        std::vector<Range> ranges;            // a single character is one range
        std::uint32_t first = 0, second = 0;  // where split and jump go
    };

  private:
    explicit Regex(std::vector<Instruction> program) : program_(std::move(program)) {}
    std::vector<Instruction> program_;
};

}  // namespace pillarbox::form
