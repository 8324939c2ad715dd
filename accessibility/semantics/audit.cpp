// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/audit.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

namespace pillarbox::semantics {
namespace {

constexpr float slack_px = 2.0F;  // glyph boxes are rounded outwards
constexpr double keys_in_row_max = 17;
constexpr double mm_per_css_px = 25.4 / 96.0;

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

class Audit {
  public:
    explicit Audit(const Tree& tree) : tree_(tree) {}

    std::vector<Finding> run() {
        check_ids();
        for (const Node& node : tree_.nodes) {
            if (node.flags.has(Flag::hidden)) {
                continue;
            }
            check_name(node);
            check_references(node);
            check_text_box(node);
            check_contrast(node);
            check_target(node);
        }
        check_focus_order();
        check_focus_visible();
        return std::move(findings_);
    }

  private:
    void report(Check check, const Node& node, std::string detail) {
        findings_.push_back({check, node.id, node.key, std::move(detail)});
    }

    void check_ids() {
        std::set<NodeId> seen;
        for (const Node& node : tree_.nodes) {
            if (!seen.insert(node.id).second) {
                report(Check::unique_id, node, "Another node of this page has the same key.");
            }
        }
    }

    void check_name(const Node& node) {
        const bool may_be_nameless = node.role == Role::header || node.role == Role::main ||
                                     node.role == Role::footer || node.role == Role::list ||
                                     node.flags.has(Flag::decorative);
        if (node.name.empty() && !may_be_nameless) {
            report(Check::name_role_value, node, "A " + std::string(name_of(node.role)) + " has no name.");
        }
        const bool needs_state = node.role == Role::radio || node.role == Role::checkbox;
        if (needs_state && node.checked == Checked::none) {
            report(Check::name_role_value, node, "It can be chosen, but does not say whether it is.");
        }
        if (node.lang.empty()) {
            report(Check::name_role_value, node, "It has no language.");
        }
    }

    void check_references(const Node& node) {
        if (node.id != tree_.root && find(tree_, node.parent) == nullptr) {
            report(Check::name_role_value, node, "Its parent does not exist.");
        }
        for (const NodeId other : {node.labelled_by, node.described_by, node.error_of, node.controls}) {
            if (other != NodeId::none && find(tree_, other) == nullptr) {
                report(Check::name_role_value, node, "It refers to a node that does not exist.");
            }
        }
    }

    // Text must stay in its node's box. The box must be inside its clip, except where it can be scrolled there: then
    // only sideways counts, because nothing scrolls sideways.
    void check_text_box(const Node& node) {
        if (!node.visual.text) {
            return;
        }
        if (!node.rect.holds(*node.visual.text, slack_px)) {
            report(Check::clipped_text, node, "Its text reaches outside its box.");
        }
        const bool sideways =
            node.rect.x < node.clip.x - slack_px || node.rect.right() > node.clip.right() + slack_px;
        const bool scrolls = node.actions.has(Action::scroll_into_view);
        const bool upright =
            node.rect.y < node.clip.y - slack_px || node.rect.bottom() > node.clip.bottom() + slack_px;
        if (sideways || (upright && !scrolls)) {
            report(Check::clipped_text, node,
                   "It reaches outside the visible part of the page and can't be scrolled there.");
        }
    }

    [[nodiscard]] bool is_large_text(const Visual& visual) const {
        const double css_px = visual.font_px / tree_.px_per_mm / mm_per_css_px;
        return css_px >= (visual.weight == Weight::bold ? 18.66 : 24.0);
    }

    void check_contrast(const Node& node) {
        const Visual& visual = node.visual;
        const bool high = tree_.theme == Theme::high_contrast;
        const bool disabled = node.flags.has(Flag::disabled);  // WCAG 1.4.3 leaves inactive controls out
        if (visual.foreground && visual.background && !disabled) {
            const double ratio = contrast_ratio(*visual.foreground, *visual.background);
            const double least = high ? 7.0 : (is_large_text(visual) ? 3.0 : 4.5);
            if (ratio < least) {
                report(Check::contrast, node, "Text has " + number(ratio) + ":1, needs " + number(least) + ":1.");
            }
        }
        if (visual.border && visual.page && !disabled && contrast_ratio(*visual.border, *visual.page) < 3.0) {
            report(Check::contrast, node,
                   "Its edge has " + number(contrast_ratio(*visual.border, *visual.page)) + ":1, needs 3.0:1.");
        }
        if (visual.focus_ring && visual.page && contrast_ratio(*visual.focus_ring, *visual.page) < 3.0) {
            report(Check::contrast, node, "Its focus ring has less than 3:1.");
        }
    }

    void check_target(const Node& node) {
        if (!node.actions.has(Action::click) || node.flags.has(Flag::disabled)) {
            return;
        }
        const double smaller = std::min(node.rect.width, node.rect.height) / tree_.px_per_mm;
        // A row of the on-screen keyboard is as wide as the display, and no display can be made wider.
        const double share_of_row = tree_.window.width / tree_.px_per_mm / keys_in_row_max;
        const double least = node.role == Role::key ? std::min(target_mm_min, share_of_row) : target_mm_min;
        if (smaller < least) {
            report(Check::target_size, node, "It is " + number(smaller) + " mm, needs " + number(least) + " mm.");
        }
    }

    void check_focus_order() {
        const std::vector<NodeId> stops = arrow_stops(tree_);
        for (const NodeId id : std::set<NodeId>(stops.begin(), stops.end())) {
            if (std::ranges::count(stops, id) > 1) {
                report(Check::focus_order, *find(tree_, id), "The focus comes to it more than once.");
            }
        }
        for (const Node& node : tree_.nodes) {
            const bool acts = node.actions.has(Action::click) && !node.flags.has(Flag::disabled);
            if (acts && !node.flags.has(Flag::focusable)) {
                report(Check::focus_order, node, "It can be pressed but not focused.");
            }
        }
        if (tree_.focus != NodeId::none && find(tree_, tree_.focus) == nullptr) {
            report(Check::focus_order, tree_.nodes.front(), "The focus is on nothing.");
        }
    }

    void check_focus_visible() {
        const Node* focused = find(tree_, tree_.focus);
        if (focused == nullptr || !focused->visual.focus_ring) {
            return;
        }
        const Rect seen = focused->rect.intersected(focused->clip);
        if (seen.width <= 0 || seen.height <= 0) {
            report(Check::focus_visible, *focused, "It has the focus and can't be seen.");
        }
    }

    const Tree& tree_;
    std::vector<Finding> findings_;
};

}  // namespace

std::string_view name_of(Check check) {
    switch (check) {
        case Check::name_role_value:
            return "K02 name, role, value";
        case Check::unique_id:
            return "K02 unique id";
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
    }
    return "";
}

std::vector<Finding> audit(const Tree& tree) {
    return tree.nodes.empty() ? std::vector<Finding>() : Audit(tree).run();
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
