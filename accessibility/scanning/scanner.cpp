// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/scanning/scanner.hpp"

#include <algorithm>
#include <utility>

namespace pillarbox::scanning {

using semantics::NodeId;
using semantics::Role;
using semantics::Tree;

ScanStep Scanner::step(const Tree& tree, const ScanSettings& settings, Press press, std::chrono::milliseconds now) {
    ScanStep done;
    const bool rests = rounds_ >= rounds_max && settings.mode == Mode::one_switch;
    // First the press, on what the person saw; only then what has changed since.
    if (press != Press::none && !plan_.empty()) {
        if (rests) {
            rounds_ = 0;
        } else if (press == Press::choose) {
            done.request = choose(tree);
        } else {
            advance();
        }
        moved_ = now;
    }
    follow(tree, now);
    if (settings.mode == Mode::one_switch && press == Press::none && !plan_.empty() && rounds_ < rounds_max &&
        now - moved_ >= settings.rest) {
        advance();
        moved_ = now;
    }
    const bool goes_on = settings.mode == Mode::one_switch && !plan_.empty() && rounds_ < rounds_max;
    due_ = goes_on ? std::optional(moved_ + settings.rest) : std::nullopt;
    return done;
}

std::vector<NodeId> Scanner::lit() const {
    if (plan_.empty()) {
        return {};
    }
    const auto& items = plan_[group_].items;
    return level_ == Level::groups ? items : std::vector{items[item_]};
}

void Scanner::follow(const Tree& tree, std::chrono::milliseconds now) {
    auto plan = plan_of(tree);
    if (tree.root != page_ || tree.modal_root != modal_) {
        page_ = tree.root;
        modal_ = tree.modal_root;
        plan_ = std::move(plan);
        level_ = Level::groups;
        group_ = item_ = 0;
        rounds_ = 0;
        moved_ = now;
    } else if (plan != plan_) {
        const auto before = lit();
        plan_ = std::move(plan);
        group_ = plan_.empty() ? 0 : std::min(group_, plan_.size() - 1);
        const auto here = std::ranges::find_if(plan_, [&before](const ScanGroup& group) {
            return !before.empty() && std::ranges::find(group.items, before.front()) != group.items.end();
        });
        if (here == plan_.end()) {
            level_ = Level::groups;
        } else {
            group_ = static_cast<std::size_t>(here - plan_.begin());
            item_ =
                level_ == Level::items
                    ? static_cast<std::size_t>(std::ranges::find(here->items, before.front()) - here->items.begin())
                    : 0;
        }
    }
}

// Past the last thing of a group comes the group again, so that nobody who chose it by mistake is caught in it.
void Scanner::advance() {
    if (level_ == Level::items) {
        ++item_;
        if (item_ >= plan_[group_].items.size()) {
            item_ = 0;
            level_ = Level::groups;
        }
        return;
    }
    group_ = (group_ + 1) % plan_.size();
    rounds_ += group_ == 0 ? 1 : 0;
}

std::optional<semantics::Request> Scanner::choose(const Tree& tree) {
    rounds_ = 0;
    const auto& items = plan_[group_].items;
    if (level_ == Level::groups && items.size() > 1) {
        level_ = Level::items;
        item_ = 0;
        return std::nullopt;
    }
    const NodeId chosen = level_ == Level::groups ? items.front() : items[item_];
    level_ = Level::groups;
    item_ = 0;
    // The next letter is looked for from the first row on.
    const auto* node = semantics::find(tree, chosen);
    group_ = node != nullptr && node->role == Role::key ? 0 : group_;
    return semantics::Request{.node = chosen, .action = semantics::Action::click};
}

}  // namespace pillarbox::scanning
