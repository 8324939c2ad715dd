// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/scanning/scan_plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace pillarbox::scanning {
namespace {

using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::NodeId;
using semantics::Role;
using semantics::Tree;

constexpr std::size_t group_items_max = 6;
constexpr std::size_t merged_items_max = 4;

enum class Part { keys, page, footer, header };

class Planner {
  public:
    explicit Planner(const Tree& tree) : tree_(tree) {}

    std::vector<ScanGroup> plan() {
        for (const Node& node : tree_.nodes) {
            if (can_be_pressed(node)) {
                place(node);
            }
        }
        std::vector<ScanGroup> all = rows_of_keys();
        for (const Part part : {Part::page, Part::footer, Part::header}) {
            std::ranges::move(groups_of(parts_[part]), std::back_inserter(all));
        }
        return parts_[Part::keys].empty() ? loosened(std::move(all)) : all;
    }

  private:
    struct Item {
        const Node* node = nullptr;
        NodeId set = NodeId::none;  // what it belongs to on the page
    };

    // A slider's own buttons do all that pressing it would.
    [[nodiscard]] bool can_be_pressed(const Node& node) const {
        const bool here = tree_.modal_root == NodeId::none || semantics::is_within(tree_, node.id, tree_.modal_root);
        return here && node.actions.has(Action::click) && node.role != Role::slider &&
               !node.flags.has(Flag::disabled) && !node.flags.has(Flag::hidden);
    }

    void place(const Node& node) {
        Part part = node.role == Role::key ? Part::keys : Part::page;
        NodeId set = node.parent;
        for (const Node* up = semantics::find(tree_, node.parent); up != nullptr;
             up = semantics::find(tree_, up->parent)) {
            part = up->role == Role::header ? Part::header : up->role == Role::footer ? Part::footer : part;
            // The rows of a list stand together, each with buttons of its own.
            set = up->role == Role::list ? up->id : set;
        }
        parts_[part].push_back({&node, set});
    }

    // Rows are what stands at one height; a key's more letters are a row of their own, and come first.
    std::vector<ScanGroup> rows_of_keys() {
        std::vector<std::vector<const Node*>> rows;
        for (const Item& item : parts_[Part::keys]) {
            const auto row = std::ranges::find_if(rows, [&item](const auto& known) {
                const Node& first = *known.front();
                const float apart = std::abs((first.rect.y + first.rect.height / 2) -
                                             (item.node->rect.y + item.node->rect.height / 2));
                return first.parent == item.node->parent && apart < first.rect.height / 2;
            });
            row == rows.end() ? rows.push_back({item.node}) : row->push_back(item.node);
        }
        std::vector<ScanGroup> groups;
        for (auto& row : rows) {
            std::ranges::sort(row, {}, [](const Node* key) { return key->rect.x; });
            ScanGroup group;
            std::ranges::transform(row, std::back_inserter(group.items), [](const Node* key) { return key->id; });
            const bool more_letters = semantics::find(tree_, row.front()->parent)->role != Role::keyboard;
            groups.insert(more_letters ? groups.begin() : groups.end(), std::move(group));
        }
        return groups;
    }

    // What belongs together stays together as far as a group goes; small neighbours share one.
    static std::vector<ScanGroup> groups_of(const std::vector<Item>& items) {
        std::vector<ScanGroup> groups;
        NodeId set = NodeId::none;
        for (const Item& item : items) {
            const bool starts = groups.empty() || item.set != set || groups.back().items.size() == group_items_max;
            starts ? groups.push_back({{item.node->id}}) : groups.back().items.push_back(item.node->id);
            set = item.set;
        }
        std::vector<ScanGroup> merged;
        for (ScanGroup& group : groups) {
            if (!merged.empty() && merged.back().items.size() + group.items.size() <= merged_items_max) {
                std::ranges::copy(group.items, std::back_inserter(merged.back().items));
            } else {
                merged.push_back(std::move(group));
            }
        }
        return merged;
    }

    static std::vector<ScanGroup> loosened(std::vector<ScanGroup> groups) {
        std::vector<ScanGroup> loose;
        for (const ScanGroup& group : groups) {
            for (const NodeId item : group.items) {
                loose.push_back({{item}});
            }
        }
        return loose.size() <= loose_items_max ? loose : groups;
    }

    const Tree& tree_;
    std::map<Part, std::vector<Item>> parts_;
};

}  // namespace

std::vector<ScanGroup> plan_of(const Tree& tree) {
    return Planner(tree).plan();
}

}  // namespace pillarbox::scanning
