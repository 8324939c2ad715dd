// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/question_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

struct Alias {
    std::string_view written;
    NodeType type;
};

constexpr std::array simple_types = {
    Alias{"text", NodeType::text},
    Alias{"string", NodeType::text},
    Alias{"add text prompt", NodeType::text},
    Alias{"q string", NodeType::text},
    Alias{"integer", NodeType::integer},
    Alias{"int", NodeType::integer},
    Alias{"add integer prompt", NodeType::integer},
    Alias{"q int", NodeType::integer},
    Alias{"decimal", NodeType::decimal},
    Alias{"add decimal prompt", NodeType::decimal},
    Alias{"q decimal", NodeType::decimal},
    Alias{"date", NodeType::date},
    Alias{"add date prompt", NodeType::date},
    Alias{"q date", NodeType::date},
    Alias{"time", NodeType::time},
    Alias{"add time prompt", NodeType::time},
    Alias{"q time", NodeType::time},
    Alias{"datetime", NodeType::date_time},
    Alias{"date time", NodeType::date_time},
    Alias{"add date time prompt", NodeType::date_time},
    Alias{"q date time", NodeType::date_time},
    Alias{"range", NodeType::range},
    Alias{"note", NodeType::note},
    Alias{"add note prompt", NodeType::note},
    Alias{"q note", NodeType::note},
    Alias{"acknowledge", NodeType::acknowledge},
    Alias{"trigger", NodeType::acknowledge},
    Alias{"add acknowledge prompt", NodeType::acknowledge},
    Alias{"q acknowledge", NodeType::acknowledge},
    Alias{"audio", NodeType::audio},
    Alias{"add audio prompt", NodeType::audio},
    Alias{"image", NodeType::image},
    Alias{"photo", NodeType::image},
    Alias{"add image prompt", NodeType::image},
    Alias{"add photo prompt", NodeType::image},
    Alias{"q image", NodeType::image},
    Alias{"q picture", NodeType::image},
    Alias{"calculate", NodeType::calculate},
    Alias{"add calculate prompt", NodeType::calculate},
    Alias{"q calculate", NodeType::calculate},
    Alias{"hidden", NodeType::hidden},
    Alias{"start", NodeType::start},
    Alias{"start time", NodeType::start},
    Alias{"get start time", NodeType::start},
    Alias{"end", NodeType::end},
    Alias{"end time", NodeType::end},
    Alias{"get end time", NodeType::end},
    Alias{"today", NodeType::today},
    Alias{"get today", NodeType::today},
};

constexpr std::array select_types = {
    Alias{"add select one prompt using", NodeType::select_one},
    Alias{"select one from", NodeType::select_one},
    Alias{"select_one_from", NodeType::select_one},
    Alias{"select one", NodeType::select_one},
    Alias{"select_one", NodeType::select_one},
    Alias{"select1", NodeType::select_one},
    Alias{"q select1", NodeType::select_one},
    Alias{"add select multiple prompt using", NodeType::select_multiple},
    Alias{"select all that apply from", NodeType::select_multiple},
    Alias{"select all that apply", NodeType::select_multiple},
    Alias{"select multiple from", NodeType::select_multiple},
    Alias{"select_multiple_from", NodeType::select_multiple},
    Alias{"select multiple", NodeType::select_multiple},
    Alias{"select_multiple", NodeType::select_multiple},
    Alias{"q select", NodeType::select_multiple},
    Alias{"rank", NodeType::rank},
};

constexpr std::array container_types = {
    Alias{"group", NodeType::group},
    Alias{"repeat", NodeType::repeat},
    Alias{"lgroup", NodeType::repeat},
    Alias{"looped group", NodeType::repeat},
};

std::unexpected<base::Error> unknown_type(std::string_view text) {
    return base::fail(ErrorCode::unsupported, {}, fmt::format("The question type \"{}\" is not supported.", text),
                      "Use one of the types in docs/formats/form.md.");
}

std::string joined(const std::vector<std::string>& words, std::size_t first, std::size_t end) {
    std::string text;
    for (std::size_t index = first; index < end; ++index) {
        text += (text.empty() ? "" : " ") + words[index];
    }
    return text;
}

// "begin group", "begin_group", "end repeat"
std::optional<QuestionType> container_of(std::string_view normal) {
    for (const auto& [prefix, kind] : {std::pair("begin", RowKind::begin), std::pair("end", RowKind::end)}) {
        const std::string_view word(prefix);
        if (!normal.starts_with(word) || normal.size() < word.size() + 2 ||
            (normal[word.size()] != ' ' && normal[word.size()] != '_')) {
            continue;
        }
        const auto found = std::ranges::find(container_types, normal.substr(word.size() + 1), &Alias::written);
        if (found != container_types.end()) {
            return QuestionType{kind, found->type, {}, false};
        }
    }
    return std::nullopt;
}

// "select_one yes_no or_other": the words that are left over after the type name.
Result<QuestionType> select_of(NodeType type, std::string_view text, std::vector<std::string> rest) {
    QuestionType parsed{RowKind::question, type, {}, false};
    const std::size_t count = rest.size();
    if (count > 1 && lower_case(rest.back()) == "or_other") {
        parsed.or_other = true;
        rest.pop_back();
    } else if (count > 3 && lower_case(joined(rest, count - 3, count)) == "or specify other") {
        parsed.or_other = true;
        rest.resize(count - 3);
    }
    if (rest.size() != 1 || (parsed.or_other && type == NodeType::rank)) {
        return unknown_type(text);
    }
    if (rest.front().starts_with("${")) {
        return base::fail(ErrorCode::unsupported, {}, "The choices come from a repeat, which is not supported.",
                          "List the choices in the choices sheet.");
    }
    parsed.list_name = rest.front();
    return parsed;
}

}  // namespace

Result<QuestionType> parse_question_type(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    const std::string normal = lower_case(joined(words, 0, words.size()));
    if (const auto container = container_of(normal)) {
        return *container;
    }
    std::string spaced = normal;
    std::ranges::replace(spaced, '_', ' ');
    for (const Alias& simple : simple_types) {
        if (simple.written == normal || simple.written == spaced) {
            return QuestionType{RowKind::question, simple.type, {}, false};
        }
    }
    for (const Alias& select : select_types) {
        const std::size_t used = words_of(select.written).size();
        if (words.size() > used && lower_case(joined(words, 0, used)) == select.written) {
            return select_of(select.type, text,
                             std::vector(words.begin() + static_cast<std::ptrdiff_t>(used), words.end()));
        }
    }
    return unknown_type(text);
}

bool is_select(NodeType type) {
    return type == NodeType::select_one || type == NodeType::select_multiple || type == NodeType::rank;
}

bool needs_label(NodeType type) {
    switch (type) {
        case NodeType::text:
        case NodeType::integer:
        case NodeType::decimal:
        case NodeType::date:
        case NodeType::time:
        case NodeType::date_time:
        case NodeType::select_one:
        case NodeType::select_multiple:
        case NodeType::rank:
        case NodeType::range:
        case NodeType::note:
        case NodeType::acknowledge:
        case NodeType::audio:
        case NodeType::image:
            return true;
        case NodeType::group:
        case NodeType::repeat:
        case NodeType::calculate:
        case NodeType::hidden:
        case NodeType::start:
        case NodeType::end:
        case NodeType::today:
            return false;
    }
    return false;
}

bool is_asked(NodeType type) {
    return needs_label(type) && type != NodeType::note;
}

}  // namespace pillarbox::form
