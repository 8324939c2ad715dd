// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the checks share: the page under audit, and where their findings and readings go. One check, one function;
// each is pure but for what it adds here.
#pragma once

#include <array>
#include <map>
#include <string>

#include "accessibility/semantics/audit.hpp"

namespace pillarbox::semantics {

class AuditPage {
  public:
    AuditPage(const Tree& tree, const AuditSettings& settings);

    [[nodiscard]] const Tree& tree() const { return tree_; }
    [[nodiscard]] const AuditSettings& settings() const { return settings_; }
    [[nodiscard]] const Node* find(NodeId id) const;
    [[nodiscard]] bool is_within(const Node& node, NodeId ancestor) const;
    // What a person can meet now, in reading order: nothing hidden, and of a page under a dialog nothing.
    [[nodiscard]] const std::vector<const Node*>& met() const { return met_; }
    [[nodiscard]] double mm(double px) const { return px / tree_.px_per_mm; }

    void report(Check check, const Node& node, std::string detail);
    // Keeps the worst of each measure.
    void measure(Measure measure, const Node& node, double value, double least);
    [[nodiscard]] AuditReport finish();

  private:
    const Tree& tree_;
    const AuditSettings& settings_;
    std::map<NodeId, const Node*> nodes_;
    std::vector<const Node*> met_;
    std::vector<Finding> findings_;
    std::array<std::optional<Reading>, measure_count> worst_;
};

// A number with as many places as are needed to see what is wrong with it.
[[nodiscard]] std::string figure(double value);
[[nodiscard]] bool can_be_pressed(const Node& node);  // and is not disabled

void check_names(AuditPage& page);      // K02, K03, K29
void check_languages(AuditPage& page);  // K08
void check_text(AuditPage& page);       // K11, K12
void check_contrast(AuditPage& page);   // K16
void check_targets(AuditPage& page);    // K18, K31
void check_focus(AuditPage& page);      // K19, K20
void check_stillness(AuditPage& page);  // K23, of one moment
void check_overlaps(AuditPage& page);

}  // namespace pillarbox::semantics
