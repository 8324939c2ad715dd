// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/dialog.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

constexpr float bar_height = 16;  // design px
constexpr std::chrono::milliseconds fade_time{120};

struct DialogPlan {
    std::shared_ptr<const text::TextLayout> title;
    std::shared_ptr<const text::TextLayout> text;
    std::shared_ptr<const text::TextLayout> countdown;
    TextSpec title_spec;
    TextSpec text_spec;
    TextSpec countdown_spec;
    float width = 0;  // of its inside
    float height = 0;
    float buttons_height = 0;
    float icon = 0;  // beside the title
    float title_x = 0;
    float title_height = 0;
};

DialogPlan plan_dialog(Ui& ui, const DialogSpec& spec) {
    const Tokens& tokens = ui.tokens();
    DialogPlan plan;
    plan.width = std::min(tokens.column, 900 * tokens.text_unit) - 2 * tokens.gap_large;
    plan.title_spec = {.size_px = tokens.title_px, .weight = text::Weight::bold};
    plan.text_spec = {.size_px = tokens.body_px, .line_height = 1.3F};
    plan.countdown_spec = {.size_px = tokens.title_px, .weight = text::Weight::bold};
    plan.icon = spec.icon == Icon::none ? 0 : 76 * tokens.unit;
    plan.title_x = plan.icon > 0 ? plan.icon + tokens.gap : 0;
    plan.title = ui.lay_out(spec.title, plan.title_spec, plan.width - plan.title_x);
    plan.text = ui.lay_out(spec.text, plan.text_spec, plan.width);
    plan.countdown = ui.lay_out(spec.countdown, plan.countdown_spec, plan.width);
    plan.title_height = std::max(plan.icon, plan.title->height());
    plan.height = tokens.gap_large + plan.title_height + tokens.gap;
    plan.height += spec.text.empty() ? 0 : plan.text->height() + tokens.gap;
    plan.height += spec.countdown.empty()
                       ? 0
                       : plan.countdown->height() + tokens.gap_small + bar_height * tokens.unit + tokens.gap;
    plan.height += tokens.gap;
    for (const ButtonSpec& button : spec.buttons) {
        plan.buttons_height += height_of_button(ui, button, plan.width) + tokens.gap;
    }
    plan.buttons_height += tokens.gap;
    plan.height += plan.buttons_height;
    return plan;
}

void text_at(Ui& ui, const std::string& key, Role role, const text::TextLayout& layout, const TextSpec& spec,
             const std::string& text, const Rect& box) {
    ui.painter().text(layout, box, ui.palette().ink);
    Node& node = ui.add_node(key, role, box);
    node.name = text;
    ui.note_text(node, layout, box, spec, ui.palette().ink, ui.palette().surface);
}

void draw_title(Ui& ui, const DialogSpec& spec, const DialogPlan& plan) {
    const Rect row = ui.take(plan.title_height);
    if (plan.icon > 0) {
        const text::TextLine& first = plan.title->lines().front();
        const float title_top = row.y + (row.height - plan.title->height()) / 2;
        const float top = std::max(row.y, title_top + (first.rect.height - plan.icon) / 2);
        ui.painter().icon(spec.icon, {row.x, top, plan.icon, plan.icon}, ui.palette().brand);
    }
    text_at(ui, spec.key + ".title", Role::heading, *plan.title, plan.title_spec, spec.title,
            {row.x + plan.title_x, row.y + (row.height - plan.title->height()) / 2, row.width - plan.title_x,
             plan.title->height()});
    ui.space(ui.tokens().gap);
}

void draw_countdown(Ui& ui, const DialogSpec& spec, const DialogPlan& plan) {
    const Tokens& tokens = ui.tokens();
    const std::string key = spec.key + ".countdown";
    text_at(ui, key, Role::status, *plan.countdown, plan.countdown_spec, spec.countdown,
            ui.take(plan.countdown->height()));
    if (Node* status = ui.builder().find(ui.builder().id_of(key)); status != nullptr) {
        status->live = semantics::Live::polite;
    }
    ui.space(tokens.gap_small);
    // The same again for the eye alone; it steps with the seconds and never glides.
    const Rect bar = ui.take(bar_height * tokens.unit);
    const float left = std::clamp(spec.time_left, 0.0F, 1.0F);
    ui.painter().fill(bar, ui.palette().line, bar.height / 2);
    ui.painter().fill({bar.x, bar.y, std::max(bar.height, bar.width * left), bar.height}, ui.palette().brand,
                      bar.height / 2);
    ui.space(tokens.gap);
}

void draw_ground(Ui& ui, const Rect& panel) {
    const Tokens& tokens = ui.tokens();
    const Rect window{0, 0, static_cast<float>(ui.frame().width), static_cast<float>(ui.frame().height)};
    ui.painter().fill(window, ui.palette().veil);
    ui.painter().fill(panel, ui.palette().surface, tokens.radius * 1.3F);
    ui.painter().stroke(panel, ui.palette().control_border, tokens.radius * 1.3F, tokens.border);
}

// Short enough not to wait for, long enough to see that the page below is still there. It can be pressed from the
// first frame on.
enum class Fading { no, yes };
Fading fade_in(Ui& ui, std::string_view key) {
    const auto age = ui.age_of(key);
    if (ui.frame().motion == Motion::reduced || age >= fade_time) {
        return Fading::no;
    }
    ui.painter().set_opacity(static_cast<float>(age.count() + 1) / static_cast<float>(fade_time.count() + 1));
    ui.settle();
    return Fading::yes;
}

void draw_words(Ui& ui, const DialogSpec& spec, const DialogPlan& plan) {
    draw_title(ui, spec, plan);
    if (!spec.text.empty()) {
        text_at(ui, spec.key + ".text", Role::paragraph, *plan.text, plan.text_spec, spec.text,
                ui.take(plan.text->height()));
        ui.space(ui.tokens().gap);
    }
    if (!spec.countdown.empty()) {
        draw_countdown(ui, spec, plan);
    }
    ui.space(ui.tokens().gap);
}

void draw_buttons(Ui& ui, const DialogSpec& spec) {
    for (const ButtonSpec& spec_of_button : spec.buttons) {
        static_cast<void>(button(ui, spec_of_button));  // its press was answered by dialog()
    }
}

// In the middle of the page. Where large text makes it higher than that, the words scroll and the buttons stay in
// sight, unless they leave the words too little room.
void draw_parts(Ui& ui, const DialogSpec& spec, const DialogPlan& plan, const Rect& panel) {
    constexpr float words_share_min = 0.25F;
    const Tokens& tokens = ui.tokens();
    const Ui::Flow inside{panel.x + tokens.gap_large, panel.y + tokens.gap_large, plan.width};
    const float room = panel.height - plan.buttons_height;
    const bool together = room < words_share_min * panel.height;
    ui.open_scroll(spec.key, {panel.x, panel.y, panel.width, together ? panel.height : room}, inside);
    draw_words(ui, spec, plan);
    if (together) {
        draw_buttons(ui, spec);
        ui.close_scroll(tokens.gap);
        return;
    }
    ui.close_scroll(0);
    const Ui::Flow outer = std::exchange(ui.flow(), {inside.x, panel.y + room, inside.width});
    draw_buttons(ui, spec);
    ui.flow() = outer;
}

void draw_dialog(Ui& ui, const DialogSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const DialogPlan plan = plan_dialog(ui, spec);
    const Rect area = ui.area();
    const float outer = plan.width + 2 * tokens.gap_large;
    const float height = std::min(plan.height, area.height - 2 * tokens.gap);
    const Rect panel{(area.width - outer) / 2, area.y + (area.height - height) / 2, outer, height};
    ui.focus_on_arrival(spec.key, Ui::Arrival::takes_focus);
    const Fading fading = fade_in(ui, spec.key);
    draw_ground(ui, panel);

    Node& node = ui.open_node(spec.key, Role::dialog, panel);
    node.name = spec.title;
    node.description = spec.text;
    node.labelled_by = ui.builder().id_of(spec.key + ".title");
    if (!spec.text.empty()) {
        node.described_by = ui.builder().id_of(spec.key + ".text");
    }
    if (fading == Fading::yes) {
        node.flags.add(semantics::Flag::animated);
    }
    node.flags.add(semantics::Flag::modal);
    node.live = semantics::Live::assertive;
    node.actions.add(semantics::Action::focus);
    ui.builder().set_modal_root(node.id);

    draw_parts(ui, spec, plan, panel);
    ui.close_node();
    ui.painter().set_opacity(1);
}

}  // namespace

// What was pressed is known before the dialog is drawn, because presses belong to node ids; so the drawing can wait
// until the page below is complete.
std::optional<std::size_t> dialog(Ui& ui, const DialogSpec& spec) {
    ui.defer([spec](Ui& later) { draw_dialog(later, spec); });
    for (std::size_t index = 0; index < spec.buttons.size(); ++index) {
        if (ui.press_of(spec.buttons[index].key) == Press::activated) {
            return index;
        }
    }
    if (ui.input().escape_pressed() && !spec.buttons.empty()) {
        return 0;
    }
    return std::nullopt;
}

}  // namespace pillarbox::widgets
