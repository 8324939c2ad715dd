// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/phrases.hpp"

#include <utility>

namespace pillarbox::speech {
namespace {

std::string replaced(std::string text, std::string_view placeholder, std::string_view value) {
    if (const auto at = text.find(placeholder); at != std::string::npos) {
        text.replace(at, placeholder.size(), value);
    }
    return text;
}

}  // namespace

Phrases Phrases::in(std::string language, const Translate& translate, WriteNumber number) {
    Phrases phrases;
    phrases.lang = std::move(language);
    phrases.number = std::move(number);
    for (std::string* phrase : {&phrases.button,        &phrases.link,
                                &phrases.option,        &phrases.tick_box,
                                &phrases.text_box,      &phrases.opens_list,
                                &phrases.slider,        &phrases.chosen,
                                &phrases.not_chosen,    &phrases.ticked,
                                &phrases.not_ticked,    &phrases.not_usable,
                                &phrases.required,      &phrases.nothing_written,
                                &phrases.not_answered,  &phrases.place,
                                &phrases.error,         &phrases.deleted,
                                &phrases.hidden_letter, &phrases.hidden_answer,
                                &phrases.space,         &phrases.new_line,
                                &phrases.end_of_text,   &phrases.go_on,
                                &phrases.speech_on,     &phrases.speech_off,
                                &phrases.speed,         &phrases.volume,
                                &phrases.end_of_page,   &phrases.cannot_speak}) {
        *phrase = translate(*phrase);
    }
    return phrases;
}

std::string with_number(const Phrases& phrases, std::string_view phrase, std::uint64_t number) {
    return replaced(std::string(phrase), "{number}", phrases.number(number));
}

std::string place_of(const Phrases& phrases, int number, int total) {
    return replaced(with_number(phrases, phrases.place, static_cast<std::uint64_t>(number)), "{total}",
                    phrases.number(static_cast<std::uint64_t>(total)));
}

}  // namespace pillarbox::speech
