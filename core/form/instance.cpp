// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/instance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/form/answer_check.hpp"
#include "core/form/entity_changes.hpp"
#include "core/form/expression.hpp"
#include "core/form/instance_state.hpp"
#include "core/form/node_selection.hpp"
#include "core/form/question_type.hpp"
#include "core/form/seeded_order.hpp"
#include "core/form/text_parts.hpp"
#include "core/form/trigger_action.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

const std::string no_answer;

std::unexpected<base::Error> unknown_path(std::string_view path) {
    return base::fail(ErrorCode::not_found, std::string(path), "The form has no such question.", "Correct the path.");
}

std::string answer_of(const std::string& name, const InstanceState& state, ElementId element) {
    const auto& targets = state.form().plan->targets;
    const auto target = targets.find(name);
    if (target == targets.end()) {
        return {};
    }
    Syntax reference;
    reference.kind = SyntaxKind::reference;
    reference.target = target->second;
    const Surroundings surroundings = state.surroundings();
    return surroundings.conversion().text(select_reference(reference, {surroundings, element, element}));
}

// The text with what its ${references} and paths mean. Both were checked when the form was read.
std::string filled_in(const std::string& text, const InstanceState& state, ElementId element) {
    std::string filled;
    for (const TextPart& part : parts_of_text(text)) {
        if (part.kind == TextPart::Kind::words) {
            filled += part.text;
        } else if (part.kind == TextPart::Kind::reference) {
            filled += answer_of(part.text, state, element);
        } else {
            const Node* node = state.tree()[element].definition;
            const auto path = state.form().text_paths.find(
                text_path_key(node == nullptr ? std::string_view() : std::string_view(node->path), part.text));
            filled += path == state.form().text_paths.end()
                          ? std::string()
                          : evaluate_text(*path->second, state.surroundings(), element);
        }
    }
    return filled;
}

LocalizedText filled_in(const LocalizedText& text, const InstanceState& state, ElementId element) {
    LocalizedText filled;
    for (const auto& [language, each] : text.all()) {
        filled.set(language, filled_in(each, state, element));
    }
    return filled;
}

bool holds(const std::shared_ptr<const Expression>& expression, const InstanceState& state, ElementId element) {
    return expression != nullptr && evaluate_truth(*expression, state.surroundings(), element);
}

std::vector<const Choice*> offered_choices(const InstanceState& state, ElementId element) {
    const Node& node = *state.tree()[element].definition;
    const ChoiceList* list = state.form().choices_of(node);
    std::vector<const Choice*> offered;
    for (std::size_t index = 0; list != nullptr && index < list->choices.size(); ++index) {
        Surroundings surroundings = state.surroundings();
        surroundings.choice = &list->choices[index];
        if (node.choice_filter == nullptr || evaluate_truth(*node.choice_filter, surroundings, element)) {
            offered.push_back(&list->choices[index]);
        }
    }
    const auto randomize = node.parameters.find("randomize");
    if (randomize != node.parameters.end() && randomize->second == "true") {
        const double seed = node.seed == nullptr ? static_cast<double>(state.environment().choice_seed)
                                                 : evaluate_number(*node.seed, state.surroundings(), element);
        std::vector<const Choice*> ordered;
        for (const std::size_t index : seeded_order(offered.size(), seed)) {
            ordered.push_back(offered[index]);
        }
        return ordered;
    }
    return offered;
}

// The first thing wrong with one question, or nothing.
std::optional<Problem> problem_of(const InstanceState& state, ElementId element) {
    const Element& data = state.tree()[element];
    const Node& node = *data.definition;
    if (!is_asked(node.type) || node.is_silent()) {
        return std::nullopt;
    }
    const auto problem = [&](ProblemKind kind, const LocalizedText& message) {
        return Problem{state.path_of(element), kind, filled_in(message, state, element)};
    };
    if (data.text.empty()) {
        return holds(node.required, state, element)
                   ? std::optional(problem(ProblemKind::required, node.required_message))
                   : std::nullopt;
    }
    if (const auto kind = check_type(node, data.text, offered_choices(state, element))) {
        return problem(*kind, {});
    }
    if (node.constraint != nullptr && !holds(node.constraint, state, element)) {
        return problem(ProblemKind::constraint, node.constraint_message);
    }
    return std::nullopt;
}

// Visits relevant elements that belong to a question, in form order.
template <typename Visit>
void visit_relevant(const InstanceState& state, ElementId element, const Visit& visit) {
    const Element& data = state.tree()[element];
    if (!data.relevant) {
        return;
    }
    if (data.definition != nullptr && !data.definition->is_container()) {
        visit(element);
    }
    for (const ElementId child : data.children) {
        visit_relevant(state, child, visit);
    }
}

}  // namespace

struct Instance::State : InstanceState {
    using InstanceState::InstanceState;
};

Instance::Instance(std::unique_ptr<State> state) : state_(std::move(state)) {}
Instance::~Instance() = default;
Instance::Instance(const Instance& other) : state_(std::make_unique<State>(*other.state_)) {}
Instance& Instance::operator=(const Instance& other) {
    if (this != &other) {
        state_ = std::make_unique<State>(*other.state_);
    }
    return *this;
}
Instance::Instance(Instance&&) noexcept = default;
Instance& Instance::operator=(Instance&&) noexcept = default;

Result<Instance> Instance::start(std::shared_ptr<const Form> form, const Environment& environment) {
    if (form == nullptr || form->plan == nullptr) {
        return base::fail(ErrorCode::usage, {}, "The form was not read by read_workbook.");
    }
    return Instance(std::make_unique<State>(std::move(form), environment));
}

const Form& Instance::form() const {
    return state_->form();
}

void Instance::set_language(std::string_view language) {
    state_->set_language(language);
}

Result<void> Instance::set_answer(std::string_view path, std::string_view value) {
    const std::optional<ElementId> element = state_->find(path);
    const Node* node = element ? state_->tree()[*element].definition : nullptr;
    if (node == nullptr || node->is_container()) {
        return unknown_path(path);
    }
    if (node->calculation != nullptr) {
        return base::fail(ErrorCode::conflict, std::string(path), "The form calculates this answer itself.");
    }
    if (state_->tree()[*element].text == value) {
        return {};
    }
    state_->set_text(*element, value);
    fire_triggers(*state_, *element);
    return {};
}

const std::string& Instance::answer(std::string_view path) const {
    const std::optional<ElementId> element = state_->find(path);
    return element ? state_->tree()[*element].text : no_answer;
}

bool Instance::is_relevant(std::string_view path) const {
    if (const std::optional<ElementId> element = state_->find(path)) {
        return state_->tree()[*element].relevant;
    }
    // A repeat that is not there even once: whether the first one would be.
    const auto place = state_->find_repeat(path);
    return place && state_->tree()[place->parent].relevant &&
           (place->repeat->relevant == nullptr || holds(place->repeat->relevant, *state_, place->parent));
}

bool Instance::is_required(std::string_view path) const {
    const std::optional<ElementId> element = state_->find(path);
    const Node* node = element ? state_->tree()[*element].definition : nullptr;
    return node != nullptr && holds(node->required, *state_, *element);
}

bool Instance::is_read_only(std::string_view path) const {
    const std::optional<ElementId> element = state_->find(path);
    const Node* node = element ? state_->tree()[*element].definition : nullptr;
    return node != nullptr && (node->calculation != nullptr || holds(node->read_only, *state_, *element));
}

std::size_t Instance::repetitions(std::string_view path) const {
    const auto place = state_->find_repeat(path);
    return place ? state_->repetitions(*place).size() : 0;
}

Result<void> Instance::add_repetition(std::string_view path) {
    const auto place = state_->find_repeat(path);
    if (!place) {
        return unknown_path(path);
    }
    if (place->repeat->repeat_count != nullptr) {
        return base::fail(ErrorCode::conflict, std::string(path), "The form counts these repetitions itself.");
    }
    if (state_->repetitions(*place).size() >= repetitions_max) {
        return base::fail(ErrorCode::limit_exceeded, std::string(path),
                          fmt::format("There are {} already.", repetitions_max));
    }
    state_->add_repetition(*place);
    return {};
}

Result<void> Instance::remove_repetition(std::string_view path) {
    const std::optional<ElementId> element = state_->find(path);
    const Node* node = element ? state_->tree()[*element].definition : nullptr;
    if (node == nullptr || node->type != NodeType::repeat) {
        return unknown_path(path);
    }
    if (node->repeat_count != nullptr) {
        return base::fail(ErrorCode::conflict, std::string(path), "The form counts these repetitions itself.");
    }
    state_->remove_repetition(*element);
    return {};
}

std::vector<const Choice*> Instance::choices_of(std::string_view path) const {
    const std::optional<ElementId> element = state_->find(path);
    const Node* node = element ? state_->tree()[*element].definition : nullptr;
    return node == nullptr ? std::vector<const Choice*>() : offered_choices(*state_, *element);
}

std::string Instance::label_of(std::string_view path, std::string_view language) const {
    const std::optional<ElementId> element = state_->find(path);
    const Node* node = element ? state_->tree()[*element].definition : nullptr;
    return node == nullptr ? std::string()
                           : filled_in(node->label.in(language, form().default_language), *state_, *element);
}

std::string Instance::hint_of(std::string_view path, std::string_view language) const {
    const std::optional<ElementId> element = state_->find(path);
    const Node* node = element ? state_->tree()[*element].definition : nullptr;
    return node == nullptr ? std::string()
                           : filled_in(node->hint.in(language, form().default_language), *state_, *element);
}

std::vector<Problem> Instance::problems_in(std::string_view path) const {
    const std::optional<ElementId> top = path.empty() ? std::optional(document_element) : state_->find(path);
    std::vector<Problem> problems;
    if (top) {
        visit_relevant(*state_, *top, [&](ElementId element) {
            if (auto problem = problem_of(*state_, element)) {
                problems.push_back(*std::move(problem));
            }
        });
    }
    return problems;
}

std::vector<EntityChange> Instance::entities() const {
    return entity_changes(*state_);
}

std::vector<Answer> Instance::answers() const {
    std::vector<Answer> answers;
    visit_relevant(*state_, document_element, [&](ElementId element) {
        if (const std::string& text = state_->tree()[element].text; !text.empty()) {
            answers.push_back({state_->path_of(element), text});
        }
    });
    return answers;
}

}  // namespace pillarbox::form
