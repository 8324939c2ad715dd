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
    Alias{"q audio", NodeType::audio},
    Alias{"image", NodeType::image},
    Alias{"photo", NodeType::image},
    Alias{"add image prompt", NodeType::image},
    Alias{"add photo prompt", NodeType::image},
    Alias{"q image", NodeType::image},
    Alias{"q picture", NodeType::image},
    Alias{"video", NodeType::video},
    Alias{"add video prompt", NodeType::video},
    Alias{"q video", NodeType::video},
    Alias{"file", NodeType::file},
    Alias{"add file prompt", NodeType::file},
    Alias{"barcode", NodeType::barcode},
    Alias{"add barcode prompt", NodeType::barcode},
    Alias{"q barcode", NodeType::barcode},
    Alias{"geopoint", NodeType::geopoint},
    Alias{"q geopoint", NodeType::geopoint},
    Alias{"location", NodeType::geopoint},
    Alias{"add location prompt", NodeType::geopoint},
    Alias{"q location", NodeType::geopoint},
    Alias{"geotrace", NodeType::geotrace},
    Alias{"geoshape", NodeType::geoshape},
    Alias{"start-geopoint", NodeType::start_geopoint},
    Alias{"background-geopoint", NodeType::background_geopoint},
    Alias{"background-audio", NodeType::background_audio},
    Alias{"audit", NodeType::audit},
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

// Longer than the names of selects from a list that they start like, so looked at first.
constexpr std::array file_select_types = {
    Alias{"select_one_from_file", NodeType::select_one},
    Alias{"select one from file", NodeType::select_one},
    Alias{"select_multiple_from_file", NodeType::select_multiple},
    Alias{"select multiple from file", NodeType::select_multiple},
};

struct PropertyName {
    std::string_view written, property;
};

constexpr std::array device_properties = {
    PropertyName{"deviceid", "deviceid"},           PropertyName{"device id", "deviceid"},
    PropertyName{"get device id", "deviceid"},      PropertyName{"imei", "deviceid"},
    PropertyName{"phonenumber", "phonenumber"},     PropertyName{"get phone number", "phonenumber"},
    PropertyName{"simserial", "simserial"},         PropertyName{"sim id", "simserial"},
    PropertyName{"get sim id", "simserial"},        PropertyName{"subscriberid", "subscriberid"},
    PropertyName{"subscriber id", "subscriberid"},  PropertyName{"get subscriber id", "subscriberid"},
    PropertyName{"username", "username"},           PropertyName{"email", "email"},
    PropertyName{"uri:deviceid", "uri:deviceid"},   PropertyName{"uri:phonenumber", "uri:phonenumber"},
    PropertyName{"uri:simserial", "uri:simserial"}, PropertyName{"uri:subscriberid", "uri:subscriberid"},
    PropertyName{"uri:username", "uri:username"},   PropertyName{"uri:email", "uri:email"},
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
            return QuestionType{kind, found->type};
        }
    }
    return std::nullopt;
}

// "begin loop over LIST", "begin_loop LIST", "end loop"
std::optional<QuestionType> loop_of(const std::vector<std::string>& words) {
    std::string first = lower_case(joined(words, 0, words.size()));
    std::ranges::replace(first, '_', ' ');
    if (first == "end loop") {
        return QuestionType{RowKind::end_loop, NodeType::group};
    }
    const std::vector<std::string> parts = words_of(first);
    const bool over = parts.size() == 4 && parts[2] == "over";
    if (first.starts_with("begin loop ") && (over || parts.size() == 3)) {
        return QuestionType{RowKind::begin_loop, NodeType::group, words.back()};
    }
    return std::nullopt;
}

// What is asked, or filled in, without further words.
std::optional<QuestionType> simple_type_of(std::string_view normal) {
    std::string spaced(normal);
    std::ranges::replace(spaced, '_', ' ');
    const auto is_it = [&](const auto& name) { return name.written == normal || name.written == spaced; };
    if (const auto simple = std::ranges::find_if(simple_types, is_it); simple != simple_types.end()) {
        return QuestionType{RowKind::question, simple->type};
    }
    QuestionType type;
    const auto property = std::ranges::find_if(device_properties, is_it);
    if (property != device_properties.end()) {
        type.type = NodeType::device_property;
        type.device_property = property->property;
        return type;
    }
    if (normal == "csv-external" || normal == "xml-external") {
        type.kind = RowKind::external_file;
        type.extension = normal == "csv-external" ? ".csv" : ".xml";
        return type;
    }
    return std::nullopt;
}

Result<QuestionType> file_select_of(NodeType type, std::string_view text, const std::vector<std::string>& rest) {
    if (rest.size() != 1) {
        return unknown_type(text);
    }
    const std::string_view file = rest.front();
    if (!file.ends_with(".csv") && !file.ends_with(".xml") && !file.ends_with(".geojson")) {
        return base::fail(ErrorCode::malformed, {},
                          fmt::format("The file of choices {} is neither .csv, .xml nor .geojson.", file),
                          "Name such a file.");
    }
    QuestionType parsed{RowKind::question, type};
    parsed.file_name = file;
    return parsed;
}

// "select_one yes_no or_other": the words that are left over after the type name.
Result<QuestionType> select_of(NodeType type, std::string_view text, std::vector<std::string> rest) {
    QuestionType parsed{RowKind::question, type};
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
    if (const auto loop = loop_of(words)) {
        return *loop;
    }
    if (const auto simple = simple_type_of(normal)) {
        return *simple;
    }
    const auto rest_after = [&](std::string_view written) -> std::optional<std::vector<std::string>> {
        const std::size_t used = words_of(written).size();
        return words.size() > used && lower_case(joined(words, 0, used)) == written
                   ? std::optional(std::vector(words.begin() + static_cast<std::ptrdiff_t>(used), words.end()))
                   : std::nullopt;
    };
    for (const Alias& select : file_select_types) {
        if (const auto rest = rest_after(select.written)) {
            return file_select_of(select.type, text, *rest);
        }
    }
    if (const auto rest = rest_after("select_one_external"); rest && rest->size() == 1) {
        QuestionType parsed{RowKind::question, NodeType::select_one, rest->front()};
        parsed.from_external_choices = true;
        return parsed;
    }
    for (const Alias& select : select_types) {
        if (auto rest = rest_after(select.written)) {
            return select_of(select.type, text, *std::move(rest));
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
        case NodeType::geopoint:
        case NodeType::geotrace:
        case NodeType::geoshape:
        case NodeType::barcode:
        case NodeType::video:
        case NodeType::file:
            return true;
        case NodeType::group:
        case NodeType::repeat:
        case NodeType::calculate:
        case NodeType::hidden:
        case NodeType::start:
        case NodeType::end:
        case NodeType::today:
        case NodeType::start_geopoint:
        case NodeType::background_geopoint:
        case NodeType::background_audio:
        case NodeType::device_property:
        case NodeType::audit:
            return false;
    }
    return false;
}

bool is_place(NodeType type) {
    return type == NodeType::geopoint || type == NodeType::geotrace || type == NodeType::geoshape;
}

bool is_asked(NodeType type) {
    return needs_label(type) && type != NodeType::note;
}

std::string_view name_of(NodeType type) {
    switch (type) {
        case NodeType::group:
            return "group";
        case NodeType::repeat:
            return "repeat";
        case NodeType::text:
            return "text";
        case NodeType::integer:
            return "integer";
        case NodeType::decimal:
            return "decimal";
        case NodeType::date:
            return "date";
        case NodeType::time:
            return "time";
        case NodeType::date_time:
            return "dateTime";
        case NodeType::select_one:
            return "select_one";
        case NodeType::select_multiple:
            return "select_multiple";
        case NodeType::rank:
            return "rank";
        case NodeType::range:
            return "range";
        case NodeType::note:
            return "note";
        case NodeType::acknowledge:
            return "acknowledge";
        case NodeType::audio:
            return "audio";
        case NodeType::image:
            return "image";
        case NodeType::calculate:
            return "calculate";
        case NodeType::hidden:
            return "hidden";
        case NodeType::start:
            return "start";
        case NodeType::end:
            return "end";
        case NodeType::today:
            return "today";
        case NodeType::geopoint:
            return "geopoint";
        case NodeType::geotrace:
            return "geotrace";
        case NodeType::geoshape:
            return "geoshape";
        case NodeType::barcode:
            return "barcode";
        case NodeType::video:
            return "video";
        case NodeType::file:
            return "file";
        case NodeType::start_geopoint:
            return "start-geopoint";
        case NodeType::background_geopoint:
            return "background-geopoint";
        case NodeType::background_audio:
            return "background-audio";
        case NodeType::device_property:
            return "device property";
        case NodeType::audit:
            return "audit";
    }
    return "unknown";
}

}  // namespace pillarbox::form
