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

void header_button(Ui& ui, const HeaderButton& button, const Rect& place) {
    if (button_at(ui, button.spec, place) == Press::activated) {
        ui.page()->action = button.action;
    }
    if (Node* node = ui.builder().find(ui.builder().id_of(button.spec.key)); node != nullptr) {
        node->name = button.name;
    }
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

}  // namespace

float header_height(Ui& ui) {
    return std::max(ui.tokens().header_height_min, header_button_height(ui) + 2 * ui.tokens().gap_small);
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

}  // namespace pillarbox::widgets
