// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/screen.hpp"

#include <algorithm>
#include <ranges>

namespace pillarbox::bridge {
namespace {

using semantics::Action;
using semantics::Checked;
using semantics::Flag;
using semantics::Node;
using semantics::NodeId;
using semantics::Role;

constexpr std::string_view bullet = "•";
// For a text that nobody edits: its length is nobody's business either.
constexpr std::size_t bullets_of_fixed_text = 8;

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; }));
}

std::string bullets(std::size_t count) {
    std::string text;
    text.reserve(count * bullet.size());
    for (std::size_t index = 0; index < count; ++index) {
        text.append(bullet);
    }
    return text;
}

// Roles whose name is all that they say.
bool is_plain_text(Role role) {
    return role == Role::heading || role == Role::paragraph || role == Role::note || role == Role::status;
}

bool is_left_out(const Node& node) {
    return node.flags.has(Flag::hidden) || node.flags.has(Flag::decorative);
}

}  // namespace

Screen::Screen(std::shared_ptr<const semantics::Tree> tree, Answers answers)
    : tree_(std::move(tree)), answers_(answers) {
    nodes_.reserve(tree_->nodes.size());
    places_.reserve(tree_->nodes.size());
    for (const Node& node : tree_->nodes) {
        const auto parent = places_.find(node.parent);
        const bool is_root = node.id == tree_->root;
        // What lies below something left out is left out too.
        if (is_left_out(node) || (!is_root && parent == places_.end()) || places_.contains(node.id)) {
            continue;
        }
        int index = 0;
        if (!is_root) {
            index = static_cast<int>(parent->second.children.size());
            parent->second.children.push_back(node.id);
        }
        places_.emplace(node.id, Place{.node = &node, .index = index});
        nodes_.push_back(&node);
    }
}

const Node* Screen::find(NodeId id) const {
    const auto place = places_.find(id);
    return place == places_.end() ? nullptr : place->second.node;
}

const Node* Screen::window() const {
    return tree_ == nullptr ? nullptr : find(tree_->root);
}

NodeId Screen::focus() const {
    return tree_ == nullptr || find(tree_->focus) == nullptr ? NodeId::none : tree_->focus;
}

const std::vector<NodeId>& Screen::children_of(NodeId id) const {
    static const std::vector<NodeId> nobody;
    const auto place = places_.find(id);
    return place == places_.end() ? nobody : place->second.children;
}

int Screen::index_of(const Node& node) const {
    const auto place = places_.find(node.id);
    return place == places_.end() ? -1 : place->second.index;
}

bool Screen::is_guarded(const Node& node) const {
    return node.flags.has(Flag::masked) || (node.flags.has(Flag::private_text) && answers_ == Answers::guarded);
}

// A private node has its answer as its value; one that is nothing but text, as its name.
std::string Screen::name_of(const Node& node) const {
    const bool name_is_the_answer = is_plain_text(node.role) && node.value.empty();
    return is_guarded(node) && name_is_the_answer ? bullets(bullets_of_fixed_text) : node.name;
}

std::string Screen::description_of(const Node& node) const {
    std::string text;
    for (const std::string& part : {node.error, node.description, node.hint}) {
        if (!part.empty()) {
            text.append(text.empty() ? "" : " ").append(part);
        }
    }
    return text;
}

bool Screen::is_reachable(const Node& node) const {
    if (node.flags.has(Flag::disabled)) {
        return false;
    }
    if (tree_->modal_root == NodeId::none) {
        return true;
    }
    for (const Node* up = &node; up != nullptr; up = find(up->parent)) {
        if (up->id == tree_->modal_root) {
            return true;
        }
    }
    return false;
}

StateSet Screen::states_of(const Node& node) const {
    StateSet states;
    const auto add_if = [&states](bool condition, State state) {
        if (condition) {
            states.add(state);
        }
    };
    const bool is_window = node.id == tree_->root;
    const bool reachable = is_reachable(node) || is_window;
    const auto seen = node.rect.intersected(node.clip);
    states.add(State::visible);
    // Zero-sized nodes group others and are drawn by them.
    const bool in_sight = (seen.width > 0 && seen.height > 0) || (node.rect.width <= 0 && node.rect.height <= 0);
    add_if(in_sight && (reachable || node.flags.has(Flag::disabled)), State::showing);
    add_if(reachable, State::enabled);
    add_if(reachable, State::sensitive);
    add_if(is_window, State::active);
    add_if(node.flags.has(Flag::focusable) || node.actions.has(Action::focus), State::focusable);
    add_if(node.id == tree_->focus, State::focused);
    add_if(node.checked != Checked::none, State::checkable);
    add_if(node.checked == Checked::on, State::checked);
    add_if(node.checked == Checked::mixed, State::indeterminate);
    add_if(node.flags.has(Flag::required), State::required);
    add_if(node.flags.has(Flag::invalid), State::invalid_entry);
    add_if(node.flags.has(Flag::busy), State::busy);
    add_if(node.flags.has(Flag::modal), State::modal);
    add_if(node.flags.has(Flag::animated), State::animated);
    add_if(node.flags.has(Flag::read_only), State::read_only);
    add_if(node.role == Role::select, State::has_popup);
    add_if(node.role == Role::select || node.flags.has(Flag::expanded), State::expandable);
    add_if(node.flags.has(Flag::expanded), State::expanded);
    if (node.role == Role::text_field) {
        states.add(node.flags.has(Flag::multiline) ? State::multi_line : State::single_line);
        add_if(node.actions.has(Action::set_text), State::editable);
        states.add(State::selectable_text);
    }
    return states;
}

std::vector<Related> Screen::relations_of(const Node& node) const {
    struct Pair {
        NodeId Node::* member;
        Relation there;
        Relation back;
    };
    constexpr Pair pairs[] = {
        {&Node::labelled_by, Relation::labelled_by, Relation::label_for},
        {&Node::described_by, Relation::described_by, Relation::description_for},
        {&Node::error_of, Relation::error_message, Relation::error_for},
        {&Node::controls, Relation::controller_for, Relation::controlled_by},
    };
    std::vector<Related> relations;
    for (const Pair& pair : pairs) {
        if (find(node.*pair.member) != nullptr) {
            relations.push_back({pair.there, {node.*pair.member}});
        }
        std::vector<NodeId> back;
        for (const Node* other : nodes_) {
            if (other->*pair.member == node.id) {
                back.push_back(other->id);
            }
        }
        if (!back.empty()) {
            relations.push_back({pair.back, std::move(back)});
        }
    }
    return relations;
}

std::vector<std::pair<std::string, std::string>> Screen::attributes_of(const Node& node) const {
    std::vector<std::pair<std::string, std::string>> attributes{{"toolkit", "pillarbox"}, {"id", node.key}};
    const auto add_number = [&attributes](const char* name, int number) {
        if (number > 0) {
            attributes.emplace_back(name, std::to_string(number));
        }
    };
    add_number("level", node.level);
    add_number("posinset", node.position);
    add_number("setsize", node.set_size);
    if (!node.placeholder.empty()) {
        attributes.emplace_back("placeholder-text", node.placeholder);
    }
    if (const auto landmark = landmark_of(node.role); !landmark.empty()) {
        attributes.emplace_back("xml-roles", landmark);
    }
    if (node.live != semantics::Live::off) {
        attributes.emplace_back("live", node.live == semantics::Live::polite ? "polite" : "assertive");
    }
    return attributes;
}

bool Screen::has(const Node& node, Interface interface) const {
    switch (interface) {
        case Interface::accessible:
        case Interface::component:
            return true;
        case Interface::application:
            return false;
        case Interface::action:
            return !named_actions_of(node).empty();
        case Interface::text:
            return node.role == Role::text_field || node.role == Role::select || is_plain_text(node.role) ||
                   (!node.value.empty() && !node.range.has_value());
        case Interface::editable_text:
            return node.role == Role::text_field && node.actions.has(Action::set_text);
        case Interface::value:
            return node.range.has_value() && !is_guarded(node);
        case Interface::selection:
            return node.role == Role::radio_group;
    }
    return false;
}

std::string Screen::text_of(const Node& node) const {
    if (!has(node, Interface::text)) {
        return {};
    }
    if (is_plain_text(node.role) && node.value.empty()) {
        return name_of(node);
    }
    if (!is_guarded(node) || node.value.empty()) {
        return node.value;
    }
    return bullets(node.role == Role::text_field ? code_points(node.value) : bullets_of_fixed_text);
}

std::size_t Screen::caret_of(const Node& node) const {
    return std::min(node.caret.value_or(0), code_points(text_of(node)));
}

const Node* Screen::at(float x, float y) const {
    for (const Node* node : std::views::reverse(nodes_)) {
        if (node->rect.intersected(node->clip).contains(x, y) && is_reachable(*node)) {
            return node;
        }
    }
    return nullptr;
}

}  // namespace pillarbox::bridge
