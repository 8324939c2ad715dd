// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/live_regions.hpp"

#include <algorithm>
#include <set>

#include "accessibility/speech/item.hpp"
#include "accessibility/speech/reading_order.hpp"

namespace pillarbox::speech {
namespace {

using semantics::Live;
using semantics::Node;
using semantics::NodeId;
using semantics::Role;
using semantics::Tree;

bool same_words(const Node& first, const Node& second) {
    return first.name == second.name && first.value == second.value && first.description == second.description;
}

bool is_alert(const Node& node) {
    return node.role == Role::alert || (node.live == Live::assertive && node.role != Role::dialog);
}

bool is_status(const Node& node) {
    return node.role == Role::status || (node.live == Live::polite && !is_alert(node));
}

// A note that was not there: "If you work for LAS: ...", below the answer that was just chosen.
bool is_new_note(const Node& node, const Node* before) {
    return node.role == Role::note && before == nullptr;
}

}  // namespace

std::vector<Part> alert_parts(const Tree& tree, const Node& alert, const Phrases& phrases) {
    std::vector<Part> parts = static_parts_of(alert, phrases);
    for (const Node& node : tree.nodes) {
        if (node.id != alert.id && is_within(tree, node.id, alert.id) && !node.name.empty()) {
            parts.emplace_back(node.name, node.lang);
        }
    }
    return parts;
}

std::vector<Utterance> narrate_alerts(const Moment& moment, const Phrases& phrases) {
    std::vector<Utterance> utterances;
    const auto readable = readable_nodes(moment.after);
    for (const Node* node : readable) {
        const Node* before = find(moment.before, node->id);
        if (is_alert(*node) && (before == nullptr || !same_words(*before, *node))) {
            utterances.push_back({alert_parts(moment.after, *node, phrases), Urgency::assertive});
        }
    }
    if (!utterances.empty()) {
        return utterances;
    }
    for (const Node* node : readable) {
        const Node* before = find(moment.before, node->id);
        if (before != nullptr && !node->error.empty() && before->error != node->error) {
            utterances.push_back(
                {{Part(phrases.error, phrases.lang), Part(node->error, node->lang), Part(node->name, node->lang)},
                 Urgency::assertive});
        }
    }
    return utterances;
}

std::vector<Utterance> narrate_statuses(const Moment& moment, std::map<NodeId, std::chrono::milliseconds>& told,
                                        const Phrases& phrases) {
    std::vector<Utterance> utterances;
    for (const Node* node : readable_nodes(moment.after)) {
        const Node* before = find(moment.before, node->id);
        const bool changed = is_status(*node) && (before == nullptr || !same_words(*before, *node));
        if (!changed && !is_new_note(*node, before)) {
            continue;
        }
        const auto last = told.find(node->id);
        const bool soon = last != told.end() && moment.now - last->second < status_interval;
        if (soon && moment.person == Person::idle) {
            continue;
        }
        told[node->id] = moment.now;
        if (auto parts = static_parts_of(*node, phrases); !parts.empty()) {
            utterances.push_back({std::move(parts), Urgency::polite});
        }
    }
    return utterances;
}

}  // namespace pillarbox::speech
