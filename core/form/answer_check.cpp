// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/answer_check.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/day.hpp"
#include "core/form/cell_text.hpp"
#include "core/form/table.hpp"
#include "core/form/value.hpp"

namespace pillarbox::form {
namespace {

bool is_integer(std::string_view text) {
    constexpr std::size_t digits_max = 18;  // fits 64 bits
    text.remove_prefix(text.starts_with('-') ? 1 : 0);
    return !text.empty() && text.size() <= digits_max &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_decimal(std::string_view text) {
    return text.find_first_not_of("-.0123456789") == std::string_view::npos && std::isfinite(number_of(text));
}

// In whole steps from the start; a range may run downwards.
std::optional<ProblemKind> check_range(const Node& node, std::string_view answer) {
    const auto parameter = [&](std::string_view name) { return number_of(node.parameters.find(name)->second); };
    if (!is_decimal(answer)) {
        return ProblemKind::not_a_number;
    }
    const double number = number_of(answer);
    const double start = parameter("start");
    const double steps = (number - start) / parameter("step");
    constexpr double rounding = 1e-6;
    const bool inside = number >= std::min(start, parameter("end")) && number <= std::max(start, parameter("end"));
    const bool on_step = std::abs(steps - std::round(steps)) < rounding;
    return inside && on_step ? std::nullopt : std::optional(ProblemKind::constraint);
}

bool are_choices(std::string_view answer, const std::vector<const Choice*>& offered) {
    std::vector<std::string> words = words_of(answer);
    const bool all_offered = std::ranges::all_of(words, [&](const std::string& word) {
        return std::ranges::any_of(offered, [&](const Choice* choice) { return choice->name == word; });
    });
    std::ranges::sort(words);
    return all_offered && std::ranges::adjacent_find(words) == words.end();
}

// "LATITUDE LONGITUDE", which may be followed by the altitude, and that by the accuracy in metres.
bool is_place_on_earth(std::string_view text) {
    const std::vector<std::string> numbers = words_of(text);
    constexpr double latitude_max = 90;
    constexpr double longitude_max = 180;
    return numbers.size() >= 2 && numbers.size() <= 4 && std::ranges::all_of(numbers, is_decimal) &&
           std::abs(number_of(numbers[0])) <= latitude_max && std::abs(number_of(numbers[1])) <= longitude_max;
}

// A trace has two places or more, joined by semicolons; a shape has three or more and ends where it began.
bool are_places(NodeType type, std::string_view text) {
    std::vector<std::string_view> places;
    while (!text.empty()) {
        places.push_back(trimmed(text.substr(0, text.find(';'))));
        text.remove_prefix(std::min(text.find(';'), text.size() - 1) + 1);
    }
    if (!places.empty() && places.back().empty()) {
        places.pop_back();  // the last may end in a semicolon too
    }
    const std::size_t least = type == NodeType::geopoint ? 1 : type == NodeType::geotrace ? 2 : 4;
    const bool count_fits = places.size() >= least && (type != NodeType::geopoint || places.size() == 1);
    const bool closed = type != NodeType::geoshape || (count_fits && places.front() == places.back());
    return count_fits && closed && std::ranges::all_of(places, is_place_on_earth);
}

std::optional<ProblemKind> unless(bool sound, ProblemKind kind) {
    return sound ? std::nullopt : std::optional(kind);
}

}  // namespace

std::optional<ProblemKind> check_type(const Node& node, std::string_view answer,
                                      const std::vector<const Choice*>& offered) {
    switch (node.type) {
        case NodeType::integer:
            return unless(is_integer(answer), ProblemKind::not_a_number);
        case NodeType::decimal:
            return unless(is_decimal(answer), ProblemKind::not_a_number);
        case NodeType::range:
            return check_range(node, answer);
        case NodeType::date:
            return unless(base::parse_day(answer).has_value(), ProblemKind::not_a_date);
        case NodeType::time:
            return unless(parse_time_of_day(answer, 0).has_value(), ProblemKind::not_a_date);
        case NodeType::date_time:
            return unless(parse_date_value(answer, 0).has_value(), ProblemKind::not_a_date);
        case NodeType::select_one:
            return unless(words_of(answer).size() == 1 && are_choices(answer, offered), ProblemKind::not_a_choice);
        case NodeType::select_multiple:
            return unless(are_choices(answer, offered), ProblemKind::not_a_choice);
        case NodeType::rank:  // an order of all that is offered
            return unless(are_choices(answer, offered) && words_of(answer).size() == offered.size(),
                          ProblemKind::not_a_choice);
        case NodeType::acknowledge:
            return unless(answer == "OK", ProblemKind::not_a_choice);
        case NodeType::geopoint:
        case NodeType::geotrace:
        case NodeType::geoshape:
            return unless(are_places(node.type, answer), ProblemKind::not_a_number);
        case NodeType::group:
        case NodeType::repeat:
        case NodeType::text:
        case NodeType::note:
        case NodeType::audio:
        case NodeType::image:
        case NodeType::calculate:
        case NodeType::hidden:
        case NodeType::start:
        case NodeType::end:
        case NodeType::today:
        case NodeType::barcode:
        case NodeType::video:
        case NodeType::file:
        case NodeType::start_geopoint:
        case NodeType::background_geopoint:
        case NodeType::background_audio:
        case NodeType::device_property:
        case NodeType::audit:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace pillarbox::form
