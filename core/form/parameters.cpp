// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/form/names.hpp"
#include "core/form/table.hpp"
#include "core/form/value.hpp"

namespace pillarbox::form {
namespace {

using Names = std::vector<std::string_view>;

// What a type may be told. Others change what is asked or kept, and are refused.
Names known_parameters(const Node& node) {
    switch (node.type) {
        case NodeType::range:
            return {"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"};
        case NodeType::text:
            return {"rows"};
        case NodeType::audio:
        case NodeType::background_audio:
            return {"quality"};
        case NodeType::image:
            return {"max-pixels", "app"};
        case NodeType::select_one:
        case NodeType::select_multiple:
            return node.choice_file ? Names{"randomize", "seed", "value", "label"} : Names{"randomize", "seed"};
        case NodeType::rank:
            return {"randomize", "seed"};
        case NodeType::geopoint:
            return {"allow-mock-accuracy", "capture-accuracy", "warning-accuracy", "reference-geometry"};
        case NodeType::geotrace:
        case NodeType::geoshape:
            return {"allow-mock-accuracy", "incremental", "reference-geometry"};
        case NodeType::audit:
            return {"location-priority", "location-min-interval", "location-max-age",
                    "track-changes",     "track-changes-reasons", "identify-user"};
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
        case NodeType::barcode:
        case NodeType::video:
        case NodeType::file:
        case NodeType::start_geopoint:
        case NodeType::background_geopoint:
        case NodeType::device_property:
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

bool is_one_of(std::string_view value, const Names& values) {
    return std::ranges::find(values, value) != values.end();
}

bool is_whole_number(std::string_view value) {
    return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
}

// "org.example.camera": Android's name for a program.
bool is_package_name(std::string_view name) {
    std::size_t parts = 0;
    while (true) {
        const std::string_view part = name.substr(0, name.find('.'));
        if (!is_question_name(part) || part.starts_with('_') || part.find('-') != std::string_view::npos) {
            return false;
        }
        ++parts;
        if (part.size() == name.size()) {
            return parts > 1;
        }
        name.remove_prefix(part.size() + 1);
    }
}

bool is_seed(std::string_view value) {
    return std::isfinite(number_of(value)) || (value.starts_with("${") && value.find('}') == value.size() - 1);
}

// `value` is already in the one way in which yes and no are kept.
bool is_sound(const Node& node, std::string_view name, std::string_view value) {
    const bool is_truth = name == "randomize" || name == "allow-mock-accuracy" || name == "incremental" ||
                          name == "track-changes" || name == "identify-user";
    if (is_truth) {
        return is_one_of(value, {"true", "false"});
    }
    if (name == "quality") {
        return is_one_of(value, {"normal", "low", "voice-only"}) ||
               (value == "external" && node.type == NodeType::audio);
    }
    if (name == "rows" || name == "max-pixels" || name == "location-min-interval" || name == "location-max-age") {
        return is_whole_number(value);
    }
    if (name == "capture-accuracy" || name == "warning-accuracy") {
        return std::isfinite(number_of(value));
    }
    if (name == "location-priority") {
        return is_one_of(value, {"no-power", "low-power", "balanced", "high-accuracy"});
    }
    if (name == "value" || name == "label") {
        return is_question_name(value);
    }
    if (name == "app") {
        // Only these appearances open a program, so that elsewhere the name does not matter.
        const bool opens = node.appearance.empty() || node.has_appearance("annotate");
        return !opens || is_package_name(value);
    }
    return name == "seed"                    ? is_seed(value)
           : name == "track-changes-reasons" ? value == "on-form-edit"
                                             : true;  // others are looked at where they are used
}

// Whether any type knows a parameter of this name.
bool is_parameter_name(std::string_view name) {
    Node node;
    node.choice_file.emplace();
    for (const NodeType type : {NodeType::range, NodeType::text, NodeType::audio, NodeType::image,
                                NodeType::select_one, NodeType::geopoint, NodeType::geoshape, NodeType::audit}) {
        node.type = type;
        if (is_one_of(name, known_parameters(node))) {
            return true;
        }
    }
    return false;
}

void check_together(const Place& place, const Node& node, Problems& problems) {
    const auto has = [&](std::string_view name) { return node.parameters.contains(name); };
    if (has("seed") && !has("randomize")) {
        problems.malformed(place, "A seed has no meaning without randomize=true.", "Add randomize=true.");
    }
    const bool any_location = has("location-priority") || has("location-min-interval") || has("location-max-age");
    const bool all_location = has("location-priority") && has("location-min-interval") && has("location-max-age");
    if (any_location != all_location) {
        problems.malformed(place, "location-priority, location-min-interval and location-max-age go together.",
                           "Give all three.");
    } else if (all_location && number_of(node.parameters.find("location-max-age")->second) <
                                   number_of(node.parameters.find("location-min-interval")->second)) {
        problems.malformed(place, "location-max-age is smaller than location-min-interval.", "Correct it.");
    }
}

// yes, True, true()... -> true, where the value says yes or no and does not count.
std::string one_way_of_truth(std::string_view name, const std::string& value) {
    const bool truth = name == "randomize" || name == "incremental";
    return !truth || value == "1" || value == "0" ? value : is_yes(value) ? "true" : is_no(value) ? "false" : value;
}

}  // namespace

void read_parameters(std::string_view text, const Place& place, Node& node, Problems& problems) {
    if (!split_parameters(text, node.parameters)) {
        problems.malformed(place, "The parameters are not of the form name=value name=value.", "Correct them.");
        return;
    }
    const Names known = known_parameters(node);
    if (known.empty()) {
        // Left over from a change of the row's type: no client acts on them.
        std::erase_if(node.parameters, [](const auto& parameter) { return is_parameter_name(parameter.first); });
    }
    for (auto& [name, value] : node.parameters) {
        value = one_way_of_truth(name, value);
        if (!is_one_of(name, known) || !is_sound(node, name, value)) {
            problems.unsupported(
                place, fmt::format("The parameter {}={} is not supported for this type.", name, value), "Remove it.");
        }
    }
    check_together(place, node, problems);
    if (node.type == NodeType::range) {
        check_range(place, node, problems);
    }
}

}  // namespace pillarbox::form
