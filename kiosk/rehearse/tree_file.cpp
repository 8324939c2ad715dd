// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/tree_file.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace pillarbox::rehearse {
namespace {

using nlohmann::json;
using semantics::Action;
using semantics::Checked;
using semantics::Flag;
using semantics::Node;

constexpr std::array flag_names{
    std::pair{Flag::focusable, "focusable"}, std::pair{Flag::disabled, "disabled"},
    std::pair{Flag::required, "required"},   std::pair{Flag::invalid, "invalid"},
    std::pair{Flag::busy, "busy"},           std::pair{Flag::modal, "modal"},
    std::pair{Flag::read_only, "read_only"}, std::pair{Flag::private_text, "private_text"},
    std::pair{Flag::masked, "masked"},       std::pair{Flag::expanded, "expanded"},
    std::pair{Flag::hidden, "hidden"},       std::pair{Flag::decorative, "decorative"},
    std::pair{Flag::multiline, "multiline"}, std::pair{Flag::animated, "animated"}};

constexpr std::array action_names{
    std::pair{Action::click, "click"},
    std::pair{Action::focus, "focus"},
    std::pair{Action::set_text, "set_text"},
    std::pair{Action::set_value, "set_value"},
    std::pair{Action::increment, "increment"},
    std::pair{Action::decrement, "decrement"},
    std::pair{Action::scroll_into_view, "scroll_into_view"},
};

template <typename Bit, std::size_t count>
json names_in(semantics::BitSet<Bit> set, const std::array<std::pair<Bit, const char*>, count>& names) {
    json found = json::array();
    for (const auto& [bit, name] : names) {
        if (set.has(bit)) {
            found.push_back(name);
        }
    }
    return found;
}

std::string_view word_of(Checked checked) {
    switch (checked) {
        case Checked::none:
            return "none";
        case Checked::off:
            return "off";
        case Checked::on:
            return "on";
        case Checked::mixed:
            return "mixed";
    }
    return "";
}

json json_of(const semantics::Tree& tree, const Node& node) {
    const auto key_of = [&tree](semantics::NodeId id) {
        const Node* other = semantics::find(tree, id);
        return other == nullptr ? json() : json(other->key);
    };
    json written{{"key", node.key},
                 {"parent", key_of(node.parent)},
                 {"role", semantics::name_of(node.role)},
                 {"name", node.name},
                 {"description", node.description},
                 {"hint", node.hint},
                 {"error", node.error},
                 {"lang", node.lang},
                 {"flags", names_in(node.flags, flag_names)},
                 {"actions", names_in(node.actions, action_names)},
                 {"checked", word_of(node.checked)},
                 {"level", node.level},
                 {"position", node.position},
                 {"set_size", node.set_size},
                 {"labelled_by", key_of(node.labelled_by)},
                 {"described_by", key_of(node.described_by)},
                 {"error_of", key_of(node.error_of)},
                 {"controls", key_of(node.controls)},
                 {"has_value", !node.value.empty()},
                 {"has_range", node.range.has_value()},
                 {"focus", node.id == tree.focus},
                 {"rect", {node.rect.x, node.rect.y, node.rect.width, node.rect.height}}};
    if (!node.flags.has(Flag::private_text)) {
        written["value"] = node.value;
        if (node.range.has_value()) {
            written["range"] = {node.range->value, node.range->min, node.range->max, node.range->step};
        }
    }
    return written;
}

}  // namespace

std::string json_of(const semantics::Tree& tree) {
    json nodes = json::array();
    for (const Node& node : tree.nodes) {
        nodes.push_back(json_of(tree, node));
    }
    return nodes.dump(1) + "\n";
}

}  // namespace pillarbox::rehearse
