// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/page.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

constexpr std::string_view body_key = "body";
constexpr float line_share_min = 0.2F;   // below it the header gives way, too
constexpr float body_share_low = 0.38F;  // of the area that low reach leaves: else the footer ends the body
constexpr float body_share_min = 0.34F;  // of the window, else the footer gives way to a keyboard, or ends the body
constexpr float body_lines_min = 3.5F;   // where a script's lines are high, as in Urdu: else the footer ends the body

float window_width(const Ui& ui) {
    return static_cast<float>(ui.frame().width);
}
float column_width(Ui& ui) {
    return ui.page()->spec.column == PageColumn::wide ? ui.tokens().column_wide : ui.tokens().column;
}
float column_x(Ui& ui) {
    return (window_width(ui) - column_width(ui)) / 2;
}

// Header, footer and scroll buttons stand in the same places whatever column a page has.
float frame_width(const Ui& ui) {
    return ui.tokens().column_wide;
}
float frame_x(const Ui& ui) {
    return (window_width(ui) - frame_width(ui)) / 2;
}

// What a focus ring needs around a button, so that nothing else lies on it.
float ring_room(const Ui& ui) {
    return 2 * ui.tokens().focus_ring;
}

// Of running text, in the script of the page.
float line_height(Ui& ui) {
    return ui.layouter().measure(ui.frame().title, ui.style_of({.size_px = ui.tokens().body_px})).height;
}

// --- header ---

// What stands at the end of the header, from the edge inwards: in the same places on every page of a language and
// text size, whether or not the page has all of them.
struct HeaderButton {
    ButtonSpec spec;
    std::string name;
    PageAction action = PageAction::none;
    float width = 0;
};
using HeaderButtons = std::array<HeaderButton, 3>;

HeaderButtons plan_header(Ui& ui) {
    constexpr float share_max = 0.62F;  // of the frame, for the two that every page has
    const PageSpec& spec = ui.page()->spec;
    HeaderButtons buttons;
    auto& [help, access, language] = buttons;
    help.spec = {.key = "help", .label = spec.help_label, .icon = Icon::help};
    help.action = PageAction::help;
    access.spec = {.key = "accessibility", .label = spec.access_label, .icon = Icon::access};
    access.action = PageAction::accessibility;
    language.spec = {.key = "language", .label = spec.language_label, .icon = Icon::language};
    language.action = PageAction::language;
    for (HeaderButton& button : buttons) {
        button.spec.kind = ButtonKind::header;
        button.name = button.spec.label;
        button.width = button.name.empty() ? 0 : width_of_button(ui, button.spec);
    }
    // Large text leaves room for icons only; the names stay.
    const auto shorten = [&ui](HeaderButton& button) {
        if (button.width > 0) {
            button.spec.label.clear();
            button.width = width_of_button(ui, button.spec);
        }
    };
    if (help.width + access.width > share_max * frame_width(ui)) {
        shorten(help);
        shorten(access);
    }
    const float taken = help.width + access.width + ui.tokens().icon + ui.tokens().gap;
    if (language.width > frame_width(ui) - taken) {
        shorten(language);
    }
    return buttons;
}

float header_button_height(Ui& ui) {
    const PageSpec& spec = ui.page()->spec;
    const TextSpec text{.size_px = ui.tokens().help_px, .weight = text::Weight::semibold};
    float line = 0;
    for (const std::string* label : {&spec.brand, &spec.language_label, &spec.access_label, &spec.help_label}) {
        line = std::max(line, ui.layouter().measure(*label, ui.style_of(text)).height);
    }
    return std::max(ui.tokens().header_button_height_min, line + ui.tokens().gap_small);
}

float header_height(Ui& ui) {
    return std::max(ui.tokens().header_height_min, header_button_height(ui) + 2 * ui.tokens().gap_small);
}

void header_button(Ui& ui, const HeaderButton& button, const Rect& place) {
    if (button_at(ui, button.spec, place) == Press::activated) {
        ui.page()->action = button.action;
    }
    if (Node* node = ui.builder().find(ui.builder().id_of(button.spec.key)); node != nullptr) {
        node->name = button.name;
    }
}

void draw_header(Ui& ui, float top) {
    const Tokens& tokens = ui.tokens();
    const PageSpec& spec = ui.page()->spec;
    const float height = header_height(ui);
    const Rect bar{0, top, window_width(ui), height};
    ui.painter().fill(bar, ui.palette().header);
    if (ui.palette().header == ui.palette().page) {
        ui.painter().fill({bar.x, bar.bottom() - tokens.border, bar.width, tokens.border}, ui.palette().line);
    }
    ui.open_node("header", Role::header, bar);
    const float x = frame_x(ui);
    const TextSpec brand_spec{.size_px = tokens.help_px, .weight = text::Weight::bold};
    const float icon = tokens.icon;
    const auto brand = ui.lay_out(spec.brand, brand_spec, std::nullopt);
    const Rect brand_box{x + icon + tokens.gap_small, top + (height - brand->height()) / 2, brand->width(),
                         brand->height()};
    const Rect brand_place{x, brand_box.y, brand_box.right() - x, brand_box.height};
    if (!spec.brand.empty()) {
        ui.add_node("brand", Role::image, brand_place).name = spec.brand;
    }
    // Placed from the edge inwards, drawn in reading order.
    const HeaderButtons buttons = plan_header(ui);
    std::array<Rect, buttons.size()> places;
    const float button_height = header_button_height(ui);
    float end = x + frame_width(ui) + tokens.gap;
    for (std::size_t index = 0; index < buttons.size(); ++index) {
        end -= buttons.at(index).width + (index > 0 ? ring_room(ui) : 0);
        places.at(index) = {end, top + (height - button_height) / 2, buttons.at(index).width, button_height};
    }
    for (std::size_t index = buttons.size(); index-- > 0;) {
        if (buttons.at(index).width > 0) {
            header_button(ui, buttons.at(index), places.at(index));
        }
    }
    ui.painter().icon(Icon::sealed, {x, top + (height - icon) / 2, icon, icon}, ui.palette().on_header);
    if (brand_box.right() + tokens.gap < end) {
        ui.painter().text(*brand, brand_box, ui.palette().on_header);
        if (Node* node = ui.builder().find(ui.builder().id_of("brand")); node != nullptr) {
            ui.note_text(*node, *brand, brand_box, brand_spec, ui.palette().on_header, ui.palette().header);
        }
    }
    ui.close_node();
}

// --- progress ---

TextSpec progress_spec(const Ui& ui) {
    return {.size_px = ui.tokens().small_px, .weight = text::Weight::medium};
}

constexpr float progress_thickness = 12;  // design px

// A window that lies on its side has width to spare and no height.
bool label_is_beside(const Ui& ui) {
    return ui.tokens().rail > 0;
}

float progress_height(Ui& ui) {
    const ProgressSpec& progress = ui.page()->spec.progress;
    if (progress.step <= 0 || progress.steps <= 0) {
        return 0;
    }
    const Tokens& tokens = ui.tokens();
    const float text = ui.layouter().measure(progress.label, ui.style_of(progress_spec(ui)), column_width(ui)).height;
    if (label_is_beside(ui)) {
        return tokens.gap + text;
    }
    return tokens.gap * 1.2F + progress_thickness * tokens.unit + tokens.gap_small + text + tokens.gap_small;
}

void draw_progress(Ui& ui, float top, float height) {
    if (height <= 0) {
        return;
    }
    const Tokens& tokens = ui.tokens();
    const ProgressSpec& progress = ui.page()->spec.progress;
    const float thickness = progress_thickness * tokens.unit;
    const float gap = 8 * tokens.unit;
    const bool beside = label_is_beside(ui);
    const auto label = ui.lay_out(progress.label, progress_spec(ui), column_width(ui));
    const float label_width = label->text_rect().width + 1;
    const auto steps = static_cast<float>(progress.steps);
    const float bars = column_width(ui) - (beside ? label_width + tokens.gap : 0);
    const float width = (bars - gap * (steps - 1)) / steps;
    const float y = beside ? top + tokens.gap + (label->height() - thickness) / 2 : top + tokens.gap * 1.2F;
    // Too many steps to tell apart, as in a long form with repeats: then one line that grows.
    const bool one_line = width < gap;
    if (one_line) {
        const float share = static_cast<float>(progress.step) / steps;
        ui.painter().fill({column_x(ui), y, bars, thickness}, ui.palette().line, thickness / 2);
        ui.painter().fill({column_x(ui), y, bars * share, thickness}, ui.palette().brand, thickness / 2);
    }
    for (int step = 0; step < progress.steps && !one_line; ++step) {
        const Rect segment{column_x(ui) + static_cast<float>(step) * (width + gap), y, width, thickness};
        ui.painter().fill(segment, step < progress.step ? ui.palette().brand : ui.palette().line, thickness / 2);
    }
    const Rect below{column_x(ui), y + thickness + tokens.gap_small, column_width(ui), label->height()};
    // Laid out anew in its own width, so that it ends where the column ends whatever way it is read.
    const auto ending = ui.lay_out(progress.label, progress_spec(ui), label_width);
    const Rect after{column_x(ui) + column_width(ui) - label_width, top + tokens.gap, label_width, ending->height()};
    const Rect box = beside ? after : below;
    ui.painter().text(beside ? *ending : *label, box, ui.palette().ink_soft);
    Node& node = ui.add_node("progress", Role::progress, {column_x(ui), top, column_width(ui), height});
    node.name = progress.label;
    node.range = semantics::Range{static_cast<double>(progress.step), 0, static_cast<double>(progress.steps), 1};
    ui.note_text(node, beside ? *ending : *label, box, progress_spec(ui), ui.palette().ink_soft, ui.palette().page);
}

// --- footer ---

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

// The arrow alone, with its name for speech; and the other one, with words where there is room.
ButtonSpec scroll_back_button() {
    return {.key = "show-back", .kind = ButtonKind::link, .icon = Icon::up};
}
ButtonSpec scroll_on_button(const Ui& ui) {
    return {.key = "show-more", .label = ui.words().show_more, .kind = ButtonKind::link, .icon = Icon::down};
}

float scroll_hint_height(Ui& ui) {
    const ButtonSpec more = scroll_on_button(ui);
    const float width = column_width(ui) - 2 * (width_of_button(ui, scroll_back_button()) + ring_room(ui));
    return height_of_button(ui, more, width) + 2 * ring_room(ui) + ui.tokens().border;
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

}  // namespace

void begin_page(Ui& ui, PageSpec spec) {
    ui.page() = OpenPage{};
    OpenPage& page = *ui.page();
    page.spec = std::move(spec);
    const float width = window_width(ui);
    Rect area = ui.area();
    float header = header_height(ui);
    float progress = progress_height(ui);
    float footer = plan_footer(ui).height;
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
