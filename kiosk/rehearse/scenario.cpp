// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace pillarbox::rehearse {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::uint32_t seconds_max = 24 * 60 * 60;

// What follows a command's word.
enum class Shape {
    nothing,
    word,
    command,
    switch_number,
    number,
    role_name,
    role_name_text,
    role_name_number,
    text,
    name,
    command_role_name,
};

struct StepWord {
    std::string_view word;
    StepKind kind;
    Shape shape;
    std::string_view usage;
};
constexpr std::array step_words{
    StepWord{"tap", StepKind::tap, Shape::role_name, "tap ROLE \"NAME\""},
    StepWord{"ask", StepKind::ask, Shape::role_name, "ask ROLE \"NAME\""},
    StepWord{"set", StepKind::set, Shape::role_name_text, "set ROLE \"NAME\" \"TEXT\""},
    StepWord{"type", StepKind::type, Shape::role_name_text, "type ROLE \"NAME\" \"TEXT\""},
    StepWord{"press", StepKind::press, Shape::word, "press KEY"},
    StepWord{"key", StepKind::key, Shape::command, "key COMMAND"},
    StepWord{"switch", StepKind::key, Shape::switch_number, "switch 1, or switch 2"},
    StepWord{"long_press", StepKind::long_press, Shape::role_name_number, "long_press ROLE \"NAME\" SECONDS"},
    StepWord{"digits", StepKind::digits, Shape::word, "digits DIGITS"},
    StepWord{"expect", StepKind::expect, Shape::role_name, "expect ROLE \"NAME\""},
    StepWord{"expect_no", StepKind::expect_no, Shape::role_name, "expect_no ROLE \"NAME\""},
    StepWord{"expect_checked", StepKind::expect_checked, Shape::role_name, "expect_checked ROLE \"NAME\""},
    StepWord{"screenshot", StepKind::screenshot, Shape::word, "screenshot NAME"},
    StepWord{"tree", StepKind::tree, Shape::word, "tree NAME"},
    StepWord{"audit", StepKind::audit, Shape::nothing, "audit"},
    StepWord{"advance", StepKind::advance, Shape::number, "advance SECONDS"},
    StepWord{"write", StepKind::write, Shape::text, "write \"TEXT\""},
    StepWord{"hears", StepKind::hears, Shape::name, "hears \"TEXT\""},
    StepWord{"hears_no", StepKind::hears_no, Shape::name, "hears_no \"TEXT\""},
    StepWord{"key_until", StepKind::key_until, Shape::command_role_name, "key_until COMMAND ROLE \"NAME\""},
    StepWord{"hold", StepKind::hold, Shape::word, "hold NAME"},
    StepWord{"choose_language", StepKind::choose_language, Shape::nothing, "choose_language"},
    StepWord{"default_language", StepKind::default_language, Shape::nothing, "default_language"},
};

std::optional<semantics::Role> role_of(std::string word) {
    std::ranges::replace(word, '_', ' ');
    for (int number = 0; number <= static_cast<int>(semantics::Role::key); ++number) {
        const auto role = static_cast<semantics::Role>(number);
        if (semantics::name_of(role) == word) {
            return role;
        }
    }
    return std::nullopt;
}

// Splits a line into words; a word in quotes may hold spaces and the escapes. nullopt for an open quote or a bad
// escape.
std::optional<std::vector<std::string>> split(std::string_view line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < line.size()) {
        if (line[at] == ' ' || line[at] == '\t') {
            ++at;
            continue;
        }
        if (line[at] == '#') {
            break;
        }
        std::string word;
        if (line[at] != '"') {
            while (at < line.size() && line[at] != ' ' && line[at] != '\t') {
                word.push_back(line[at++]);
            }
            words.push_back(std::move(word));
            continue;
        }
        ++at;
        while (at < line.size() && line[at] != '"') {
            char letter = line[at++];
            if (letter == '\\') {
                if (at == line.size() || std::string_view("\"\\n").find(line[at]) == std::string_view::npos) {
                    return std::nullopt;
                }
                letter = line[at] == 'n' ? '\n' : line[at];
                ++at;
            }
            word.push_back(letter);
        }
        if (at == line.size()) {
            return std::nullopt;
        }
        ++at;
        words.push_back(std::move(word));
    }
    return words;
}

bool is_file_word(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    });
}

bool read_seconds(std::string_view word, std::uint32_t& seconds) {
    const char* end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, seconds);
    return read.ec == std::errc{} && read.ptr == end && seconds <= seconds_max;
}

std::optional<Step> step_of(const StepWord& command, const std::vector<std::string>& words) {
    Step step;
    step.kind = command.kind;
    switch (command.shape) {
        case Shape::nothing:
            return words.size() == 1 ? std::optional(step) : std::nullopt;
        case Shape::word:
            if (words.size() != 2 || !is_file_word(words[1])) {
                return std::nullopt;
            }
            step.name = words[1];
            return step;
        case Shape::command:
        case Shape::switch_number: {
            const bool by_number = command.shape == Shape::switch_number;
            const auto meant =
                words.size() == 2 ? input::command_named(by_number ? "switch_" + words[1] : words[1]) : std::nullopt;
            step.command = meant.value_or(input::Command{});
            return meant.has_value() ? std::optional(step) : std::nullopt;
        }
        case Shape::number: {
            if (words.size() != 2) {
                return std::nullopt;
            }
            return read_seconds(words[1], step.seconds) ? std::optional(step) : std::nullopt;
        }
        case Shape::text:
        case Shape::name:
            if (words.size() != 2) {
                return std::nullopt;
            }
            (command.shape == Shape::text ? step.text : step.name) = words[1];
            return step;
        case Shape::command_role_name: {
            const auto role = words.size() == 4 ? role_of(words[2]) : std::nullopt;
            const auto meant = words.size() == 4 ? input::command_named(words[1]) : std::nullopt;
            if (!role.has_value() || !meant.has_value()) {
                return std::nullopt;
            }
            step.command = *meant;
            step.role = *role;
            step.name = words[3];
            return step;
        }
        case Shape::role_name_number: {
            const auto role = words.size() == 4 ? role_of(words[1]) : std::nullopt;
            if (!role.has_value() || !read_seconds(words[3], step.seconds)) {
                return std::nullopt;
            }
            step.role = *role;
            step.name = words[2];
            return step;
        }
        case Shape::role_name:
        case Shape::role_name_text: {
            const bool with_text = command.shape == Shape::role_name_text;
            const auto role = words.size() == (with_text ? 4U : 3U) ? role_of(words[1]) : std::nullopt;
            if (!role.has_value()) {
                return std::nullopt;
            }
            step.role = *role;
            step.name = words[2];
            step.text = with_text ? words[3] : std::string();
            return step;
        }
    }
    return std::nullopt;
}

}  // namespace

Result<std::vector<Step>> parse_scenario(std::string_view text, std::string_view where) {
    std::vector<Step> steps;
    std::uint32_t line_number = 0;
    while (!text.empty()) {
        ++line_number;
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const std::string place = fmt::format("{}, line {}", where, line_number);
        const auto words = split(line);
        if (!words.has_value()) {
            return base::fail(ErrorCode::malformed, place, "A quotation mark or an escape is not complete.");
        }
        if (words->empty()) {
            continue;
        }
        const auto* command = std::ranges::find(step_words, std::string_view(words->front()), &StepWord::word);
        if (command == step_words.end()) {
            return base::fail(
                ErrorCode::malformed, place, fmt::format("\"{}\" is no step.", words->front()),
                "Steps are tap, ask, set, type, press, key, switch, long_press, digits, expect, expect_no, "
                "expect_checked, "
                "screenshot, tree, audit, advance, write, hears, hears_no, key_until, hold, choose_language and "
                "default_language.");
        }
        auto step = step_of(*command, *words);
        if (!step.has_value()) {
            return base::fail(ErrorCode::malformed, place, "The step is not complete, or its role is unknown.",
                              fmt::format("Write: {}", command->usage));
        }
        step->line = line_number;
        steps.push_back(*std::move(step));
    }
    return steps;
}

}  // namespace pillarbox::rehearse
