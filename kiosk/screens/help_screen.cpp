// SPDX-License-Identifier: GPL-3.0-or-later
//
// Always one tap away: where real help is, how the screen works, and how to hide it from others.
#include "kiosk/flow/flow.hpp"
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

void section(const Canvas& canvas, const std::string& key, std::string_view heading, const flow::Text& text) {
    if (text.empty())
        return;
    widgets::gap(canvas.ui);
    widgets::heading(canvas.ui, key + "_heading", canvas.say(heading), 2);
    say_paragraph(canvas, key, text);
}

void tools(const Canvas& canvas) {
    using widgets::ButtonKind;
    widgets::gap(canvas.ui);
    action_button(canvas,
                  {.key = "open_accessibility",
                   .label = canvas.say("Accessibility"),
                   .kind = ButtonKind::secondary,
                   .icon = widgets::Icon::access},
                  flow::OpenAccessibility{});
    if (flow::is_at_rest(canvas.view.screen))
        return;  // nothing to cover
    widgets::gap(canvas.ui);
    action_button(canvas,
                  {.key = "hide",
                   .label = canvas.say("Cover the screen"),
                   .kind = ButtonKind::secondary,
                   .icon = widgets::Icon::hide},
                  flow::HideAnswers{});
}

}  // namespace

void draw_help(const Canvas& canvas, const flow::HelpView& view) {
    overlay_page(canvas, [&] {
        widgets::heading(canvas.ui, "heading", canvas.say("Help"));
        safety_notice(canvas, view.safety);
        tools(canvas);
        section(canvas, "using", "Using this screen",
                flow::message(
                    "Touch an answer to choose it. Touch Next to go on. You can skip a question by touching Next."));
        section(canvas, "others", "Other people", view.others);
        section(canvas, "withdrawal", "Withdrawing your answers", view.withdrawal);
        section(canvas, "complaints", "Questions and complaints", view.complaints);
    });
}

}  // namespace pillarbox::screens
