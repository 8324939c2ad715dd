// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/form/table.hpp"
#include "core/form/value.hpp"

namespace pillarbox::form {
namespace {

// What a type may be told. Others change what is asked or kept, and are refused.
std::vector<std::string_view> known_parameters(NodeType type) {
    switch (type) {
        case NodeType::range:
            return {"start", "end", "step", "tick_interval", "placeholder"};
        case NodeType::text:
            return {"rows"};
        case NodeType::audio:
            return {"quality"};
        case NodeType::image:
            return {"max-pixels"};
        case NodeType::select_one:
        case NodeType::select_multiple:
        case NodeType::rank:
            return {"randomize"};
        case NodeType::group:
        case NodeType::repeat:
        case NodeType::integer:
        case NodeType::decimal:
        case NodeType::date:
        case NodeType::time:
        case NodeType::date_time:
        case NodeType::note:
        case NodeType::acknowledge:
        case NodeType::calculate:
        case NodeType::hidden:
        case NodeType::start:
        case NodeType::end:
        case NodeType::today:
            return {};
    }
    return {};
}

// "a=1 b=2", also with commas, semicolons and spaces around "="; false where it is not of that form.
bool split_parameters(std::string_view text, std::map<std::string, std::string, std::less<>>& parameters) {
    std::string spaced;
    for (const char character : text) {
        const bool separator = character == ',' || character == ';';
        spaced += separator ? " " : character == '=' ? " = " : std::string(1, character);
    }
    const std::vector<std::string> words = words_of(spaced);
    for (std::size_t index = 0; index < words.size(); index += 3) {
        const bool triple =
            index + 2 < words.size() && words[index + 1] == "=" && words[index] != "=" && words[index + 2] != "=";
        if (!triple || !parameters.emplace(lower_case(words[index]), words[index + 2]).second) {
            return false;
        }
    }
    return true;
}

bool is_sound(std::string_view name, std::string_view value) {
    constexpr std::array<std::string_view, 4> qualities = {"normal", "low", "voice-only", "external"};
    if (name == "quality") {
        return std::ranges::find(qualities, value) != qualities.end();
    }
    if (name == "rows" || name == "max-pixels") {
        return value.find_first_not_of("0123456789") == std::string_view::npos;
    }
    return name != "randomize" || lower_case(value) == "false";
}

bool is_whole(double number) {
    constexpr double rounding = 1e-6;
    return std::isfinite(number) && std::abs(number - std::round(number)) <= rounding;
}

// The ticks beside a range, and the place where its thumb waits. pyxform's rules.
void check_ticks(const Place& place, const Node& node, Problems& problems) {
    const auto number = [&](std::string_view name) { return number_of(node.parameters.find(name)->second); };
    const bool ticks = node.parameters.contains("tick_interval");
    const bool waits = node.parameters.contains("placeholder");
    const bool plain = std::ranges::all_of(node.appearance,
                                           [](const auto& word) { return word == "vertical" || word == "no-ticks"; });
    if ((ticks || waits) && !plain) {
        problems.malformed(place, "tick_interval and placeholder have no meaning in this appearance.",
                           "Use vertical or no-ticks, or no appearance.");
    }
    const double start = number("start");
    const double length = number("end") - start;
    const double interval = ticks ? number("tick_interval") : number("step");
    if (interval == 0 || std::abs(interval) > std::abs(length) || !is_whole(interval / number("step"))) {
        problems.malformed(place, "The tick_interval is not a multiple of the step within the range.", "Correct it.");
    }
    const double before = waits ? number("placeholder") - start : 0;
    if (!is_whole(before / number("step")) || before / length < 0 || before / length > 1) {
        problems.malformed(place, "The placeholder is not a step of the range.", "Correct it.");
    }
}

void check_range(const Place& place, Node& node, Problems& problems) {
    node.parameters.try_emplace("start", "1");
    node.parameters.try_emplace("end", "10");
    node.parameters.try_emplace("step", "1");
    for (const std::string_view name : {"start", "end", "step"}) {
        if (!std::isfinite(number_of(node.parameters.find(name)->second))) {
            problems.malformed(place, fmt::format("The parameter {} is not a number.", name), "Write a number.");
            return;
        }
    }
    const double length = number_of(node.parameters["end"]) - number_of(node.parameters["start"]);
    const double step = number_of(node.parameters["step"]);
    const double steps = length / step;
    if (step == 0 || length == 0 || !is_whole(steps)) {
        problems.malformed(place, "The range's end can't be reached from its start in whole steps.",
                           "Choose a step that divides the range.");
    }
    check_ticks(place, node, problems);
}

}  // namespace

void read_parameters(std::string_view text, const Place& place, Node& node, Problems& problems) {
    if (!split_parameters(text, node.parameters)) {
        problems.malformed(place, "The parameters are not of the form name=value name=value.", "Correct them.");
        return;
    }
    const std::vector<std::string_view> known = known_parameters(node.type);
    for (const auto& [name, value] : node.parameters) {
        if (std::ranges::find(known, name) == known.end() || !is_sound(name, value)) {
            problems.unsupported(
                place, fmt::format("The parameter {}={} is not supported for this type.", name, value), "Remove it.");
        }
    }
    if (node.type == NodeType::range) {
        check_range(place, node, problems);
    }
}

}  // namespace pillarbox::form
