// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/regex.hpp"

#include <algorithm>

#include "core/form/code_points.hpp"

namespace pillarbox::form {
namespace {

using Instruction = Regex::Instruction;
using Kind = Instruction::Kind;
using Program = std::vector<Instruction>;

// The instructions that wait for the next character, each once.
struct Waiting {
    std::vector<std::uint32_t> instructions;
    std::vector<bool> seen;
};

// Follows splits and jumps from `start`. Returns whether a match is reached.
bool follow(const Program& program, std::uint32_t start, std::size_t position, std::size_t length, Waiting& waiting) {
    std::vector<std::uint32_t> pending{start};
    bool matched = false;
    while (!pending.empty()) {
        const std::uint32_t index = pending.back();
        pending.pop_back();
        if (waiting.seen[index]) {
            continue;
        }
        waiting.seen[index] = true;
        const Instruction& instruction = program[index];
        switch (instruction.kind) {
            case Kind::match:
                matched = true;
                break;
            case Kind::any:
            case Kind::ranges:
                waiting.instructions.push_back(index);
                break;
            case Kind::split:
                pending.push_back(instruction.second);
                pending.push_back(instruction.first);
                break;
            case Kind::jump:
                pending.push_back(instruction.first);
                break;
            case Kind::at_start:
                if (position == 0) {
                    pending.push_back(index + 1);
                }
                break;
            case Kind::at_end:
                if (position == length) {
                    pending.push_back(index + 1);
                }
                break;
        }
    }
    return matched;
}

bool accepts(const Instruction& instruction, char32_t character) {
    if (instruction.kind == Kind::any) {
        return character != U'\n' && character != U'\r';
    }
    const bool inside = std::ranges::any_of(instruction.ranges, [&](const Regex::Range& range) {
        return character >= range.first && character <= range.last;
    });
    return inside != instruction.negated;
}

}  // namespace

bool Regex::search(std::string_view text) const {
    const std::u32string characters = code_points_of(text);
    Waiting now{{}, std::vector<bool>(program_.size())};
    for (std::size_t position = 0;; ++position) {
        // A match may start at any character.
        if (follow(program_, 0, position, characters.size(), now)) {
            return true;
        }
        if (position == characters.size()) {
            return false;
        }
        Waiting next{{}, std::vector<bool>(program_.size())};
        for (const std::uint32_t index : now.instructions) {
            if (accepts(program_[index], characters[position]) &&
                follow(program_, index + 1, position + 1, characters.size(), next)) {
                return true;
            }
        }
        now = std::move(next);
    }
}

}  // namespace pillarbox::form
