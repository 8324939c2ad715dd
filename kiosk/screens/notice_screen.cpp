// SPDX-License-Identifier: GPL-3.0-or-later
//
// Before the first question: this is no way to get help, who asks, why, and what happens. Also its plainer form for
// under 18.
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

void sections(const Canvas& canvas, const flow::NoticeView& view) {
    for (std::size_t index = 0; index < view.sections.size(); ++index) {
        const auto key = "section_" + std::to_string(index);
        const auto& section = view.sections[index];
        widgets::heading(canvas.ui, key, canvas.say(section.heading), 2);
        for (std::size_t line = 0; line < section.paragraphs.size(); ++line)
            say_paragraph(canvas, key + "_" + std::to_string(line), section.paragraphs[line]);
        widgets::gap(canvas.ui);
    }
}

}  // namespace

void draw_notice(const Canvas& canvas, const flow::NoticeView& view) {
    const Footer footer{.next_label = canvas.say("I understand, continue"), .next = flow::Understand{}};
    page(canvas, {}, footer, [&] {
        widgets::heading(canvas.ui, "heading", canvas.say(view.heading));
        say_assistance(canvas);
        safety_notice(canvas, view.safety);
        widgets::gap(canvas.ui);
        sections(canvas, view);
        if (canvas.view.screen == flow::Screen::notice)
            action_button(
                canvas,
                {.key = "under_18", .label = canvas.say("I am under 18"), .kind = widgets::ButtonKind::secondary},
                flow::Under18{});
        widgets::gap(canvas.ui);
        action_button(canvas,
                      {.key = "decline", .label = canvas.say("No thanks"), .kind = widgets::ButtonKind::secondary},
                      flow::Decline{});
    });
}

}  // namespace pillarbox::screens
