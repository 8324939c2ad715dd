// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/variables.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "desk/exports/consent.hpp"
#include "desk/exports/tables.hpp"
#include "desk/exports/words.hpp"

namespace pillarbox::report {
namespace {

constexpr std::string_view equality_group = "about_you";

// English names of the languages that calls for evidence in London are made in; the code for others.
std::string language_in_words(const std::string& code) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 24> names = {{
        {"ar", "Arabic"},   {"bg", "Bulgarian"},  {"bn", "Bengali"},  {"cy", "Welsh"},
        {"en", "English"},  {"es", "Spanish"},    {"fa", "Farsi"},    {"fr", "French"},
        {"gu", "Gujarati"}, {"hi", "Hindi"},      {"it", "Italian"},  {"pa", "Panjabi"},
        {"pl", "Polish"},   {"pt", "Portuguese"}, {"ro", "Romanian"}, {"ru", "Russian"},
        {"so", "Somali"},   {"ta", "Tamil"},      {"tr", "Turkish"},  {"uk", "Ukrainian"},
        {"ur", "Urdu"},     {"yue", "Cantonese"}, {"zh", "Chinese"},  {"en-simple", "English (Easy Read)"},
    }};
    const auto found = std::ranges::find(names, code, [](const auto& name) { return name.first; });
    return found == names.end() ? code : std::string(found->second);
}

std::string trait_in_words(std::string_view trait, const std::string& name) {
    if (trait == "language") {
        return language_in_words(name);
    }
    if (trait == "assisted") {
        return name == "yes" ? "Yes" : "No";
    }
    return name;
}

class Collector {
  public:
    Collector(const form::Form& form, const std::vector<exports::Record>& records) : form_(form), records_(records) {
        for (std::size_t index = 0; index < records.size(); ++index) {
            for (const form::Answer& answer : records[index].submission.answers) {
                answers_[answer.path].emplace_back(index, &answer.value);
            }
        }
    }

    void count_labels(const std::vector<form::Node>& nodes) {
        for (const form::Node& node : nodes) {
            ++label_uses_[exports::question_in_words(form_, node, form_.default_language)];
            count_labels(node.children);
        }
    }

    void add_nodes(const std::vector<form::Node>& nodes, Section section) {
        for (const form::Node& node : nodes) {
            if (node.type == form::NodeType::group) {
                if (node.name != exports::contact_group_name) {
                    const form::Node* outside = std::exchange(group_, &node);
                    add_nodes(node.children, node.name == equality_group ? Section::equality : section);
                    group_ = outside;
                }
            } else if (node.type == form::NodeType::select_one) {
                add_one_of(node, node.name == "quote" ? Section::consent : section);
            } else if (node.type == form::NodeType::select_multiple) {
                add_ticked(node, section);
            } else if (exports::is_evidence_text(node)) {
                add_written(node, section);
            }
        }
    }

    void add_traits() {
        add_trait("station", "Station", [](const exports::Record& record) { return record.station; });
        add_trait("language", "Language of the answers",
                  [](const exports::Record& record) { return record.submission.language; });
        add_trait("assisted", "Assisted by staff", [](const exports::Record& record) {
            return std::string(record.submission.assisted ? "yes" : "no");
        });
    }

    std::vector<Variable> take() { return std::move(variables_); }

  private:
    // "How can this be improved?" is asked more than once: then the group says what of.
    [[nodiscard]] std::string label_of(const form::Node& node) const {
        std::string label = exports::question_in_words(form_, node, form_.default_language);
        if (group_ != nullptr && label_uses_.at(label) > 1) {
            return exports::question_in_words(form_, *group_, form_.default_language) + " – " + label;
        }
        return label;
    }

    // A category that everybody is outside of by what the form asks is none: "no answer" where all have answered.
    void keep(Variable variable) {
        const auto last = static_cast<std::uint16_t>(variable.categories.size() - 1);
        if (variable.categories.back().name == no_answer && std::ranges::count(variable.category_of, last) == 0) {
            variable.categories.pop_back();
        }
        variables_.push_back(std::move(variable));
    }

    Variable started(const form::Node& node, VariableKind kind, Section section) const {
        Variable variable;
        variable.id = variable.question = node.name;
        variable.label = variable.question_label = label_of(node);
        variable.kind = kind;
        variable.section = section;
        return variable;
    }

    // A name that the list does not have was a choice of another version of the form: it is counted by its name.
    void add_one_of(const form::Node& node, Section section) {
        Variable variable = started(node, VariableKind::one_of, section);
        std::unordered_map<std::string, std::uint16_t> place;
        const auto place_of = [&](const std::string& name) {
            const auto [found, is_new] = place.emplace(name, static_cast<std::uint16_t>(variable.categories.size()));
            if (is_new) {
                variable.categories.push_back(
                    {name, exports::answer_in_words(form_, node, name, form_.default_language)});
            }
            return found->second;
        };
        for (const std::string& name : exports::choice_names(form_, node)) {
            place_of(name);
        }
        std::vector<std::string> unknown;
        for (const auto& [index, value] : answers_[node.path]) {
            if (!place.contains(*value)) {
                unknown.push_back(*value);
            }
        }
        std::ranges::sort(unknown);
        for (const std::string& name : unknown) {
            place_of(name);
        }
        variable.category_of.assign(records_.size(), static_cast<std::uint16_t>(variable.categories.size()));
        variable.categories.push_back({std::string(no_answer), "No answer"});
        for (const auto& [index, value] : answers_[node.path]) {
            variable.category_of[index] = place.at(*value);
        }
        keep(std::move(variable));
    }

    void add_ticked(const form::Node& node, Section section) {
        for (const std::string& choice : exports::choice_names(form_, node)) {
            Variable variable = started(node, VariableKind::ticked, section);
            variable.id += "/" + choice;
            variable.label = exports::answer_in_words(form_, node, choice, form_.default_language);
            variable.categories = {{"ticked", "Ticked"}, {"not", "Not ticked"}};
            variable.category_of.assign(records_.size(), 1);
            for (const auto& [index, value] : answers_[node.path]) {
                const std::string padded = " " + *value + " ";
                variable.category_of[index] = padded.find(" " + choice + " ") == std::string::npos ? 1 : 0;
            }
            variables_.push_back(std::move(variable));
        }
    }

    void add_written(const form::Node& node, Section section) {
        Variable variable = started(node, VariableKind::written, section);
        variable.categories = {{"written", "Answered"}, {std::string(no_answer), "No answer"}};
        variable.category_of.assign(records_.size(), 1);
        for (const auto& [index, value] : answers_[node.path]) {
            variable.category_of[index] = 0;
        }
        keep(std::move(variable));
    }

    template <typename Value>
    void add_trait(std::string id, std::string label, Value value_of) {
        Variable variable;
        variable.id = variable.question = std::move(id);
        variable.label = variable.question_label = std::move(label);
        variable.section = Section::trait;
        std::map<std::string, std::uint16_t> place;
        for (const exports::Record& record : records_) {
            place.emplace(value_of(record), 0);
        }
        for (auto& [name, at] : place) {
            at = static_cast<std::uint16_t>(variable.categories.size());
            variable.categories.push_back({name, trait_in_words(variable.id, name)});
        }
        for (const exports::Record& record : records_) {
            variable.category_of.push_back(place.at(value_of(record)));
        }
        variables_.push_back(std::move(variable));
    }

    const form::Form& form_;
    const std::vector<exports::Record>& records_;
    const form::Node* group_ = nullptr;  // the one being added
    std::map<std::string, int> label_uses_;
    std::unordered_map<std::string, std::vector<std::pair<std::size_t, const std::string*>>> answers_;
    std::vector<Variable> variables_;
};

}  // namespace

std::vector<Variable> variables_of(const form::Form& form, const std::vector<exports::Record>& records) {
    Collector collector(form, records);
    collector.count_labels(form.nodes);
    collector.add_nodes(form.nodes, Section::question);
    collector.add_traits();
    return collector.take();
}

}  // namespace pillarbox::report
