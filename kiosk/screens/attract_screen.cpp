// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nobody is there: who asks, what about, how long it takes, that this is no way to get help, and every language by
// its own name as a button that starts.

#include "accessibility/messages/languages.hpp"
#include "kiosk/screens/screen_list.hpp"
#include "kiosk/widgets/hero.hpp"

namespace pillarbox::screens {

namespace {

widgets::HeroSpec invitation(const Canvas& canvas, const flow::AttractView& view) {
    widgets::HeroSpec hero{.caption_key = "committee",
                           .caption = canvas.say(view.committee),
                           .heading = canvas.say(view.invitation),
                           .title_key = "title",
                           .title = canvas.say(view.title),
                           .points_key = "themes",
                           .points_label = canvas.say("What we are asking about")};
    if (view.minutes > 0)
        hero.facts.push_back({"minutes", widgets::Icon::clock,
                              canvas.say(flow::message("About {minutes} minutes", {{"minutes", view.minutes}}))});
    hero.facts.push_back(
        {"closes", widgets::Icon::calendar, canvas.say(flow::message("Open until {date}", {{"date", view.closes}}))});
    for (const auto& theme : view.themes)
        hero.points.push_back(canvas.say(theme));
    return hero;
}

void languages_to_start_in(const Canvas& canvas) {
    if (canvas.view.languages.size() < 2)
        return;
    widgets::ChoicesSpec spec{.key = "languages",
                              .kind = widgets::ChoiceKind::actions,
                              .label = canvas.say("Choose your language"),
                              .arrangement = widgets::Arrangement::grid};
    for (const auto& language : canvas.view.languages)
        spec.options.push_back({.key = language, .label = messages::own_name_of(language), .lang = language});
    if (const auto chosen = widgets::choices(canvas.ui, spec)) {
        canvas.emit(flow::Start{});
        canvas.emit(flow::ChooseLanguage{canvas.view.languages[*chosen]});
    }
}

}  // namespace

void draw_attract(const Canvas& canvas, const flow::AttractView& view) {
    const Footer footer{
        .next_label = canvas.say("Start"), .next = flow::Start{}, .column = widgets::PageColumn::wide};
    page(canvas, {}, footer, [&] {
        widgets::hero(canvas.ui, invitation(canvas, view), [&] {
            say_assistance(canvas);
            languages_to_start_in(canvas);
            safety_notice(canvas, view.safety);
        });
    });
}

}  // namespace pillarbox::screens
