// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must be answered before anything else: "Stop and erase?" and "Are you still there?".
#include "kiosk/flow/flow.hpp"
#include "kiosk/screens/screen_list.hpp"
#include "kiosk/widgets/dialog.hpp"

namespace pillarbox::screens {

namespace {

using widgets::ButtonKind;

void draw_confirm_stop(const Canvas& canvas) {
    const widgets::DialogSpec spec{
        .key = "confirm_stop",
        .title = canvas.say("Stop and erase your answers?"),
        .text = canvas.say("Everything you have answered here will be erased. This cannot be undone."),
        .icon = widgets::Icon::erase,
        .countdown = {},
        .buttons = {{.key = "go_on", .label = canvas.say("No, go on"), .kind = ButtonKind::primary},
                    {.key = "erase", .label = canvas.say("Yes, stop and erase"), .kind = ButtonKind::danger}}};
    const auto pressed = widgets::dialog(canvas.ui, spec);
    if (pressed == 0U)
        canvas.emit(flow::CancelStop{});
    else if (pressed == 1U)
        canvas.emit(flow::ConfirmStop{});
}

void draw_confirm_remove(const Canvas& canvas, const flow::RemoveView& view) {
    const auto name = canvas.say(view.name);
    const widgets::DialogSpec spec{
        .key = "confirm_remove",
        .title = canvas.say(flow::message("Remove {name}?", {{"name", name}})),
        .text = canvas.say("What you have answered there will be erased."),
        .countdown = {},
        .buttons = {{.key = "keep", .label = canvas.say("No, keep it"), .kind = ButtonKind::primary},
                    {.key = "remove", .label = canvas.say("Yes, remove it"), .kind = ButtonKind::danger}}};
    const auto pressed = widgets::dialog(canvas.ui, spec);
    if (pressed == 0U)
        canvas.emit(flow::CancelRemove{});
    else if (pressed == 1U)
        canvas.emit(flow::ConfirmRemove{});
}

void draw_idle_warning(const Canvas& canvas, const flow::IdleView& view) {
    // Where there is no answer to lose.
    const bool kept = canvas.view.screen == flow::Screen::receipt || flow::is_at_rest(canvas.view.screen);
    const widgets::DialogSpec spec{
        .key = "idle_warning",
        .title = canvas.say("Are you still there?"),
        .text = canvas.say(kept ? "The screen will be cleared so that the next person cannot see it."
                                : "Your answers will be erased so that the next person cannot see them."),
        .icon = widgets::Icon::clock,
        .countdown = canvas.speaker.say_count("{count} second left", "{count} seconds left", view.seconds_left),
        .time_left = view.seconds_in_all == 0
                         ? 0
                         : static_cast<float>(view.seconds_left) / static_cast<float>(view.seconds_in_all),
        // One way out, since any input takes the warning away before a second button could be let go of.
        .buttons = {{.key = "more_time", .label = canvas.say("Yes, I need more time"), .kind = ButtonKind::primary}}};
    if (widgets::dialog(canvas.ui, spec).has_value())
        canvas.emit(flow::Activity{});
}

}  // namespace

void draw_dialog(const Canvas& canvas) {
    if (canvas.view.idle.has_value())
        draw_idle_warning(canvas, *canvas.view.idle);
    else if (canvas.view.overlay == flow::Overlay::confirm_stop)
        draw_confirm_stop(canvas);
    else if (canvas.view.remove.has_value())
        draw_confirm_remove(canvas, *canvas.view.remove);
}

}  // namespace pillarbox::screens
