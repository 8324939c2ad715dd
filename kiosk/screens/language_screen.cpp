// SPDX-License-Identifier: GPL-3.0-or-later
//
// The language, and how the screen looks. The same choices are reached from every page later.
#include "accessibility/messages/languages.hpp"
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

void language_choices(const Canvas& canvas, const std::string& chosen) {
    widgets::ChoicesSpec spec{.key = "languages",
                              .kind = widgets::ChoiceKind::one,
                              .label = canvas.say("Language"),
                              .arrangement = widgets::Arrangement::grid};
    for (const auto& language : canvas.view.languages)
        spec.options.push_back({.key = language,
                                .label = messages::own_name_of(language),
                                .choice = language == chosen ? widgets::Choice::chosen : widgets::Choice::open,
                                .lang = language});
    if (const auto pressed = widgets::choices(canvas.ui, spec))
        canvas.emit(flow::ChooseLanguage{canvas.view.languages[*pressed]});
}

void draw_language(const Canvas& canvas, const flow::LanguageView& view) {
    const Footer footer{.next_label = canvas.say("Next"), .column = widgets::PageColumn::wide};
    page(canvas, {}, footer, [&] {
        widgets::heading(canvas.ui, "heading", canvas.say("Language and display"));
        language_choices(canvas, canvas.view.language);
        widgets::large_gap(canvas.ui);
        text_sizes(canvas);
        widgets::large_gap(canvas.ui);
        themes(canvas);
        widgets::large_gap(canvas.ui);
        safety_notice(canvas, view.safety);
    });
}

void draw_languages(const Canvas& canvas) {
    overlay_page(canvas, [&] {
        widgets::heading(canvas.ui, "heading", canvas.say("Change language"));
        language_choices(canvas, canvas.view.language);
    });
}

}  // namespace pillarbox::screens
