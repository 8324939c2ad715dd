// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/audit.hpp"

#include <cstdio>
#include <utility>

#include "accessibility/semantics/audit_parts.hpp"

namespace pillarbox::semantics {

AuditPage::AuditPage(const Tree& tree, const AuditSettings& settings) : tree_(tree), settings_(settings) {
    for (const Node& node : tree.nodes) {
        nodes_.emplace(node.id, &node);
    }
    for (const Node& node : tree.nodes) {
        const bool behind = tree.modal_root != NodeId::none && !is_within(node, tree.modal_root);
        if (!behind && !node.flags.has(Flag::hidden)) {
            met_.push_back(&node);
        }
    }
}

const Node* AuditPage::find(NodeId id) const {
    const auto found = nodes_.find(id);
    return found == nodes_.end() ? nullptr : found->second;
}

bool AuditPage::is_within(const Node& node, NodeId ancestor) const {
    for (const Node* up = &node; up != nullptr; up = find(up->parent)) {
        if (up->id == ancestor) {
            return true;
        }
    }
    return false;
}

void AuditPage::report(Check check, const Node& node, std::string detail) {
    findings_.push_back({check, node.id, node.key, std::move(detail)});
}

void AuditPage::measure(Measure measure, const Node& node, double value, double least) {
    auto& worst = worst_[static_cast<std::size_t>(measure)];
    Reading reading{measure, value, least, node.key};
    if (!worst || reading.margin() < worst->margin()) {
        worst = std::move(reading);
    }
}

AuditReport AuditPage::finish() {
    AuditReport report{std::move(findings_), {}};
    for (auto& reading : worst_) {
        if (reading) {
            report.worst.push_back(*std::move(reading));
        }
    }
    return report;
}

std::string figure(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

bool can_be_pressed(const Node& node) {
    return node.actions.has(Action::click) && !node.flags.has(Flag::disabled);
}

std::string_view name_of(Check check) {
    switch (check) {
        case Check::name_role_value:
            return "K02 name, role, value";
        case Check::unique_id:
            return "K02 unique id";
        case Check::label_in_name:
            return "K03 label in name";
        case Check::language:
            return "K08 language";
        case Check::capital_height:
            return "K11 capital height";
        case Check::clipped_text:
            return "K12 clipped text";
        case Check::contrast:
            return "K16 contrast";
        case Check::target_size:
            return "K18 target size";
        case Check::focus_order:
            return "K19 focus order";
        case Check::focus_visible:
            return "K20 focus visible";
        case Check::motion:
            return "K23 motion";
        case Check::consistency:
            return "K26 consistency";
        case Check::toggle_state:
            return "K29 toggle state";
        case Check::low_reach:
            return "K31 low reach";
        case Check::overlap:
            return "overlap";
    }
    return "";
}

std::string_view name_of(Measure measure) {
    switch (measure) {
        case Measure::text_contrast:
            return "contrast of text";
        case Measure::text_contrast_high:
            return "contrast of text, high contrast";
        case Measure::edge_contrast:
            return "contrast of an edge";
        case Measure::ring_contrast:
            return "contrast of the focus ring";
        case Measure::target:
            return "shorter side of a target, mm";
        case Measure::key:
            return "shorter side of a key, mm";
        case Measure::capital:
            return "capital H in large mode, mm";
        case Measure::text_room:
            return "text inside its box, mm";
    }
    return "";
}

AuditReport examine(const Tree& tree, const AuditSettings& settings) {
    if (tree.nodes.empty()) {
        return {};
    }
    AuditPage page(tree, settings);
    check_names(page);
    check_languages(page);
    check_text(page);
    check_contrast(page);
    check_targets(page);
    check_focus(page);
    check_stillness(page);
    check_overlaps(page);
    return page.finish();
}

std::vector<Finding> audit(const Tree& tree, const AuditSettings& settings) {
    return examine(tree, settings).findings;
}

std::string describe(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text.append(name_of(finding.check)).append(": ").append(finding.key).append(": ").append(finding.detail);
        text.append("\n");
    }
    return text;
}

}  // namespace pillarbox::semantics
