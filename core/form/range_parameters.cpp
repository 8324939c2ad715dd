// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters of a range: its bounds, the ticks beside it and their labels. pyxform's rules.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/form/parameters.hpp"
#include "core/form/value.hpp"

namespace pillarbox::form {
namespace {

bool is_whole(double number) {
    constexpr double rounding = 1e-6;
    return std::isfinite(number) && std::abs(number - std::round(number)) <= rounding;
}

bool is_plain(const Node& range) {
    return std::ranges::all_of(range.appearance,
                               [](const auto& word) { return word == "vertical" || word == "no-ticks"; });
}

// The ticks beside a range, and the place where its thumb waits.
void check_ticks(const Place& place, const Node& node, Problems& problems) {
    const auto number = [&](std::string_view name) { return number_of(node.parameters.find(name)->second); };
    const bool ticks = node.parameters.contains("tick_interval");
    const bool waits = node.parameters.contains("placeholder");
    if ((ticks || waits || node.parameters.contains("tick_labelset")) && !is_plain(node)) {
        problems.malformed(place, "tick_interval, placeholder and tick_labelset have no meaning in this appearance.",
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

}  // namespace

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
    // The end need not be reached: 1 to 12 in steps of 2 holds 1, 3... 11.
    const double length = number_of(node.parameters["end"]) - number_of(node.parameters["start"]);
    const double step = number_of(node.parameters["step"]);
    if (step == 0 || std::abs(step) > std::abs(length)) {
        problems.malformed(place, "The range holds no whole step.", "Choose a smaller step.");
    }
    check_ticks(place, node, problems);
}

void check_tick_labels(const Place& place, const Node& range, const ChoiceList& labels, Problems& problems) {
    const auto number = [&](std::string_view name) { return number_of(range.parameters.find(name)->second); };
    const bool ticks = range.parameters.contains("tick_interval");
    const double start = number("start");
    const double end = number("end");
    const double interval = ticks ? number("tick_interval") : number("step");
    constexpr std::size_t ends = 2;
    std::set<std::string_view> names;
    for (const Choice& label : labels.choices) {
        const double value = number_of(label.name);
        names.insert(label.name);
        if (!std::isfinite(value)) {
            problems.malformed(place, fmt::format("The tick label {} is not a number.", label.name),
                               "Name each choice of tick_labelset by its place in the range.");
        } else if (value < std::min(start, end) || value > std::max(start, end) ||
                   !is_whole((value - start) / interval)) {
            problems.malformed(place, fmt::format("The tick label {} is not at a tick of the range.", label.name),
                               "Name each choice of tick_labelset by its place in the range.");
        }
    }
    if (range.has_appearance("no-ticks") && names.size() > ends) {
        problems.malformed(place, "Without ticks, only the ends of a range have labels.",
                           "Keep the labels of the start and the end.");
    }
}

}  // namespace pillarbox::form
