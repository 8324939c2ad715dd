// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turns a regular expression into the instructions that Regex::search runs: recursive descent, one function a level.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/form/code_points.hpp"
#include "core/form/regex.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;
using Instruction = Regex::Instruction;
using Kind = Instruction::Kind;
using Program = std::vector<Instruction>;  // jumps are relative to the fragment's start until it is placed
using Range = Regex::Range;

constexpr std::size_t group_depth_max = 32;
constexpr char32_t code_point_max = 0x10FFFF;

std::optional<std::vector<Range>> ranges_of_class(char32_t letter) {
    switch (letter) {
        case U'd':
            return {{{U'0', U'9'}}};
        case U'w':
            return {{{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}}};
        case U's':
            return {{{U'\t', U'\r'}, {U' ', U' '}, {0xA0, 0xA0}}};
        default:
            return std::nullopt;
    }
}

std::vector<Range> complement(const std::vector<Range>& sorted) {
    std::vector<Range> others;
    char32_t next = 0;
    for (const Range& range : sorted) {
        if (range.first > next) {
            others.push_back({next, range.first - 1});
        }
        next = range.last + 1;
    }
    others.push_back({next, code_point_max});
    return others;
}

class Compiler {
  public:
    explicit Compiler(std::u32string_view pattern) : pattern_(pattern) {}

    Result<Program> run() {
        Program program = TRY(read_alternatives());
        if (next_ != pattern_.size()) {
            return complain("a ) without its (");
        }
        program.push_back({.kind = Kind::match, .ranges = {}});
        return program;
    }

  private:
    [[nodiscard]] bool at(char32_t character) const {
        return next_ < pattern_.size() && pattern_[next_] == character;
    }
    bool take(char32_t character) {
        const bool taken = at(character);
        next_ += taken ? 1 : 0;
        return taken;
    }
    static std::unexpected<base::Error> complain(std::string_view what, ErrorCode code = ErrorCode::malformed) {
        return base::fail(code, {}, fmt::format("The regular expression has {}.", what),
                          "Correct the regular expression.");
    }
    static std::unexpected<base::Error> too_large() {
        return base::fail(ErrorCode::limit_exceeded, {}, "The regular expression is too large.",
                          "Use smaller counts in { }.");
    }

    // Places a fragment behind another: its jumps move by the length before it.
    static void append(Program& program, const Program& fragment) {
        const auto offset = static_cast<std::uint32_t>(program.size());
        for (Instruction instruction : fragment) {
            instruction.first += offset;
            instruction.second += offset;
            program.push_back(std::move(instruction));
        }
    }
    static Instruction branch(Kind kind, std::size_t first, std::size_t second = 0) {
        Instruction instruction;
        instruction.kind = kind;
        instruction.first = static_cast<std::uint32_t>(first);
        instruction.second = static_cast<std::uint32_t>(second);
        return instruction;
    }

    Result<Program> read_alternatives() {
        Program left = TRY(read_sequence());
        while (take(U'|')) {
            const Program right = TRY(read_sequence());
            Program both{branch(Kind::split, 1, left.size() + 2)};
            append(both, left);
            both.push_back(branch(Kind::jump, left.size() + 2 + right.size()));
            append(both, right);
            left = std::move(both);
            if (left.size() > regex_program_max) {
                return too_large();
            }
        }
        return left;
    }

    Result<Program> read_sequence() {
        Program sequence;
        while (next_ < pattern_.size() && !at(U'|') && !at(U')')) {
            const Program item = TRY(read_repeated());
            append(sequence, item);
            if (sequence.size() > regex_program_max) {
                return too_large();
            }
        }
        return sequence;
    }

    Result<Program> read_repeated() {
        Program atom = TRY(read_atom());
        while (at(U'*') || at(U'+') || at(U'?') || at(U'{')) {
            std::size_t least = 0;
            std::optional<std::size_t> most;
            if (take(U'?')) {
                most = 1;
            } else if (take(U'+')) {
                least = 1;
            } else if (!take(U'*')) {
                TRY(read_counts(least, most));
            }
            take(U'?');  // lazy: whether there is a match does not depend on it
            if (at(U'+')) {
                return complain("a possessive quantifier", ErrorCode::unsupported);
            }
            if (atom.size() * (std::max(least, most.value_or(least)) + 1) > regex_program_max) {
                return too_large();
            }
            atom = repeat(atom, least, most);
        }
        return atom;
    }

    Result<void> read_counts(std::size_t& least, std::optional<std::size_t>& most) {
        ++next_;
        const std::optional<std::size_t> first = read_count();
        if (!first) {
            return complain("a { that starts no count");
        }
        least = *first;
        most = least;
        if (take(U',')) {
            most = read_count();
        }
        if (!take(U'}') || (most && *most < least)) {
            return complain("a wrong count in { }");
        }
        return {};
    }

    std::optional<std::size_t> read_count() {
        std::optional<std::size_t> count;
        while (next_ < pattern_.size() && pattern_[next_] >= U'0' && pattern_[next_] <= U'9' &&
               count.value_or(0) <= regex_program_max) {
            count = count.value_or(0) * 10 + (pattern_[next_++] - U'0');
        }
        return count;
    }

    static Program repeat(const Program& atom, std::size_t least, std::optional<std::size_t> most) {
        Program repeated;
        for (std::size_t index = 0; index < least; ++index) {
            append(repeated, atom);
        }
        if (!most) {
            Program loop{branch(Kind::split, 1, atom.size() + 2)};
            append(loop, atom);
            loop.push_back(branch(Kind::jump, 0));
            append(repeated, loop);
            return repeated;
        }
        for (std::size_t index = least; index < *most; ++index) {
            Program optional{branch(Kind::split, 1, atom.size() + 1)};
            append(optional, atom);
            append(repeated, optional);
        }
        return repeated;
    }

    Result<Program> read_atom() {
        const char32_t character = pattern_[next_++];
        switch (character) {
            case U'.':
                return Program{{.kind = Kind::any, .ranges = {}}};
            case U'^':
                return Program{{.kind = Kind::at_start, .ranges = {}}};
            case U'$':
                return Program{{.kind = Kind::at_end, .ranges = {}}};
            case U'(':
                return read_group();
            case U'[':
                return read_class();
            case U'*':
            case U'+':
            case U'?':
            case U'{':
                return complain("a quantifier with nothing before it");
            case U'\\': {
                std::vector<Range> ranges = TRY(read_escape());
                return Program{{.kind = Kind::ranges, .ranges = std::move(ranges)}};
            }
            default:
                return Program{{.kind = Kind::ranges, .ranges = {{character, character}}}};
        }
    }

    Result<Program> read_group() {
        if (take(U'?') && !take(U':')) {
            return complain("a group of the (?...) kind", ErrorCode::unsupported);
        }
        if (++depth_ > group_depth_max) {
            return too_large();
        }
        Program group = TRY(read_alternatives());
        --depth_;
        if (!take(U')')) {
            return complain("a ( without its )");
        }
        return group;
    }

    Result<std::vector<Range>> read_escape() {
        if (next_ == pattern_.size()) {
            return complain("a \\ at its end");
        }
        const char32_t escaped = pattern_[next_++];
        switch (escaped) {
            case U't':
                return std::vector<Range>{{U'\t', U'\t'}};
            case U'n':
                return std::vector<Range>{{U'\n', U'\n'}};
            case U'r':
                return std::vector<Range>{{U'\r', U'\r'}};
            case U'D':
            case U'W':
            case U'S':
                return complement(*ranges_of_class(escaped - U'A' + U'a'));
            default:
                break;
        }
        if (auto ranges = ranges_of_class(escaped)) {
            return *std::move(ranges);
        }
        const bool letter_or_digit = (escaped >= U'a' && escaped <= U'z') || (escaped >= U'A' && escaped <= U'Z') ||
                                     (escaped >= U'0' && escaped <= U'9');
        if (letter_or_digit) {
            return complain(fmt::format("\\{}", utf8_of({&escaped, 1})), ErrorCode::unsupported);
        }
        return std::vector<Range>{{escaped, escaped}};
    }

    Result<Program> read_class() {
        Instruction instruction;
        instruction.kind = Kind::ranges;
        instruction.negated = take(U'^');
        for (bool first = true; first || !at(U']'); first = false) {
            if (next_ == pattern_.size() || at(U'[')) {
                return complain(next_ == pattern_.size() ? "a [ without its ]"
                                                         : "a [ inside [ ] without a \\ before it");
            }
            std::vector<Range> item = TRY(read_class_item());
            const bool range_follows = at(U'-') && next_ + 1 < pattern_.size() && pattern_[next_ + 1] != U']';
            if (range_follows) {
                ++next_;
                const std::vector<Range> end = TRY(read_class_item());
                const bool single = item.size() == 1 && end.size() == 1 && item[0].first == item[0].last &&
                                    end[0].first == end[0].last && item[0].first <= end[0].last;
                if (!single) {
                    return complain("a wrong range in [ ]");
                }
                item[0].last = end[0].last;
            }
            instruction.ranges.insert(instruction.ranges.end(), item.begin(), item.end());
        }
        ++next_;
        return Program{std::move(instruction)};
    }

    Result<std::vector<Range>> read_class_item() {
        if (take(U'\\')) {
            return read_escape();
        }
        const char32_t character = pattern_[next_++];
        return std::vector<Range>{{character, character}};
    }

    std::u32string_view pattern_;
    std::size_t next_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace

Result<Regex> Regex::compile(std::string_view pattern) {
    if (pattern.size() > regex_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, {}, "The regular expression is too long.", "Shorten it.");
    }
    const std::u32string code_points = code_points_of(pattern);
    Program program = TRY(Compiler(code_points).run());
    if (program.size() > regex_program_max) {
        return base::fail(ErrorCode::limit_exceeded, {}, "The regular expression is too large.",
                          "Use smaller counts in { }.");
    }
    return Regex(std::move(program));
}

}  // namespace pillarbox::form
