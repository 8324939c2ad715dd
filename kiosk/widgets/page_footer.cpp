// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/page_parts.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

struct FooterPlan {
    ButtonSpec back;
    ButtonSpec next;
    ButtonSpec stop;
    float back_width = 0;
    float next_width = 0;
    float stop_width = 0;
    float row_height = 0;
    float next_height = 0;  // of a row of its own, above; 0: it stands beside Back
    float stop_height = 0;  // of a row of its own, above Back; 0: it stands between the others
    float height = 0;
};

FooterPlan plan_footer(Ui& ui) {
    const Tokens& tokens = ui.tokens();
    const PageSpec& spec = ui.page()->spec;
    FooterPlan plan;
    plan.back = {.key = "back", .label = spec.back_label, .kind = ButtonKind::secondary, .icon = Icon::back};
    plan.next = {.key = "next",
                 .label = spec.next_label,
                 .kind = ButtonKind::primary,
                 .icon = Icon::forward,
                 .availability = spec.next};
    plan.stop = {.key = "stop", .label = spec.stop_label, .kind = ButtonKind::link, .icon = Icon::close};
    const auto width_of = [&](const ButtonSpec& button, float least) {
        return button.label.empty() ? 0 : std::max(least * tokens.unit, width_of_button(ui, button));
    };
    plan.back_width = width_of(plan.back, 230);
    plan.next_width = width_of(plan.next, 290);
    plan.stop_width = width_of(plan.stop, 0);
    if (plan.back_width > 0 && plan.next_width > 0 &&
        plan.back_width + plan.next_width + tokens.gap > frame_width(ui)) {
        // Squeezed side by side, large text would break inside its words.
        plan.next_width = frame_width(ui);
        plan.next_height = height_of_button(ui, plan.next, plan.next_width);
    }
    plan.next_width = std::min(plan.next_width, frame_width(ui));
    plan.back_width = std::min(plan.back_width, frame_width(ui));
    for (const auto& [button, width] : {std::pair(&plan.back, plan.back_width),
                                        std::pair(&plan.next, plan.next_height > 0 ? 0.0F : plan.next_width)}) {
        if (width > 0) {
            plan.row_height = std::max(plan.row_height, height_of_button(ui, *button, width));
        }
    }
    if (plan.stop_width > 0) {
        plan.stop_width = std::min(plan.stop_width, frame_width(ui));
        const float beside = std::max(plan.back_width, plan.next_height > 0 ? 0.0F : plan.next_width);
        if (plan.row_height == 0 || plan.stop_width + 2 * (beside + tokens.gap_small) > frame_width(ui)) {
            plan.stop_height = height_of_button(ui, plan.stop, plan.stop_width);
        }
    }
    const float above = plan.next_height > 0 ? plan.next_height + tokens.gap_small : 0;
    const float content = above + plan.row_height + plan.stop_height;
    plan.height = content > 0 ? content + 2 * tokens.gap * 1.2F + (plan.stop_height > 0 ? tokens.gap_small : 0) : 0;
    return plan;
}

void footer_button(Ui& ui, const ButtonSpec& button, const Rect& place, PageAction action, IconSide side) {
    if (!button.label.empty() && button_at(ui, button, place, side) == Press::activated) {
        ui.page()->action = action;
    }
}

// The arrow alone, with its name for speech; and the other one, with words where there is room.
ButtonSpec scroll_back_button() {
    return {.key = "show-back", .kind = ButtonKind::link, .icon = Icon::up};
}

ButtonSpec scroll_on_button(const Ui& ui) {
    return {.key = "show-more", .label = ui.words().show_more, .kind = ButtonKind::link, .icon = Icon::down};
}

void scroll_button(Ui& ui, const ButtonSpec& button, const Rect& place, float distance, const std::string& name) {
    if (button_at(ui, button, place) == Press::activated) {
        ui.scroll_of(body_key).scroll_by(distance);
        ui.settle();
    }
    if (Node* node = ui.builder().find(ui.builder().id_of(button.key)); node != nullptr) {
        node->name = name;
    }
}

}  // namespace

void draw_footer(Ui& ui, const Rect& place) {
    const Tokens& tokens = ui.tokens();
    const FooterPlan plan = plan_footer(ui);
    ui.painter().fill(place, ui.palette().surface);
    ui.painter().fill({place.x, place.y, place.width, tokens.border}, ui.palette().line);
    ui.open_node("footer", Role::footer, place);
    const float x = frame_x(ui);
    const float top = place.y + tokens.gap * 1.2F;
    const bool stacked = plan.next_height > 0;
    // Whatever stands above them, Back and Next keep to the bottom, and "Stop and erase" to the middle.
    const float y = place.bottom() - tokens.gap * 1.2F - plan.row_height;
    const float right = x + frame_width(ui);
    const Rect next{right - plan.next_width, stacked ? top : y, plan.next_width,
                    stacked ? plan.next_height : plan.row_height};
    const bool stop_above = plan.stop_height > 0;
    const float above_back = plan.stop_height + (plan.row_height > 0 ? tokens.gap_small : 0);
    const Rect stop{x + (frame_width(ui) - plan.stop_width) / 2, stop_above ? y - above_back : y, plan.stop_width,
                    stop_above ? plan.stop_height : plan.row_height};
    const auto draw_next = [&] { footer_button(ui, plan.next, next, PageAction::next, IconSide::trailing); };
    const auto draw_stop = [&] { footer_button(ui, plan.stop, stop, PageAction::stop, IconSide::leading); };
    // In reading order: rows from above, each from where reading starts.
    if (stacked) {
        draw_next();
    }
    if (stop_above) {
        draw_stop();
    }
    footer_button(ui, plan.back, {x, y, plan.back_width, plan.row_height}, PageAction::back, IconSide::leading);
    if (!stop_above) {
        draw_stop();
    }
    if (!stacked) {
        draw_next();
    }
    ui.close_node();
}

float scroll_hint_height(Ui& ui) {
    const ButtonSpec more = scroll_on_button(ui);
    const float width = column_width(ui) - 2 * (width_of_button(ui, scroll_back_button()) + ring_room(ui));
    return height_of_button(ui, more, width) + 2 * ring_room(ui) + ui.tokens().border;
}

// Two buttons that scroll, for those who can't drag. They have a place of their own, so that they never cover an
// answer, and each stays in it: one that moved under the finger would be hit by mistake. Upright windows give them a
// strip below the body, others a rail beside it.
void draw_scroll_hint(Ui& ui, const Rect& place) {
    const Tokens& tokens = ui.tokens();
    const ScrollState& scroll = ui.scroll_of(body_key);
    const float step = scroll.viewport_height() * 0.85F;
    ButtonSpec back = scroll_back_button();
    ButtonSpec more = scroll_on_button(ui);
    Rect back_place;
    Rect more_place;
    if (tokens.rail > 0) {
        back.kind = more.kind = ButtonKind::secondary;
        more.label.clear();
        more_place = {place.x, place.bottom() - tokens.rail - tokens.gap_small, tokens.rail, tokens.rail};
        back_place = {place.x, more_place.y - tokens.rail - tokens.gap_small, tokens.rail, tokens.rail};
    } else {
        ui.painter().fill({place.x, place.y, place.width, tokens.border}, ui.palette().line);
        const float side = width_of_button(ui, back);
        const float room = ring_room(ui);
        const float top = place.y + tokens.border + room;
        const float height = place.height - tokens.border - 2 * room;
        back_place = {column_x(ui), top, side, height};
        more_place = {column_x(ui) + side + room, top, column_width(ui) - 2 * (side + room), height};
    }
    // Both presses are judged before either scrolls: what is at its end now is what was drawn.
    const bool at_start = scroll.at_start();
    const bool at_end = scroll.at_end();
    if (!at_start) {
        scroll_button(ui, back, back_place, -step, ui.words().show_back);
    }
    if (!at_end) {
        scroll_button(ui, more, more_place, step, ui.words().show_more);
    }
}

float footer_height(Ui& ui) {
    return plan_footer(ui).height;
}

}  // namespace pillarbox::widgets
