// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/page.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/widgets/keyboard.hpp"
#include "kiosk/widgets/page_parts.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

constexpr float line_share_min = 0.2F;   // below it the header gives way, too
constexpr float body_share_low = 0.38F;  // of the area that low reach leaves: else the footer ends the body
constexpr float body_share_min = 0.34F;  // of the window, else the footer gives way to a keyboard, or ends the body
constexpr float body_lines_min = 3.5F;   // where a script's lines are high, as in Urdu: else the footer ends the body

// Of running text, in the script of the page.
float line_height(Ui& ui) {
    return ui.layouter().measure(ui.frame().title, ui.style_of({.size_px = ui.tokens().body_px})).height;
}

}  // namespace

float window_width(const Ui& ui) {
    return static_cast<float>(ui.frame().width);
}
float column_width(Ui& ui) {
    return ui.page()->spec.column == PageColumn::wide ? ui.tokens().column_wide : ui.tokens().column;
}
float column_x(Ui& ui) {
    return (window_width(ui) - column_width(ui)) / 2;
}

float frame_width(const Ui& ui) {
    return ui.tokens().column_wide;
}
float frame_x(const Ui& ui) {
    return (window_width(ui) - frame_width(ui)) / 2;
}

float ring_room(const Ui& ui) {
    return 2 * ui.tokens().focus_ring;
}

void begin_page(Ui& ui, PageSpec spec) {
    ui.page() = OpenPage{};
    OpenPage& page = *ui.page();
    page.spec = std::move(spec);
    const float width = window_width(ui);
    Rect area = ui.area();
    float header = header_height(ui);
    float progress = progress_height(ui);
    float footer = footer_height(ui);
    const float keyboard = keyboard_is_open(ui) ? height_of_keyboard(ui) : 0;
    if (keyboard > 0 && area.height - header - progress - footer - keyboard < area.height * body_share_min) {
        progress = 0;
        footer = 0;
    }
    // Large letters and a keyboard on a small display in low reach: the line being typed comes before all else.
    if (keyboard > 0 && area.height - header - keyboard < area.height * line_share_min) {
        header = 0;
    }
    // Large text in a low window, or in the lower part of one, would leave a line or two to read.
    const float body_share = ui.frame().reach == Reach::low ? body_share_low : body_share_min;
    const float body_min = std::max(area.height * body_share, body_lines_min * line_height(ui));
    const float hint_strip = ui.tokens().rail == 0 ? scroll_hint_height(ui) : 0;
    const bool crowded = keyboard == 0 && area.height - header - progress - footer - hint_strip < body_min;
    if (crowded) {
        page.footer_in_body = std::exchange(footer, 0.0F);
    }
    float viewport = area.height - header - progress - footer - keyboard;
    // Where large text leaves low reach no room to read in, the page takes back what it needs.
    const float lacking = std::clamp(area.height * line_share_min - viewport, 0.0F, area.y);
    if (keyboard == 0 && lacking > 0) {
        area.y -= lacking;
        area.height += lacking;
        viewport += lacking;
    }
    // Whether the strip is needed is judged without it, or it would come and go by turns.
    const bool overflows = ui.scroll_of(body_key).content_height() > viewport + 0.5F;
    const bool hint = overflows && keyboard == 0;
    const float top = area.y + header + progress;
    const float strip = hint ? hint_strip : 0;
    viewport -= strip;
    page.hint = {0, top + viewport, width, strip};
    page.keyboard = {0, page.hint.bottom(), width, keyboard};
    page.footer = {0, page.keyboard.bottom(), width, footer};
    if (hint && ui.tokens().rail > 0) {
        // Far enough from the column for the focus ring of a link that reaches out of it.
        const float beside = ui.tokens().gap + ui.tokens().gap_small;
        page.hint = {frame_x(ui) + frame_width(ui) + beside, top, ui.tokens().rail, viewport};
    }

    if (area.y > 0) {
        ui.painter().fill({0, 0, width, area.y}, ui.palette().surface_pressed);
    }
    if (header > 0) {
        draw_header(ui, area.y);
    }
    draw_progress(ui, area.y + header, progress);
    const Rect body{0, top, width, viewport};
    Node& main = ui.open_node("main", Role::main, body);
    if (ui.scroll_of(body_key).moving()) {
        main.flags.add(semantics::Flag::animated);
    }
    ui.open_scroll(body_key, body, {column_x(ui), top + ui.tokens().gap_large, column_width(ui)});
}

PageAction end_page(Ui& ui) {
    OpenPage& page = *ui.page();
    if (page.footer_in_body > 0) {
        ui.space(ui.tokens().gap);
        draw_footer(ui, {0, ui.flow().y, window_width(ui), page.footer_in_body});
        ui.space(page.footer_in_body);
    }
    ui.close_scroll(page.footer_in_body > 0 ? 0 : ui.tokens().gap_large);
    ui.close_node();
    if (page.hint.height > 0) {
        draw_scroll_hint(ui, page.hint);
    }
    if (page.keyboard.height > 0) {
        draw_keyboard(ui, page.keyboard);
    }
    if (page.footer.height > 0) {
        draw_footer(ui, page.footer);
    }
    ui.draw_overlays();
    const PageAction action = page.action;
    ui.page().reset();
    return action;
}

}  // namespace pillarbox::widgets
