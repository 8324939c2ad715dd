// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions of choices: a select_multiple's answer is its choice names joined by spaces.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/form/form.hpp"
#include "core/form/functions.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

Value selected(const Call& call) {
    const std::vector<std::string> wanted = words_of(call.text(1));
    const std::vector<std::string> words = words_of(call.text(0));
    return wanted.empty() ? words.empty()
                          : wanted.size() == 1 && std::ranges::find(words, wanted.front()) != words.end();
}

Value selected_at(const Call& call) {
    const std::vector<std::string> words = words_of(call.text(0));
    const double index = std::trunc(call.number(1));
    return index >= 0 && index < static_cast<double>(words.size()) ? words[static_cast<std::size_t>(index)]
                                                                   : std::string();
}

Value count_selected(const Call& call) {
    return static_cast<double>(words_of(call.text(0)).size());
}

// jr:choice-name(${answer}, '${question}'): the label of each chosen choice, in the person's language.
Value choice_name(const Call& call) {
    const Surroundings& surroundings = call.evaluation.surroundings;
    const Node* question =
        surroundings.form == nullptr ? nullptr : surroundings.form->find(call.syntax.operands[1].text);
    const ChoiceList* list = question == nullptr ? nullptr : surroundings.form->choices_of(*question);
    std::string labels;
    for (const std::string& word : words_of(call.text(0))) {
        if (list == nullptr) {
            break;
        }
        const auto found = std::ranges::find(list->choices, word, &Choice::name);
        if (found != list->choices.end()) {
            labels += (labels.empty() ? "" : ", ") +
                      found->label.in(surroundings.language, surroundings.form->default_language);
        }
    }
    return labels;
}

bool within(double count, double least, double most) {
    return (least < 0 || count >= least) && (most < 0 || count <= most);
}

// The truths of an argument: of a node set, whether each of its nodes holds anything.
std::vector<bool> truths_of(const Call& call, std::size_t index) {
    const Value value = call.value(index);
    const NodeSet* nodes = std::get_if<NodeSet>(&value);
    if (nodes == nullptr) {
        return {call.conversion().truth(value)};
    }
    std::vector<bool> truths;
    for (const ElementId node : *nodes) {
        truths.push_back(!call.conversion().text_of_node(node).empty());
    }
    return truths;
}

// checklist(min, max, answer...): whether the number of true answers is between; a negative bound is none.
Value checklist(const Call& call) {
    double count = 0;
    for (std::size_t index = 2; index < call.size(); ++index) {
        const std::vector<bool> truths = truths_of(call, index);
        count += static_cast<double>(std::ranges::count(truths, true));
    }
    return within(count, call.number(0), call.number(1));
}

// weighted-checklist(min, max, answer, weight, ...): a node set of answers goes with a node set of as many weights.
Value weighted_checklist(const Call& call) {
    double weight = 0;
    for (std::size_t index = 2; index + 1 < call.size(); index += 2) {
        const std::vector<bool> truths = truths_of(call, index);
        const NodeSet weights = call.nodes(index + 1);
        for (std::size_t each = 0; each < truths.size(); ++each) {
            const bool own_weight = each < weights.size();
            const double of_this =
                own_weight ? call.conversion().number(NodeSet{weights[each]}) : call.number(index + 1);
            weight += truths[each] ? of_this : 0;
        }
    }
    return within(weight, call.number(0), call.number(1));
}

constexpr std::array functions = {
    Function{"selected", 2, 2, selected},
    Function{"selected-at", 2, 2, selected_at},
    Function{"count-selected", 1, 1, count_selected},
    Function{"jr:choice-name", 2, 2, choice_name, Arguments::any, NodeResult::no, Use::forms},
    Function{"checklist", 2, any_number, checklist},
    Function{"weighted-checklist", 2, any_number, weighted_checklist},
};

}  // namespace

std::span<const Function> select_functions() {
    return functions;
}

}  // namespace pillarbox::form
