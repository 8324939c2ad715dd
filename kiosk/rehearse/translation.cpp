// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/translation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "accessibility/messages/languages.hpp"

namespace pillarbox::rehearse {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

using Captures =
    std::vector<std::pair<std::string, std::string_view>>;  // a placeholder, and what stands in its place

// What stands in the places of "Step {number} of {total}" in "Step 2 of 5". Nothing where the text is another.
std::optional<Captures> captures_of(std::string_view pattern, std::string_view text) {
    Captures captures;
    while (true) {
        const auto open = pattern.find('{');
        const auto close = pattern.find('}', open);
        const auto words = pattern.substr(0, open);
        if (!text.starts_with(words)) {
            return std::nullopt;
        }
        text.remove_prefix(words.size());
        if (close == std::string_view::npos) {
            return text.empty() && !captures.empty() ? std::optional(captures) : std::nullopt;
        }
        const auto name = pattern.substr(open + 1, close - open - 1);
        pattern.remove_prefix(close + 1);
        const auto next = pattern.substr(0, pattern.find('{'));
        const auto end = next.empty() ? text.size() : text.find(next);
        if (end == std::string_view::npos || end == 0) {
            return std::nullopt;
        }
        captures.emplace_back(name, text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool is_own_name(std::string_view text) {
    return std::ranges::find(messages::languages(), text, &messages::Language::own_name) !=
           messages::languages().end();
}

}  // namespace

Translation::Translation(const campaign::Campaign& campaign, const messages::Messages& interface,
                         std::string language)
    : language_(std::move(language)) {
    for (const auto& english : interface.english_texts(language_)) {
        translations_[english].insert(interface.text(language_, english));
    }
    const auto& form = *campaign.form;
    for (const auto& node : form.nodes) {
        add(node, form.default_language);
    }
    for (const auto& [name, list] : form.choice_lists) {
        for (const auto& choice : list.choices) {
            add(choice.label, form.default_language);
        }
    }
    for (const auto& [name, text] : campaign.texts) {
        add(text, form.default_language);
    }
}

void Translation::add(const form::LocalizedText& text, const std::string& default_language) {
    if (text.has(default_language)) {
        translations_[text.in(default_language)].insert(text.in(language_, default_language));
    }
}

void Translation::add(const form::Node& node, const std::string& default_language) {
    for (const auto* text : {&node.label, &node.hint, &node.required_message, &node.constraint_message}) {
        add(*text, default_language);
    }
    for (const auto& child : node.children) {
        add(child, default_language);
    }
}

Result<std::string> Translation::name_of(std::string_view english) const {
    if (const auto found = translations_.find(english); found != translations_.end()) {
        if (found->second.size() > 1) {
            return fail(ErrorCode::conflict, {},
                        fmt::format("\"{}\" has {} translations into {}.", english, found->second.size(), language_),
                        "Translate the same English text in the same way everywhere.");
        }
        return *found->second.begin();
    }
    return is_own_name(english) ? Result<std::string>(english) : by_pattern(english);
}

// What stands in the place of a {placeholder}: a number, or a further text.
std::optional<std::string> Translation::value_of(std::string_view english) const {
    if (const auto number = number_in(english); number.has_value()) {
        return messages::format_number(language_, *number);
    }
    const auto name = name_of(english);
    return name.has_value() ? std::optional(*name) : std::nullopt;
}

Result<std::string> Translation::by_pattern(std::string_view english) const {
    for (const auto& [pattern, translated] : translations_) {
        // "{title}" alone would match everything; "Error:" stands before another text.
        const bool stands_before = pattern.ends_with(':') && english.starts_with(pattern + " ");
        const auto captures = stands_before ? Captures{{"", english.substr(pattern.size() + 1)}}
                                            : captures_of(pattern, english).value_or(Captures{});
        auto text = captures.empty() ? std::nullopt : std::optional(*translated.begin());
        for (const auto& [name, value] : captures) {
            const auto words = value == english ? std::nullopt : value_of(value);
            text = !text.has_value() || !words.has_value() ? std::nullopt
                   : stands_before                         ? std::optional(*text + " " + *words)
                                                           : std::optional(messages::fill(*text, {{name, *words}}));
        }
        if (text.has_value()) {
            return *text;
        }
    }
    return fail(ErrorCode::not_found, {},
                fmt::format("Neither the interface nor the campaign says \"{}\".", english));
}

}  // namespace pillarbox::rehearse
