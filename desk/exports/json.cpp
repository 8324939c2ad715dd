// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/json.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "desk/exports/csv_text.hpp"
#include "desk/exports/tables.hpp"

namespace pillarbox::exports {
namespace {

using Json = nlohmann::ordered_json;

template <typename Number>
Json number_or_text(const std::string& text) {
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size()) {
        return Json(text);
    }
    return Json(number);
}

// A number only where it is one: an answer that breaks its type is kept as it was typed.
Json value_of(const form::Node& node, const std::string& answer) {
    if (answer.empty()) {
        return Json(nullptr);
    }
    const bool numeric = node.type == form::NodeType::integer || node.type == form::NodeType::decimal ||
                         node.type == form::NodeType::range;
    if (!numeric || !is_plain_number(answer)) {
        return Json(answer);
    }
    return answer.find('.') == std::string::npos ? number_or_text<std::int64_t>(answer)
                                                 : number_or_text<double>(answer);
}

void add_nodes(Json& object, const std::vector<form::Node>& nodes, const AnswerIndex& answers, const std::string& key,
               const std::string& prefix);

Json repeat_of(const form::Node& repeat, const AnswerIndex& answers, const std::string& key,
               const std::string& prefix) {
    Json rows = Json::array();
    for (const std::string& instance : answers.instances_of(repeat.path, prefix)) {
        Json row = Json::object();
        const std::size_t root_end = instance.find('/', 1);
        row["__id"] = root_end == std::string::npos ? key : key + instance.substr(root_end);
        add_nodes(row, repeat.children, answers, key, instance);
        rows.push_back(std::move(row));
    }
    return rows;
}

void add_nodes(Json& object, const std::vector<form::Node>& nodes, const AnswerIndex& answers, const std::string& key,
               const std::string& prefix) {
    for (const form::Node& node : nodes) {
        if (node.type == form::NodeType::group) {
            Json group = Json::object();
            add_nodes(group, node.children, answers, key, prefix);
            object[node.name] = std::move(group);
        } else if (node.type == form::NodeType::repeat) {
            object[node.name] = repeat_of(node, answers, key, prefix);
        } else if (holds_answer(node)) {
            object[node.name] = value_of(node, answers.at(path_in_instance(node.path, prefix)));
        }
    }
}

Json system_of(const Record& record) {
    Json system = Json::object();
    system["day"] = record.withheld.day ? Json(nullptr) : Json(base::format_day(record.submission.day));
    system["formVersion"] = record.submission.form_version;
    system["station"] = record.station;
    system["language"] = record.submission.language;
    system["assisted"] = record.withheld.assisted ? Json(nullptr) : Json(record.submission.assisted);
    system["kind"] = record.submission.kind == submission::Kind::test ? "test" : "response";
    return system;
}

Json unknown_of(const form::Form& form, const Record& record) {
    Json unknown = Json::array();
    for (const form::Answer& answer : record.submission.answers) {
        if (form.find(without_positions(answer.path)) == nullptr) {
            unknown.push_back(Json{{"path", answer.path}, {"value", answer.value}});
        }
    }
    return unknown;
}

Json response_of(const form::Form& form, const std::vector<form::Node>& nodes, const Record& record) {
    const AnswerIndex answers(record.submission);
    const std::string key = key_of(record);
    Json response = Json::object();
    response["__id"] = key;
    response["__system"] = system_of(record);
    add_nodes(response, nodes, answers, key, "");
    response["meta"] = Json{{"instanceID", key}};
    Json unknown = unknown_of(form, record);
    if (!unknown.empty()) {
        response["__unknown"] = std::move(unknown);
    }
    return response;
}

}  // namespace

std::string responses_json(const form::Form& form, const std::vector<Record>& records) {
    std::vector<form::Node> nodes;
    for (const form::Node& node : form.nodes) {
        if (node.type != form::NodeType::group || node.name != contact_group_name) {
            nodes.push_back(node);
        }
    }
    // Written row by row, so that only one response at a time exists as a tree.
    std::string text = "{\"value\":[";
    for (std::size_t index = 0; index < records.size(); ++index) {
        text += index == 0 ? "\n" : ",\n";
        text += response_of(form, nodes, records[index]).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    return text + "\n]}\n";
}

}  // namespace pillarbox::exports
