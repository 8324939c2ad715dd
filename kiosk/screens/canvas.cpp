// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/screens/canvas.hpp"

#include "accessibility/messages/languages.hpp"
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

using flow::Screen;

bool offers_languages(const flow::ViewModel& view) {
    return view.languages.size() > 1 && view.screen != Screen::attract && view.screen != Screen::language &&
           view.screen != Screen::sending;
}

// Up to and with the first mark that ends a sentence in any of the languages; all of it where there is none.
std::string first_sentence(const std::string& words) {
    auto end = words.size();
    for (const std::string_view mark : {". ", "। ", "۔ ", "。 ", "! "})
        if (const auto at = words.find(mark); at != std::string::npos)
            end = std::min(end, at + mark.size() - 1);
    return words.substr(0, end);
}

void finish_page(const Canvas& canvas, const Footer& footer) {
    switch (widgets::end_page(canvas.ui)) {
        case widgets::PageAction::none:
            break;
        case widgets::PageAction::language:
            canvas.emit(flow::OpenLanguages{});
            break;
        case widgets::PageAction::accessibility:
            canvas.emit(flow::OpenAccessibility{});
            break;
        case widgets::PageAction::help:
            canvas.emit(flow::OpenHelp{});
            break;
        case widgets::PageAction::back:
            canvas.emit(footer.back);
            break;
        case widgets::PageAction::next:
            canvas.emit(footer.next);
            break;
        case widgets::PageAction::stop:
            canvas.emit(flow::AskStop{});
            break;
    }
}

}  // namespace

void page(const Canvas& canvas, widgets::ProgressSpec progress, const Footer& footer,
          const std::function<void()>& body) {
    widgets::PageSpec spec;
    spec.column = footer.column;
    spec.brand = "Pillarbox";
    if (offers_languages(canvas.view))
        spec.language_label = messages::own_name_of(canvas.view.language);
    spec.access_label = canvas.say("Accessibility");
    spec.help_label = canvas.say("Help");
    spec.progress = std::move(progress);
    if (canvas.view.can_go_back)
        spec.back_label = canvas.say("Back");
    spec.next_label = footer.next_label;
    if (canvas.view.can_stop)
        spec.stop_label = canvas.say("Stop and erase");
    widgets::begin_page(canvas.ui, std::move(spec));
    body();
    draw_dialog(canvas);
    finish_page(canvas, footer);
}

void overlay_page(const Canvas& canvas, const std::function<void()>& body, widgets::PageColumn column) {
    widgets::PageSpec spec;
    spec.column = column;
    spec.brand = "Pillarbox";
    if (canvas.view.overlay != flow::Overlay::accessibility)
        spec.access_label = canvas.say("Accessibility");
    if (canvas.view.overlay != flow::Overlay::help)
        spec.help_label = canvas.say("Help");
    spec.back_label = canvas.say("Back");
    widgets::begin_page(canvas.ui, std::move(spec));
    body();
    draw_dialog(canvas);
    finish_page(canvas, {.next_label = {}, .next = flow::CloseOverlay{}, .back = flow::CloseOverlay{}});
}

void say_paragraph(const Canvas& canvas, std::string_view key, const flow::Text& text, widgets::Emphasis emphasis) {
    if (!text.empty())
        widgets::paragraph(canvas.ui, key, canvas.say(text), emphasis);
}

void safety_notice(const Canvas& canvas, const flow::Text& text) {
    const auto words = canvas.say(text);
    if (words.empty())
        return;
    const auto first = first_sentence(words);
    const auto rest = words.substr(std::min(words.size(), first.size() + 1));
    const bool one = rest.empty();
    widgets::notice(canvas.ui,
                    {"safety", widgets::NoticeKind::safety, one ? std::string{} : first, one ? words : rest});
}

void say_assistance(const Canvas& canvas) {
    const auto tell = [&canvas](std::string_view title, std::string_view text) {
        widgets::notice(canvas.ui, {"assistance", widgets::NoticeKind::info, canvas.say(title), canvas.say(text)});
    };
    switch (canvas.view.assistance) {
        case flow::Assistance::none:
            break;
        case flow::Assistance::reading_or_typing:
            tell("A member of staff is helping", "That somebody helped is kept with the answers.");
            break;
        case flow::Assistance::from_paper:
            tell("A member of staff is copying paper forms", "This is kept with the answers.");
            break;
    }
}

void reveal_button(const Canvas& canvas) {
    if (canvas.view.preferences.answers == flow::AnswerDisplay::plain)
        return;
    const bool hidden = canvas.view.hides_answers;
    action_button(canvas,
                  {.key = "reveal",
                   .label = canvas.say(hidden ? "Show my answers" : "Hide my answers"),
                   .kind = widgets::ButtonKind::link,
                   .icon = hidden ? widgets::Icon::show : widgets::Icon::hide},
                  flow::RevealAnswers{});
}

void action_button(const Canvas& canvas, const widgets::ButtonSpec& spec, flow::Event event) {
    if (widgets::button(canvas.ui, spec) == widgets::Press::activated)
        canvas.emit(std::move(event));
}

}  // namespace pillarbox::screens
