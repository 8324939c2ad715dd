// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/choices.hpp"

#include <algorithm>
#include <iterator>

namespace pillarbox::flow {

namespace {

Toggle toggled_in_set(std::string_view value, std::string_view choice,
                      const std::vector<const form::Choice*>& offered) {
    const bool removes = is_chosen(value, choice);
    std::string after;
    for (const auto* option : offered) {
        const bool stays = option->name == choice ? !removes : is_chosen(value, option->name);
        if (!stays)
            continue;
        if (!after.empty())
            after += ' ';
        after += option->name;
    }
    return {removes ? ToggleKind::removed : ToggleKind::added, after};
}

}  // namespace

std::vector<std::string> split_choices(std::string_view value) {
    std::vector<std::string> choices;
    while (!value.empty()) {
        const auto end = std::min(value.find(' '), value.size());
        if (end > 0)
            choices.emplace_back(value.substr(0, end));
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return choices;
}

bool is_chosen(std::string_view value, std::string_view choice) {
    while (!value.empty()) {
        const auto end = std::min(value.find(' '), value.size());
        if (value.substr(0, end) == choice)
            return true;
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return false;
}

Toggle toggled(const form::Node& question, std::string_view value, std::string_view choice,
               const std::vector<const form::Choice*>& offered) {
    if (question.type == form::NodeType::acknowledge)
        return value == "OK" ? Toggle{ToggleKind::removed, {}} : Toggle{ToggleKind::added, "OK"};
    const bool is_offered =
        std::ranges::any_of(offered, [&](const form::Choice* option) { return option->name == choice; });
    if (!is_offered)
        return {};
    if (question.type == form::NodeType::select_multiple)
        return toggled_in_set(value, choice, offered);
    if (question.type == form::NodeType::select_one)
        return value == choice ? Toggle{ToggleKind::removed, {}} : Toggle{ToggleKind::added, std::string(choice)};
    return {};
}

std::vector<const form::Choice*> ranked(std::string_view value, const std::vector<const form::Choice*>& offered) {
    std::vector<const form::Choice*> order;
    for (const auto& name : split_choices(value)) {
        const auto found = std::ranges::find(offered, name, &form::Choice::name);
        if (found != offered.end() && std::ranges::find(order, *found) == order.end())
            order.push_back(*found);
    }
    for (const auto* choice : offered)
        if (std::ranges::find(order, choice) == order.end())
            order.push_back(choice);
    return order;
}

std::string moved(std::string_view value, std::string_view choice, Move move,
                  const std::vector<const form::Choice*>& offered) {
    auto order = ranked(value, offered);
    const auto found = std::ranges::find(order, choice, &form::Choice::name);
    if (move != Move::confirm && found == order.end())
        return std::string(value);
    if (move == Move::up && found != order.begin())
        std::iter_swap(found, std::prev(found));
    if (move == Move::down && std::next(found) != order.end())
        std::iter_swap(found, std::next(found));
    std::string after;
    for (const auto* each : order)
        after += (after.empty() ? "" : " ") + each->name;
    return after;
}

}  // namespace pillarbox::flow
