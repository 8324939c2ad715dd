// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/narration.hpp"

#include <algorithm>
#include <iterator>

#include "accessibility/speech/item.hpp"
#include "accessibility/speech/letters.hpp"
#include "accessibility/speech/live_regions.hpp"
#include "accessibility/speech/reading_order.hpp"

namespace pillarbox::speech {
namespace {

using semantics::Flag;
using semantics::Node;
using semantics::NodeId;
using semantics::Role;
using semantics::Tree;

// Without what was said just before, as a list's title that is its heading too.
void append(std::vector<Part>& parts, std::vector<Part> more) {
    for (Part& part : more) {
        if (parts.empty() || parts.back() != part) {
            parts.push_back(std::move(part));
        }
    }
}

std::size_t index_of(const Tree& tree, NodeId id) {
    return static_cast<std::size_t>(std::ranges::find(tree.nodes, id, &Node::id) - tree.nodes.begin());
}

std::vector<Part> focused_parts(const Tree& tree, const Node& node, NodeId from, const Phrases& phrases) {
    std::vector<Part> parts;
    for (const Node* group : groups_entered(tree, node, from)) {
        if (group->role != Role::list_item) {
            append(parts, introduction_of(*group, phrases));
        } else {
            append(parts, static_parts_of(*group, phrases));
        }
    }
    append(parts, parts_of(tree, node, phrases));
    return parts;
}

// Texts between where the focus was, or was read to, and where it is now; none on the way back.
std::vector<Part> parts_between(const Tree& tree, NodeId from, const Node& to, const Memory& memory,
                                const Phrases& phrases) {
    std::size_t start = index_of(tree, from);
    const std::size_t end = index_of(tree, to.id);
    if (start >= end) {
        return {};
    }
    if (const std::size_t read = index_of(tree, memory.read_to); read < end) {
        start = std::max(start, read);
    }
    const auto own = texts_of_widgets(tree);
    const auto groups = groups_entered(tree, to, from);
    std::vector<Part> parts;
    for (const Node* node : readable_nodes(tree)) {
        const std::size_t at = index_of(tree, node->id);
        if (at > start && at < end && is_static_text(*node) && !own.contains(node->id) &&
            std::ranges::find(groups, node) == groups.end()) {
            append(parts, static_parts_of(*node, phrases));
        }
    }
    return parts;
}

std::vector<Part> edit_parts(const Node& before, const Node& after, const Phrases& phrases) {
    const Edit edit = edit_between(before.value, after.value);
    if (edit.kind == Edit::Kind::none) {
        return {};
    }
    const bool written = edit.kind == Edit::Kind::written;
    const std::string& value = written ? after.value : before.value;
    // A vowel sign is heard with its consonant.
    const std::size_t last = edit.start + edit.size - 1;
    const auto letter = edit.size > 1 && letter_at(value, after.lang, edit.start).size() < edit.size
                            ? std::string_view(value).substr(edit.start, edit.size)
                            : letter_at(value, after.lang, last);
    std::vector<Part> parts{letter_part(letter, after.lang, phrases)};
    if (after.flags.has(Flag::private_text) || after.flags.has(Flag::masked)) {
        parts.front().privacy = after.flags.has(Flag::masked) ? Privacy::for_nobody : Privacy::for_one_person;
        parts.front().instead = phrases.hidden_letter;
    }
    if (!written) {
        parts.emplace_back(phrases.deleted, phrases.lang);
    }
    return parts;
}

std::vector<Part> caret_parts(const Node& node, const Phrases& phrases) {
    const auto letter = letter_at(node.value, node.lang, byte_of(node.value, *node.caret));
    if (letter.empty()) {
        return {Part(phrases.end_of_text, phrases.lang)};
    }
    Part part = letter_part(letter, node.lang, phrases);
    if (node.flags.has(Flag::masked) || node.flags.has(Flag::private_text)) {
        part.privacy = node.flags.has(Flag::masked) ? Privacy::for_nobody : Privacy::for_one_person;
        part.instead = phrases.hidden_letter;
    }
    return {std::move(part)};
}

// The same thing has the focus, and stands differently.
std::vector<Part> changed_parts(const Tree& tree, const Node& before, const Node& after, const Phrases& phrases) {
    if (after.role == Role::text_field) {
        if (before.value != after.value) {
            return edit_parts(before, after, phrases);
        }
        const bool moved = after.caret.has_value() && before.caret.has_value() && before.caret != after.caret;
        return moved ? caret_parts(after, phrases) : std::vector<Part>{};
    }
    if (before.name != after.name) {
        return parts_of(tree, after, phrases);
    }
    if (before.checked != after.checked) {
        return {Part(state_of(after, phrases), phrases.lang)};
    }
    if (before.value != after.value || before.range != after.range) {
        return {value_of(after, phrases)};
    }
    if (after.flags.has(Flag::disabled) && !before.flags.has(Flag::disabled)) {
        return {Part(phrases.not_usable, phrases.lang)};
    }
    return {};
}

std::vector<Part> dialog_parts(const Tree& tree, const Phrases& phrases) {
    std::vector<Part> parts;
    if (const Node* dialog = find(tree, tree.modal_root); dialog != nullptr) {
        append(parts, {Part(dialog->name, dialog->lang)});
    }
    for (const Node* node : readable_nodes(tree)) {
        if (is_static_text(*node)) {
            append(parts, static_parts_of(*node, phrases));
        }
    }
    if (const Node* focus = find(tree, tree.focus); focus != nullptr && can_be_acted_on(*focus)) {
        append(parts, parts_of(tree, *focus, phrases));
    }
    return parts;
}

// A page, an alert or a dialog takes the focus as it comes, and was said as it came.
bool says_itself(const Node& node) {
    return node.role == Role::heading || node.role == Role::alert || node.role == Role::dialog;
}

void narrate_focus(const Moment& moment, const Memory& memory, const Phrases& phrases,
                   std::vector<Utterance>& utterances) {
    const Node* now = find(moment.after, moment.after.focus);
    if (now == nullptr) {
        return;
    }
    std::vector<Part> parts;
    const bool dialog_went = moment.before.modal_root != NodeId::none && moment.after.modal_root == NodeId::none;
    if (moment.before.focus != moment.after.focus || dialog_went) {
        if (says_itself(*now) && !dialog_went) {
            return;
        }
        parts = dialog_went ? std::vector<Part>{}
                            : parts_between(moment.after, moment.before.focus, *now, memory, phrases);
        append(parts, focused_parts(moment.after, *now, moment.before.focus, phrases));
    } else if (const Node* before = find(moment.before, moment.before.focus); before != nullptr) {
        parts = changed_parts(moment.after, *before, *now, phrases);
    }
    if (!parts.empty()) {
        utterances.push_back({std::move(parts), Urgency::focus});
    }
}

}  // namespace

Utterance page_arrival(const Tree& tree, Memory& memory, const Phrases& phrases) {
    memory = {};
    Utterance page{{}, Urgency::focus};
    if (tree.modal_root != NodeId::none) {
        page.parts = dialog_parts(tree, phrases);
        return page;
    }
    for (const Node& node : tree.nodes) {
        if (node.role == Role::progress) {
            append(page.parts, static_parts_of(node, phrases));
            break;
        }
    }
    const auto own = texts_of_widgets(tree);
    bool acts = false;
    for (const Node* node : readable_nodes(tree)) {
        if (can_be_acted_on(*node)) {
            acts = true;
            break;
        }
        if (node->role == Role::alert) {
            append(page.parts, alert_parts(tree, *node, phrases));
        } else if (is_static_text(*node) && !own.contains(node->id)) {
            append(page.parts, static_parts_of(*node, phrases));
            memory.read_to = node->id;
        }
    }
    if (page.parts.empty()) {
        if (const Node* root = find(tree, tree.root); root != nullptr) {
            append(page.parts, {Part(root->name, root->lang)});
        }
    }
    if (acts) {
        page.parts.emplace_back(phrases.go_on, phrases.lang);
    }
    return page;
}

std::vector<Utterance> narrate(const Moment& moment, Memory& memory, const Phrases& phrases) {
    const Tree& before = moment.before;
    const Tree& after = moment.after;
    if (after.nodes.empty()) {
        return {};
    }
    const bool dialog_came = after.modal_root != NodeId::none && after.modal_root != before.modal_root;
    if ((before.root != after.root || before.lang != after.lang) && !dialog_came) {
        return {page_arrival(after, memory, phrases)};
    }
    std::vector<Utterance> utterances;
    if (dialog_came) {
        const Node* dialog = find(after, after.modal_root);
        const bool asserts = dialog != nullptr && dialog->live == semantics::Live::assertive;
        utterances.push_back({dialog_parts(after, phrases), asserts ? Urgency::assertive : Urgency::focus});
        return utterances;
    }
    auto alerts = narrate_alerts(moment, phrases);
    narrate_focus(moment, memory, phrases, utterances);
    std::ranges::move(alerts, std::back_inserter(utterances));
    std::ranges::move(narrate_statuses(moment, memory.statuses, phrases), std::back_inserter(utterances));
    return utterances;
}

Utterance whole_page(const Tree& tree, const Phrases& phrases) {
    Utterance page{{}, Urgency::focus};
    const auto own = texts_of_widgets(tree);
    for (const Node* node : readable_nodes(tree)) {
        if (can_be_acted_on(*node)) {
            append(page.parts, parts_of(tree, *node, phrases));
        } else if (is_static_text(*node) && !own.contains(node->id)) {
            append(page.parts, static_parts_of(*node, phrases));
        } else if (node->role == Role::group || node->role == Role::radio_group || node->role == Role::alert) {
            append(page.parts, introduction_of(*node, phrases));
        }
    }
    page.parts.emplace_back(phrases.end_of_page, phrases.lang);
    return page;
}

Utterance current_item(const Tree& tree, const Phrases& phrases) {
    Utterance item{{}, Urgency::focus};
    if (const Node* node = find(tree, tree.focus); node != nullptr) {
        item.parts = focused_parts(tree, *node, NodeId::none, phrases);
    }
    return item;
}

Utterance spelled_item(const Tree& tree, const Phrases& phrases) {
    Utterance item{{}, Urgency::focus};
    const Node* node = find(tree, tree.focus);
    if (node == nullptr) {
        return item;
    }
    const bool by_value = node->role == Role::text_field && !node->value.empty();
    item.parts = spelled(by_value ? node->value : node->name, node->lang, phrases);
    if (by_value && (node->flags.has(Flag::private_text) || node->flags.has(Flag::masked))) {
        for (Part& part : item.parts) {
            part.privacy = node->flags.has(Flag::masked) ? Privacy::for_nobody : Privacy::for_one_person;
        }
        if (!item.parts.empty()) {
            item.parts.front().instead = phrases.hidden_answer;
        }
    }
    return item;
}

}  // namespace pillarbox::speech
