// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nobody is there: what this is, who asks, how long it takes, and every language by its own name.

#include "accessibility/messages/languages.hpp"
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

void languages_to_start_in(const Canvas& canvas) {
    widgets::ChoicesSpec spec{.key = "languages", .kind = widgets::ChoiceKind::one, .label = canvas.say("Language")};
    for (const auto& language : canvas.view.languages)
        spec.options.push_back({.key = language, .label = messages::own_name_of(language), .lang = language});
    if (const auto chosen = widgets::choices(canvas.ui, spec)) {
        canvas.emit(flow::Start{});
        canvas.emit(flow::ChooseLanguage{canvas.view.languages[*chosen]});
    }
}

}  // namespace

void draw_attract(const Canvas& canvas, const flow::AttractView& view) {
    page(canvas, {}, {.next_label = canvas.say("Start"), .next = flow::Start{}}, [&] {
        widgets::caption(canvas.ui, "committee", canvas.say(view.committee));
        widgets::heading(canvas.ui, "heading", canvas.say(view.invitation));
        say_paragraph(canvas, "title", view.title, widgets::Emphasis::strong);
        if (view.minutes > 0)
            say_paragraph(canvas, "minutes",
                          flow::message("It takes about {minutes} minutes.", {{"minutes", view.minutes}}));
        say_paragraph(canvas, "closes", flow::message("You can answer until {date}.", {{"date", view.closes}}));
        widgets::notice(canvas.ui, {"safety", widgets::NoticeKind::safety, {}, canvas.say(view.safety)});
        if (canvas.view.languages.size() > 1) {
            widgets::gap(canvas.ui);
            languages_to_start_in(canvas);
        }
    });
}

}  // namespace pillarbox::screens
