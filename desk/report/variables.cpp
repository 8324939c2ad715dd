// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/variables.hpp"

#include <algorithm>
#include <map>
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

class Collector {
  public:
    explicit Collector(const form::Form& form) : form_(form) {}

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
        add_trait("station", "Station");
        add_trait("language", "Language of the answers");
        add_trait("assisted", "Assisted by staff");
    }

    std::vector<AskedVariable> take() { return std::move(variables_); }

  private:
    // "How can this be improved?" is asked more than once: then the group says what of.
    [[nodiscard]] std::string label_of(const form::Node& node) const {
        std::string label = exports::question_in_words(form_, node, form_.default_language);
        if (group_ != nullptr && label_uses_.at(label) > 1) {
            return exports::question_in_words(form_, *group_, form_.default_language) + " – " + label;
        }
        return label;
    }

    Variable started(const form::Node& node, VariableKind kind, Section section) const {
        Variable variable;
        variable.id = variable.question = node.name;
        variable.label = variable.question_label = label_of(node);
        variable.kind = kind;
        variable.section = section;
        return variable;
    }

    void add_one_of(const form::Node& node, Section section) {
        Variable variable = started(node, VariableKind::one_of, section);
        for (const std::string& name : exports::choice_names(form_, node)) {
            variable.categories.push_back(
                {name, exports::answer_in_words(form_, node, name, form_.default_language)});
        }
        variables_.push_back({std::move(variable), node.path});
    }

    void add_ticked(const form::Node& node, Section section) {
        for (const std::string& choice : exports::choice_names(form_, node)) {
            Variable variable = started(node, VariableKind::ticked, section);
            variable.id += "/" + choice;
            variable.label = exports::answer_in_words(form_, node, choice, form_.default_language);
            variable.categories = {{"ticked", "Ticked"}, {"not", "Not ticked"}};
            variables_.push_back({std::move(variable), node.path});
        }
    }

    void add_written(const form::Node& node, Section section) {
        Variable variable = started(node, VariableKind::written, section);
        variable.categories = {{"written", "Answered"}};
        variables_.push_back({std::move(variable), node.path});
    }

    void add_trait(std::string id, std::string label) {
        Variable variable;
        variable.id = variable.question = std::move(id);
        variable.label = variable.question_label = std::move(label);
        variable.section = Section::trait;
        variables_.push_back({std::move(variable), {}});
    }

    const form::Form& form_;
    const form::Node* group_ = nullptr;  // the one being added
    std::map<std::string, int> label_uses_;
    std::vector<AskedVariable> variables_;
};

}  // namespace

std::vector<AskedVariable> variables_of(const form::Form& form) {
    Collector collector(form);
    collector.count_labels(form.nodes);
    collector.add_nodes(form.nodes, Section::question);
    collector.add_traits();
    return collector.take();
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

}  // namespace pillarbox::report
