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
            return {"start", "end", "step"};
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
    constexpr double rounding = 1e-6;
    if (step == 0 || length == 0 || std::abs(steps - std::round(steps)) > rounding) {
        problems.malformed(place, "The range's end can't be reached from its start in whole steps.",
                           "Choose a step that divides the range.");
    }
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
