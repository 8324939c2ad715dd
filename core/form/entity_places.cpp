// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/entity_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace pillarbox::form {
namespace {

std::string parent_of(const std::string& path) {
    return path.substr(0, path.rfind('/'));
}

bool is_at_or_above(const std::string& above, const std::string& path) {
    return path == above || (path.starts_with(above) && path[above.size()] == '/');
}

std::string common_container(std::string first, const std::string& second) {
    while (!is_at_or_above(first, second)) {
        first = parent_of(first);
    }
    return first;
}

class Placement {
  public:
    Placement(std::vector<Entity>& entities, const std::vector<std::vector<std::string>>& reads,
              const Outline& outline, const std::string& root, Problems& problems)
        : entities_(entities), reads_(reads), outline_(outline), root_(root), problems_(problems) {}

    void run() {
        // Entities with properties have but one place; the others take what is left.
        for (const bool with_properties : {true, false}) {
            for (std::size_t index = 0; index < entities_.size(); ++index) {
                if (entities_[index].properties.empty() != with_properties) {
                    place(entities_[index], reads_[index]);
                }
            }
        }
        for (const Entity& entity : entities_) {
            check_properties(entity);
        }
    }

  private:
    void complain(const Entity& entity, std::string what) {
        problems_.malformed({"entities", entity.row}, std::move(what),
                            "Copy the answers into one group or repeat with a calculate row.");
    }

    // The innermost repeat around a node, or the root.
    [[nodiscard]] std::string scope_of(const std::string& path) const {
        for (std::string above = parent_of(path); above.size() > root_.size(); above = parent_of(above)) {
            const Node* node = outline_.find(above);
            if (node != nullptr && node->type == NodeType::repeat) {
                return above;
            }
        }
        return root_;
    }

    void place(Entity& entity, const std::vector<std::string>& reads) {
        std::vector<std::string> paths = reads;
        for (const EntityProperty& property : entity.properties) {
            paths.push_back(property.path);
        }
        std::string scope = root_;
        for (const std::string& path : paths) {
            const std::string other = scope_of(path);
            if (!is_at_or_above(scope, other) && !is_at_or_above(other, scope)) {
                complain(entity, fmt::format("The entity {} takes answers from two repeats.", entity.list_name));
                return;
            }
            scope = other.size() > scope.size() ? other : scope;
        }
        // A form with one entity that is in no repeat has it for itself.
        const bool alone = entities_.size() == 1 && scope == root_;
        std::string container = alone ? root_ : wanted_container(entity, reads, scope);
        const bool fixed = !entity.properties.empty();
        while (!fixed && taken_.contains(container) && container != scope) {
            container = parent_of(container);
        }
        if (!taken_.insert(container).second) {
            complain(entity, fmt::format("The entity {} has no group, repeat or form to itself.", entity.list_name));
        }
        entity.path = container;
    }

    // The innermost container of all its properties; without any, that of the innermost answer that it reads.
    [[nodiscard]] std::string wanted_container(const Entity& entity, const std::vector<std::string>& reads,
                                               const std::string& scope) const {
        std::string container;
        for (const EntityProperty& property : entity.properties) {
            const std::string own = parent_of(property.path);
            container = container.empty() ? own : common_container(container, own);
        }
        if (!entity.properties.empty()) {
            return container;
        }
        container = scope;
        for (const std::string& path : reads) {
            const std::string own = parent_of(path);
            container = scope_of(path) == scope && own.size() > container.size() ? own : container;
        }
        return container;
    }

    void check_properties(const Entity& entity) {
        for (const EntityProperty& property : entity.properties) {
            std::string nearest = parent_of(property.path);
            while (!taken_.contains(nearest) && nearest.size() > root_.size()) {
                nearest = parent_of(nearest);
            }
            if (!entity.path.empty() &&
                (nearest != entity.path || scope_of(property.path) != scope_of(entity.path + "/."))) {
                complain(entity,
                         fmt::format("The property {} lies in a group or repeat of another entity, or of none.",
                                     property.name));
            }
        }
    }

    std::vector<Entity>& entities_;
    const std::vector<std::vector<std::string>>& reads_;
    const Outline& outline_;
    const std::string& root_;
    Problems& problems_;
    std::set<std::string> taken_;
};

}  // namespace

void place_entities(std::vector<Entity>& entities, const std::vector<std::vector<std::string>>& reads,
                    const Outline& outline, const std::string& root, Problems& problems) {
    Placement(entities, reads, outline, root, problems).run();
}

}  // namespace pillarbox::form
