// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/screens/screens.hpp"

#include "accessibility/input/keyboard_layout.hpp"
#include "accessibility/messages/languages.hpp"
#include "accessibility/messages/numbers.hpp"
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};

void draw_screen(const Canvas& canvas) {
    std::visit(Overloaded{[&](const flow::AttractView& view) { draw_attract(canvas, view); },
                          [&](const flow::MessageView& view) { draw_message(canvas, view); },
                          [&](const flow::LanguageView& view) { draw_language(canvas, view); },
                          [&](const flow::NoticeView& view) { draw_notice(canvas, view); },
                          [&](const flow::PageView& view) { draw_form_page(canvas, view); },
                          [&](const flow::CheckView& view) { draw_check(canvas, view); },
                          [&](const flow::ReceiptView& view) { draw_receipt(canvas, view); }},
               canvas.view.body);
}

void draw_all(const Canvas& canvas) {
    switch (canvas.view.overlay) {
        case flow::Overlay::help:
            draw_help(canvas, *canvas.view.help);
            break;
        case flow::Overlay::languages:
            draw_languages(canvas);
            break;
        case flow::Overlay::accessibility:
            draw_accessibility(canvas);
            break;
        case flow::Overlay::curtain:
            draw_curtain(canvas);
            break;
        case flow::Overlay::none:
        case flow::Overlay::confirm_remove:
        case flow::Overlay::confirm_stop:
        case flow::Overlay::idle_warning:
            draw_screen(canvas);
            break;
    }
}

// The page's heading: what the window is called.
std::string title_of(const flow::ViewModel& view, const Speaker& speaker) {
    return std::visit(Overloaded{[&](const flow::AttractView& body) { return speaker.say(body.invitation); },
                                 [&](const flow::MessageView& body) { return speaker.say(body.heading); },
                                 [&](const flow::LanguageView&) { return speaker.say("Language and display"); },
                                 [&](const flow::NoticeView& body) { return speaker.say(body.heading); },
                                 [&](const flow::PageView& body) { return speaker.say(body.heading); },
                                 [&](const flow::CheckView&) { return speaker.say("Check your answers"); },
                                 [&](const flow::ReceiptView&) { return speaker.say("Thank you"); }},
                      view.body);
}

}  // namespace

double text_scale_of(flow::TextSize size) {
    switch (size) {
        case flow::TextSize::standard:
            return 1.0;
        case flow::TextSize::large:
            return 1.5;
        case flow::TextSize::largest:
            return 2.0;
    }
    return 1.0;
}

semantics::Theme theme_of(flow::Theme theme) {
    switch (theme) {
        case flow::Theme::light:
            return semantics::Theme::light;
        case flow::Theme::dark:
            return semantics::Theme::dark;
        case flow::Theme::high_contrast:
            return semantics::Theme::high_contrast;
        case flow::Theme::low_contrast:
            return semantics::Theme::low_contrast;
    }
    return semantics::Theme::light;
}

text::Face face_of(flow::Font font) {
    return font == flow::Font::readable ? text::Face::readable : text::Face::standard;
}

widgets::Words words_of(const messages::Messages& messages, std::string_view language) {
    // The struct's own words are the message ids.
    widgets::Words words;
    for (auto* word :
         {&words.show_more,    &words.show_back,  &words.keyboard,     &words.key_shift,   &words.key_delete,
          &words.key_space,    &words.key_return, &words.key_symbols,  &words.key_letters, &words.key_layout,
          &words.key_variants, &words.key_undo,   &words.key_capitals, &words.key_done,    &words.error_heading,
          &words.error_prefix, &words.close,      &words.not_answered, &words.less,        &words.more,
          &words.key_minus,    &words.key_point})
        *word = messages.text(language, *word);
    words.figures.clear();
    for (std::uint64_t figure = 0; figure < 10; ++figure)
        words.figures += messages::format_number(language, figure);
    words.decimal_point = messages::decimal_point_of(language);
    if (input::own_letters_of(language) == input::OwnLetters::missing)
        words.letters_missing = messages.text(
            language, "This screen can't write Chinese characters yet. Please write in pinyin or in English.");
    return words;
}

FrameLook look_of(const flow::ViewModel& view, const messages::Messages& messages) {
    const Speaker speaker(messages, view.language);
    const bool mirrored = messages::direction_of(view.language) == messages::TextDirection::right_to_left;
    return {
        .page_key = view.page_key,
        .title = title_of(view, speaker),
        .language = view.language,
        .direction = mirrored ? text::Direction::right_to_left : text::Direction::left_to_right,
        .text_scale = text_scale_of(view.preferences.text_size),
        .theme = theme_of(view.preferences.theme),
        .motion = view.preferences.motion == flow::Motion::reduced ? widgets::Motion::reduced : widgets::Motion::full,
        .face = face_of(view.preferences.font),
        .reach = view.preferences.reach == flow::Reach::low ? widgets::Reach::low : widgets::Reach::whole_screen};
}

std::vector<flow::Event> Screens::draw(widgets::Ui& ui, const flow::ViewModel& view,
                                       const messages::Messages& messages) {
    // Fields follow the page and its language; the answers themselves stay in the session.
    if (view.page_key != page_key_ || view.language != language_) {
        fields_.clear();
        page_key_ = view.page_key;
        language_ = view.language;
    }
    std::vector<flow::Event> events;
    const Speaker speaker(messages, view.language);
    draw_all({ui, view, speaker, fields_, events});
    return events;
}

}  // namespace pillarbox::screens
