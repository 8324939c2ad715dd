// SPDX-License-Identifier: GPL-3.0-or-later
//
// K11, K12 and K16: what can be read.
#include <algorithm>

#include "accessibility/semantics/audit_parts.hpp"

namespace pillarbox::semantics {
namespace {

constexpr float slack_px = 2.0F;  // glyph boxes are rounded outwards
constexpr double mm_per_css_px = 25.4 / 96.0;
constexpr double edge_contrast_min = 3.0;

// How far the text stays inside the nearest edge of its box; below zero it reaches outside.
float room_of(const Rect& box, const Rect& text) {
    return std::min({text.x - box.x, text.y - box.y, box.right() - text.right(), box.bottom() - text.bottom()});
}

// Text must stay in its node's box. The box must be inside its clip, except where it can be scrolled there: then only
// sideways counts, because nothing scrolls sideways.
void check_box(AuditPage& page, const Node& node) {
    const float room = room_of(node.rect, *node.visual.text);
    page.measure(Measure::text_room, node, page.mm(room), 0);
    if (room < -slack_px) {
        page.report(Check::clipped_text, node, "Its text reaches " + figure(-page.mm(room)) + " mm outside its box.");
    }
    const bool sideways = node.rect.x < node.clip.x - slack_px || node.rect.right() > node.clip.right() + slack_px;
    const bool scrolls = node.actions.has(Action::scroll_into_view);
    const bool upright = node.rect.y < node.clip.y - slack_px || node.rect.bottom() > node.clip.bottom() + slack_px;
    if (sideways || (upright && !scrolls)) {
        page.report(Check::clipped_text, node,
                    "It reaches outside the visible part of the page and can't be scrolled there.");
    }
}

void check_capital(AuditPage& page, const Node& node) {
    if (page.tree().text_scale < large_mode_scale || node.visual.capital_px <= 0) {
        return;
    }
    const double height = page.mm(node.visual.capital_px);
    const double fits_key = page.mm(std::min(node.rect.width, node.rect.height)) * letter_in_key_share;
    const double least = node.role == Role::key ? std::min(capital_mm_min, fits_key) : capital_mm_min;
    page.measure(Measure::capital, node, height, least);
    if (height < least - 0.05) {
        page.report(Check::capital_height, node,
                    "A capital is " + figure(height) + " mm high, needs " + figure(least) + " mm.");
    }
}

bool is_large(const AuditPage& page, const Visual& visual) {
    const double css_px = page.mm(visual.font_px) / mm_per_css_px;
    return css_px >= (visual.weight == Weight::bold ? 18.66 : 24.0);
}

void check_text_contrast(AuditPage& page, const Node& node) {
    const Visual& visual = node.visual;
    const bool high = page.tree().theme == Theme::high_contrast;
    const double ratio = contrast_ratio(*visual.foreground, *visual.background);
    const double least = high ? 7.0 : (is_large(page, visual) ? 3.0 : 4.5);
    page.measure(high ? Measure::text_contrast_high : Measure::text_contrast, node, ratio, least);
    if (ratio < least) {
        page.report(Check::contrast, node, "Text has " + figure(ratio) + ":1, needs " + figure(least) + ":1.");
    }
}

void check_edge(AuditPage& page, const Node& node, Measure measure, Colour edge, std::string_view what) {
    const double ratio = contrast_ratio(edge, *node.visual.page);
    page.measure(measure, node, ratio, edge_contrast_min);
    if (ratio < edge_contrast_min) {
        page.report(
            Check::contrast, node,
            "Its " + std::string(what) + " has " + figure(ratio) + ":1, needs " + figure(edge_contrast_min) + ":1.");
    }
}

}  // namespace

void check_text(AuditPage& page) {
    for (const Node& node : page.tree().nodes) {
        if (node.visual.text && !node.flags.has(Flag::hidden)) {
            check_box(page, node);
            check_capital(page, node);
        }
    }
}

void check_contrast(AuditPage& page) {
    for (const Node& node : page.tree().nodes) {
        const Visual& visual = node.visual;
        if (node.flags.has(Flag::hidden)) {
            continue;
        }
        const bool disabled = node.flags.has(Flag::disabled);  // WCAG 1.4.3 leaves inactive controls out
        if (visual.foreground && visual.background && !disabled) {
            check_text_contrast(page, node);
        }
        if (visual.border && visual.page && !disabled) {
            check_edge(page, node, Measure::edge_contrast, *visual.border, "edge");
        }
        if (visual.focus_ring && visual.page) {
            check_edge(page, node, Measure::ring_contrast, *visual.focus_ring, "focus ring");
        }
    }
}

}  // namespace pillarbox::semantics
