// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/text_parts.hpp"

#include <algorithm>

#include "core/form/cell_text.hpp"
#include "core/form/names.hpp"

namespace pillarbox::form {
namespace {

constexpr std::string_view path_start = "instance(";

// Behind the bracket that closes the one at `open`, past quotes and brackets inside; the text's end where none does.
std::size_t end_of_brackets(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '\'' || text[at] == '"') {
            at = std::min(text.find(text[at], at + 1), text.size() - 1);
        } else if (text[at] == '(' || text[at] == '[') {
            ++depth;
        } else if ((text[at] == ')' || text[at] == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return text.size();
}

std::size_t end_of_name(std::string_view text, std::size_t from) {
    const auto is_part = [](char character) { return is_question_name(std::string("_") + character); };
    return static_cast<std::size_t>(
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), is_part) - text.begin());
}

// instance('x'), then steps and predicates without a space before them.
std::size_t end_of_path(std::string_view text) {
    std::size_t end = end_of_brackets(text, path_start.size() - 1);
    while (end < text.size()) {
        const std::size_t name_end = text[end] == '/' ? end_of_name(text, end + 1) : end;
        if (text[end] == '[') {
            end = end_of_brackets(text, end);
        } else if (name_end > end + 1) {
            end = name_end;
        } else {
            break;
        }
    }
    return end;
}

}  // namespace

std::vector<TextPart> parts_of_text(std::string_view text) {
    std::vector<TextPart> parts;
    std::string words;
    const auto finish = [&](TextPart::Kind kind, std::string_view part, std::size_t used) {
        if (!words.empty()) {
            parts.push_back({TextPart::Kind::words, std::move(words)});
            words.clear();
        }
        parts.push_back({kind, std::string(part)});
        text.remove_prefix(used);
    };
    while (!text.empty()) {
        const std::size_t close = text.starts_with("${") ? text.find('}') : std::string_view::npos;
        const bool inside_name = !words.empty() && (is_question_name(std::string("_") + words.back()));
        if (close != std::string_view::npos) {
            finish(TextPart::Kind::reference, trimmed(text.substr(2, close - 2)), close + 1);
        } else if (text.starts_with(path_start) && !inside_name) {
            const std::size_t end = end_of_path(text);
            finish(TextPart::Kind::path, text.substr(0, end), end);
        } else {
            words += text.front();
            text.remove_prefix(1);
        }
    }
    if (!words.empty()) {
        parts.push_back({TextPart::Kind::words, std::move(words)});
    }
    return parts;
}

std::string text_path_key(std::string_view node_path, std::string_view path) {
    return std::string(node_path) + " " + std::string(path);
}

}  // namespace pillarbox::form
