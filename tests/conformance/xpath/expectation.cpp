// SPDX-License-Identifier: GPL-3.0-or-later
#include "expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <regex>

#include "core/form/code_points.hpp"
#include "document.hpp"

namespace pillarbox::tests {
namespace {

using nlohmann::json;

// JSON has no NaN and no infinity: they stand as {"num": "NaN"}. A number in quotes is that number.
double number_in(const json& expected) {
    if (expected.is_number()) {
        return expected.get<double>();
    }
    const std::string text = expected.is_object()   ? expected.value("num", std::string())
                             : expected.is_string() ? expected.get<std::string>()
                                                    : std::string();
    if (text == "Infinity" || text == "-Infinity") {
        const double infinity = std::numeric_limits<double>::infinity();
        return text.starts_with('-') ? -infinity : infinity;
    }
    return form::number_of(text);
}

std::string text_in(const json& expected) {
    return expected.is_string() ? expected.get<std::string>() : form::text_of(number_in(expected));
}

bool same(double left, double right) {
    return left == right || (std::isnan(left) && std::isnan(right));
}

bool matches(const json& expected, const std::string& text) {
    auto flags = std::regex::ECMAScript;
    if (expected.value("flags", std::string()).find('i') != std::string::npos) {
        flags |= std::regex::icase;
    }
    return std::regex_search(text, std::regex(expected.value("re", std::string()), flags));
}

std::vector<std::string> paths_of(const form::Value& value, const form::Tree& tree) {
    std::vector<std::string> paths;
    if (const form::NodeSet* nodes = std::get_if<form::NodeSet>(&value)) {
        for (const form::ElementId id : *nodes) {
            paths.push_back(path_of_node(tree, id));
        }
    }
    return paths;
}

std::string in_words(const std::vector<std::string>& paths) {
    return "[" + fmt::format("{}", fmt::join(paths, ", ")) + "]";
}

std::optional<std::string> unless(bool agrees, const std::string& got, const std::string& expected) {
    return agrees ? std::nullopt : std::optional(fmt::format("got {}, and should be {}", got, expected));
}

}  // namespace

std::optional<std::string> difference(const json& test, const form::Value& value,
                                      const form::Conversion& conversion) {
    const std::string kind = test.value("kind", std::string());
    const json expected = test.value("expected", json());
    if (kind == "boolean") {
        const bool truth = conversion.truth(value);
        return unless(expected == truth, truth ? "true" : "false", expected.dump());
    }
    if (kind == "number") {
        const double number = conversion.number(value);
        return unless(same(number, number_in(expected)), fmt::format("{}", number), expected.dump());
    }
    if (kind == "rounded") {
        const double factor = test.value("factor", 1.0);
        const double number = std::floor(conversion.number(value) * factor + 0.5) / factor;
        return unless(same(number, number_in(expected)), fmt::format("{}", number), expected.dump());
    }
    const std::string text = conversion.text(value);
    if (kind == "string") {
        return unless(text == text_in(expected), "'" + text + "'", expected.dump());
    }
    if (kind == "match") {
        return unless(matches(expected, text), "'" + text + "'", expected.dump());
    }
    if (kind == "string-length") {
        const auto length = static_cast<double>(form::code_points_of(text).size());
        return unless(length == number_in(expected), fmt::format("{} characters", length), expected.dump());
    }
    if (kind == "nodes" || kind == "unodes") {
        std::vector<std::string> paths = paths_of(value, conversion.tree);
        auto wanted = expected.get<std::vector<std::string>>();
        const bool nodes = std::holds_alternative<form::NodeSet>(value);
        if (kind == "unodes") {
            std::ranges::sort(paths);
            std::ranges::sort(wanted);
        }
        return unless(nodes && paths == wanted, nodes ? in_words(paths) : "no nodes", in_words(wanted));
    }
    return "is of no kind that this program knows";
}

}  // namespace pillarbox::tests
