// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/item.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pillarbox::speech {
namespace {

using semantics::Checked;
using semantics::Flag;
using semantics::Node;
using semantics::Role;
using semantics::Tree;

void add(std::vector<Part>& parts, const std::string& text, const std::string& lang) {
    if (!text.empty()) {
        parts.emplace_back(text, lang);
    }
}

std::string role_word(const Node& node, const Phrases& phrases) {
    switch (node.role) {
        case Role::button:
            return phrases.button;
        case Role::link:
            return phrases.link;
        case Role::radio:
            return phrases.option;
        case Role::checkbox:
            return phrases.tick_box;
        case Role::text_field:
            return phrases.text_box;
        case Role::select:
            return phrases.opens_list;
        case Role::slider:
            return phrases.slider;
        case Role::window:
        case Role::header:
        case Role::main:
        case Role::footer:
        case Role::group:
        case Role::heading:
        case Role::paragraph:
        case Role::note:
        case Role::list:
        case Role::list_item:
        case Role::radio_group:
        case Role::progress:
        case Role::image:
        case Role::dialog:
        case Role::alert:
        case Role::status:
        case Role::keyboard:
        case Role::key:
            return {};
    }
    return {};
}

bool holds_a_value(const Node& node) {
    return node.role == Role::text_field || node.role == Role::select || node.role == Role::slider;
}

// Of radios, whose place nobody has to count: among those of the same parent.
std::pair<int, int> place_in_set(const Tree& tree, const Node& node) {
    if (node.position > 0 || node.role != Role::radio) {
        return {node.position, node.set_size};
    }
    int position = 0;
    int size = 0;
    for (const Node& other : tree.nodes) {
        if (other.parent == node.parent && other.role == Role::radio) {
            ++size;
            position = other.id == node.id ? size : position;
        }
    }
    return {position, size};
}

void add_help(std::vector<Part>& parts, const Node& node, const Phrases& phrases) {
    if (node.flags.has(Flag::required)) {
        parts.emplace_back(phrases.required, phrases.lang);
    }
    if (!node.error.empty()) {
        parts.emplace_back(phrases.error, phrases.lang);
        parts.emplace_back(node.error, node.lang);
    }
    add(parts, node.hint, node.lang);
    if (node.description != node.hint) {
        add(parts, node.description, node.lang);
    }
}

}  // namespace

std::string state_of(const Node& node, const Phrases& phrases) {
    if (node.checked == Checked::none) {
        return {};
    }
    const bool on = node.checked == Checked::on;
    return node.role == Role::checkbox ? (on ? phrases.ticked : phrases.not_ticked)
                                       : (on ? phrases.chosen : phrases.not_chosen);
}

Part value_of(const Node& node, const Phrases& phrases) {
    if (node.value.empty()) {
        if (node.range.has_value() && !node.flags.has(Flag::private_text)) {
            return {phrases.number(static_cast<std::uint64_t>(std::max(0.0, std::round(node.range->value)))),
                    phrases.lang};
        }
        return {node.role == Role::text_field ? phrases.nothing_written : phrases.not_answered, phrases.lang};
    }
    Part part(node.value, node.lang);
    if (node.flags.has(Flag::masked)) {
        part.privacy = Privacy::for_nobody;
    } else if (node.flags.has(Flag::private_text)) {
        part.privacy = Privacy::for_one_person;
    }
    if (part.privacy != Privacy::open) {
        part.instead = phrases.hidden_answer;
    }
    return part;
}

std::vector<Part> parts_of(const Tree& tree, const Node& node, const Phrases& phrases) {
    std::vector<Part> parts;
    if (!node.speech_override.empty()) {
        parts.emplace_back(node.speech_override, node.lang);
        return parts;
    }
    add(parts, node.name, node.lang);
    add(parts, role_word(node, phrases), phrases.lang);
    add(parts, state_of(node, phrases), phrases.lang);
    if (holds_a_value(node)) {
        parts.push_back(value_of(node, phrases));
    }
    if (const auto [position, size] = place_in_set(tree, node); position > 0 && size > 1) {
        parts.emplace_back(place_of(phrases, position, size), phrases.lang);
    }
    if (node.flags.has(Flag::disabled)) {
        parts.emplace_back(phrases.not_usable, phrases.lang);
    }
    add_help(parts, node, phrases);
    return parts;
}

std::vector<Part> introduction_of(const Node& group, const Phrases& phrases) {
    std::vector<Part> parts;
    add(parts, group.name, group.lang);
    add_help(parts, group, phrases);
    return parts;
}

bool is_static_text(const Node& node) {
    if (node.flags.has(Flag::hidden) || node.flags.has(Flag::decorative) || node.flags.has(Flag::focusable)) {
        return false;
    }
    switch (node.role) {
        case Role::heading:
        case Role::paragraph:
        case Role::note:
        case Role::progress:
        case Role::status:
            return true;
        case Role::list_item:
        case Role::image:
            return !node.name.empty();
        case Role::group:
            return !node.value.empty() || !node.speech_override.empty();
        case Role::window:
        case Role::header:
        case Role::main:
        case Role::footer:
        case Role::list:
        case Role::button:
        case Role::link:
        case Role::radio_group:
        case Role::radio:
        case Role::checkbox:
        case Role::text_field:
        case Role::select:
        case Role::slider:
        case Role::dialog:
        case Role::alert:
        case Role::keyboard:
        case Role::key:
            return false;
    }
    return false;
}

std::vector<Part> static_parts_of(const Node& node, const Phrases& phrases) {
    std::vector<Part> parts;
    if (!node.speech_override.empty()) {
        parts.emplace_back(node.speech_override, node.lang);
        return parts;
    }
    add(parts, node.name, node.lang);
    add(parts, node.description, node.lang);
    if (!node.value.empty()) {
        parts.push_back(value_of(node, phrases));
    }
    return parts;
}

}  // namespace pillarbox::speech
