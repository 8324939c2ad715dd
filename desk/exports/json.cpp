// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/json.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

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

void add_node(Json& object, const form::Node& node, const AnswerIndex& answers, const std::string& key,
              const std::string& prefix);
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
        add_node(object, node, answers, key, prefix);
    }
}

void add_node(Json& object, const form::Node& node, const AnswerIndex& answers, const std::string& key,
              const std::string& prefix) {
    if (node.type == form::NodeType::group) {
        Json group = Json::object();
        add_nodes(group, node.children, answers, key, prefix);
        object[node.name] = std::move(group);
    } else if (node.type == form::NodeType::repeat) {
        object[node.name] = repeat_of(node, answers, key, prefix);
    } else if (holds_answer(node)) {
        object[node.name] =
            value_of(node, prefix.empty() ? answers.at(node.path) : answers.at(path_in_instance(node.path, prefix)));
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

class ResponsesFile final : public DataFile {
  public:
    explicit ResponsesFile(const form::Form& form) : DataFile("responses.json"), line_(form) {}

    void begin(std::string& text) override { text += "{\"value\":["; }
    void add(const Record& record, const AnswerIndex& answers, std::string& text) override {
        text += std::exchange(is_first_, false) ? "\n" : ",\n";
        text += line_.of(record, answers);
    }
    void end(std::string& text) override { text += "\n]}\n"; }

  private:
    ResponseLine line_;
    bool is_first_ = true;
};

}  // namespace

ResponseLine::ResponseLine(const form::Form& form) : form_(form) {
    for (const form::Node& node : form.nodes) {
        if (node.type != form::NodeType::group || node.name != contact_group_name) {
            nodes_.push_back(&node);
        }
    }
}

std::string ResponseLine::of(const Record& record, const AnswerIndex& answers) const {
    const std::string key = key_of(record);
    Json response = Json::object();
    response["__id"] = key;
    response["__system"] = system_of(record);
    for (const form::Node* node : nodes_) {
        add_node(response, *node, answers, key, "");
    }
    response["meta"] = Json{{"instanceID", key}};
    Json unknown = unknown_of(form_, record);
    if (!unknown.empty()) {
        response["__unknown"] = std::move(unknown);
    }
    return response.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::unique_ptr<DataFile> responses_json(const form::Form& form) {
    return std::make_unique<ResponsesFile>(form);
}

}  // namespace pillarbox::exports
