// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/entity_changes.hpp"

#include "core/form/expression.hpp"
#include "core/form/node_selection.hpp"
#include "core/form/outline.hpp"

namespace pillarbox::form {
namespace {

std::string text_of(const std::shared_ptr<const Expression>& expression, const InstanceState& state,
                    ElementId element) {
    return expression == nullptr ? std::string() : evaluate_text(*expression, state.surroundings(), element);
}

bool holds(const std::shared_ptr<const Expression>& condition, const InstanceState& state, ElementId element) {
    return condition == nullptr || evaluate_truth(*condition, state.surroundings(), element);
}

// The elements of a container: one, or one a repetition.
std::vector<ElementId> elements_of(const Entity& entity, const InstanceState& state) {
    const Node* node = state.form().find(entity.path);
    return node == nullptr ? state.tree()[document_element].children : state.elements_of(*node);
}

// Only relevant answers are part of a submission.
std::string answer_of(const EntityProperty& property, const InstanceState& state, ElementId container) {
    Syntax reference;
    reference.kind = SyntaxKind::reference;
    reference.target = names_of(property.path);
    const Surroundings around = state.surroundings();
    for (const ElementId element : select_reference(reference, {around, container, container})) {
        if (state.tree()[element].relevant) {
            return state.tree()[element].text;
        }
    }
    return {};
}

}  // namespace

std::vector<EntityChange> entity_changes(const InstanceState& state) {
    std::vector<EntityChange> changes;
    for (const Entity& entity : state.form().entities) {
        for (const ElementId container : elements_of(entity, state)) {
            const bool creates = entity.creates() && holds(entity.create_if, state, container);
            const bool updates = entity.updates() && holds(entity.update_if, state, container);
            if (!state.tree()[container].relevant || (!creates && !updates)) {
                continue;
            }
            EntityChange change;
            change.list_name = entity.list_name;
            change.kind = creates && updates ? EntityChange::Kind::create_or_update
                          : creates          ? EntityChange::Kind::create
                                             : EntityChange::Kind::update;
            change.id = text_of(entity.entity_id, state, container);
            change.label = text_of(entity.label, state, container);
            for (const EntityProperty& property : entity.properties) {
                change.properties.emplace(property.name, answer_of(property, state, container));
            }
            changes.push_back(std::move(change));
        }
    }
    return changes;
}

}  // namespace pillarbox::form
