// SPDX-License-Identifier: GPL-3.0-or-later
//
// K18, K19, K20, K31 and overlap: what can be pressed and focused, and whether anything is in the way.
#include <algorithm>
#include <cmath>
#include <set>

#include "accessibility/semantics/audit_parts.hpp"

namespace pillarbox::semantics {
namespace {

constexpr double keys_in_row_max = 17;
constexpr float ring_slack_px = 2.0F;
constexpr float overlap_slack_px =
    3.0F;  // glyph boxes are rounded outwards, and marks of neighbouring lines may touch

std::string size_of(const Rect& rect) {
    return std::to_string(std::lround(rect.width)) + " x " + std::to_string(std::lround(rect.height)) + " px";
}

std::string where_is(const Rect& rect) {
    return size_of(rect) + " from " + std::to_string(std::lround(rect.x)) + ", " +
           std::to_string(std::lround(rect.y));
}

void check_target(AuditPage& page, const Node& node) {
    const bool is_key = node.role == Role::key;
    const double smaller = page.mm(std::min(node.rect.width, node.rect.height));
    // A row of the on-screen keyboard is as wide as the display, and no display can be made wider.
    const double share_of_row = page.mm(page.tree().window.width) / keys_in_row_max;
    const double least = is_key ? std::min(target_mm_min, share_of_row) : target_mm_min;
    page.measure(is_key ? Measure::key : Measure::target, node, smaller, least);
    if (smaller < std::min(target_mm_hard, least)) {
        page.report(Check::target_size, node,
                    "It is " + figure(smaller) + " mm: less than the 24 px (" + figure(target_mm_hard) +
                        " mm) that WCAG 2.5.8 asks for, needs " + figure(least) + " mm.");
    } else if (smaller < least) {
        page.report(Check::target_size, node, "It is " + figure(smaller) + " mm, needs " + figure(least) + " mm.");
    }
}

void check_low_reach(AuditPage& page, const Node& node) {
    const Rect& window = page.tree().window;
    const float share = window.height > window.width ? low_reach_upright_share : low_reach_lying_share;
    const float top = window.y + window.height * share;
    const Rect seen = node.rect.intersected(node.clip);
    if (page.tree().reach == Reach::low && seen.height > 0 && seen.y < top - ring_slack_px) {
        page.report(Check::low_reach, node,
                    "It starts " + figure(page.mm(top - seen.y)) + " mm above the part that low reach allows.");
    }
}

void check_stops(AuditPage& page) {
    const std::vector<NodeId> stops = arrow_stops(page.tree());
    for (const NodeId id : std::set<NodeId>(stops.begin(), stops.end())) {
        if (std::ranges::count(stops, id) > 1) {
            page.report(Check::focus_order, *page.find(id), "The focus comes to it more than once.");
        }
    }
    for (const Node& node : page.tree().nodes) {
        if (can_be_pressed(node) && !node.flags.has(Flag::focusable)) {
            page.report(Check::focus_order, node, "It can be pressed but not focused.");
        }
    }
    if (page.tree().focus != NodeId::none && page.find(page.tree().focus) == nullptr) {
        page.report(Check::focus_order, page.tree().nodes.front(), "The focus is on nothing.");
    }
}

// What hides what was drawn before it: the ground of a part of the page, or of something that can be pressed.
bool hides(const Node& node) {
    return node.role == Role::header || node.role == Role::footer || node.role == Role::keyboard ||
           node.role == Role::dialog || can_be_pressed(node);
}

void check_ring(AuditPage& page, const Node& focused) {
    const Rect& ring = *focused.visual.ring;
    const Rect& clip = focused.clip;
    const bool sideways = ring.x < clip.x - ring_slack_px || ring.right() > clip.right() + ring_slack_px;
    const bool above = ring.y < clip.y - ring_slack_px;
    const bool below = ring.bottom() > clip.bottom() + ring_slack_px;
    // Where the ring is higher than its place its sides must do, along as much of the node as can be seen.
    const float seen = focused.rect.intersected(clip).height;
    const bool most = seen >= std::min(focused.rect.height, clip.height) - ring_slack_px;
    const bool upright = ring.height > clip.height ? !most : above || below;
    // Of a field it is the line being typed that must be seen.
    if (sideways || (upright && focused.role != Role::text_field)) {
        page.report(Check::focus_visible, focused,
                    "Its focus ring is cut: it lies at " + where_is(ring) + ", and " + where_is(clip) + " is seen.");
    }
    bool later = false;
    for (const Node* node : page.met()) {
        later = later || node == &focused;
        if (!later || node == &focused || !hides(*node) || page.is_within(*node, focused.id)) {
            continue;
        }
        const Rect over = ring.intersected(clip).intersected(node->rect.intersected(node->clip));
        if (over.width > ring_slack_px && over.height > ring_slack_px) {
            page.report(Check::focus_visible, focused,
                        node->key + " lies over its focus ring, by " + size_of(over) + ".");
        }
    }
}

void check_focused(AuditPage& page) {
    const Node* focused = page.find(page.tree().focus);
    if (focused == nullptr || !focused->flags.has(Flag::focusable)) {
        return;  // a heading or a dialog, where reading starts
    }
    const bool drawn = focused->visual.focus_ring && focused->visual.ring;
    if (!drawn) {
        if (page.tree().focus_mark == FocusMark::drawn) {
            page.report(Check::focus_visible, *focused, "Keys are in use, it has the focus, and no ring is drawn.");
        }
        return;
    }
    const Rect seen = focused->rect.intersected(focused->clip);
    if (seen.width <= 0 || seen.height <= 0) {
        page.report(Check::focus_visible, *focused,
                    "It has the focus and can't be seen: it lies at " + where_is(focused->rect) + ", and " +
                        where_is(focused->clip) + " is seen.");
        return;
    }
    check_ring(page, *focused);
}

// Nodes that scroll together are compared where they lie, seen or not; others only where they are seen.
Rect shared(const Node& first, Rect one, const Node& second, Rect other) {
    if (!(first.clip == second.clip)) {
        one = one.intersected(first.clip);
        other = other.intersected(second.clip);
    }
    const Rect both = one.intersected(other);
    return both.width > overlap_slack_px && both.height > overlap_slack_px ? both : Rect{};
}

// A group that was opened over the page, such as the relatives of a letter: it lies on what is below on purpose.
NodeId layer_of(const AuditPage& page, const Node& node) {
    for (const Node* up = &node; up != nullptr; up = page.find(up->parent)) {
        if (up->role == Role::group && up->flags.has(Flag::expanded)) {
            return up->id;
        }
    }
    return NodeId::none;
}

bool is_target(const Node& node) {
    return node.actions.has(Action::click);
}

void check_pair(AuditPage& page, const Node& first, const Node& second) {
    const auto compare = [&](const Rect& one, const Rect& other, std::string_view what) {
        if (const Rect both = shared(first, one, second, other); both.width > 0) {
            page.report(Check::overlap, first, std::string(what) + " " + second.key + " by " + size_of(both));
        }
    };
    if (is_target(first) && is_target(second)) {
        compare(first.rect, second.rect, "as a target lies on");
    }
    if (first.visual.text && second.visual.text) {
        compare(*first.visual.text, *second.visual.text, "has text that lies on that of");
    }
    if (first.visual.text && is_target(second)) {
        compare(*first.visual.text, second.rect, "has text under the target");
    }
    if (second.visual.text && is_target(first)) {
        compare(first.rect, *second.visual.text, "as a target lies on the text of");
    }
}

}  // namespace

void check_targets(AuditPage& page) {
    for (const Node& node : page.tree().nodes) {
        if (can_be_pressed(node) && !node.flags.has(Flag::hidden)) {
            check_target(page, node);
        }
    }
    for (const Node* node : page.met()) {
        if (can_be_pressed(*node)) {
            check_low_reach(page, *node);
        }
    }
}

void check_focus(AuditPage& page) {
    check_stops(page);
    check_focused(page);
}

void check_overlaps(AuditPage& page) {
    const auto& nodes = page.met();
    for (std::size_t first = 0; first < nodes.size(); ++first) {
        if (!is_target(*nodes[first]) && !nodes[first]->visual.text) {
            continue;
        }
        for (std::size_t second = first + 1; second < nodes.size(); ++second) {
            const bool family =
                page.is_within(*nodes[second], nodes[first]->id) || page.is_within(*nodes[first], nodes[second]->id);
            if (!family && layer_of(page, *nodes[first]) == layer_of(page, *nodes[second])) {
                check_pair(page, *nodes[first], *nodes[second]);
            }
        }
    }
}

}  // namespace pillarbox::semantics
