// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words that speech adds to those on the screen. The English ones are the message ids of the interface's
// catalogues; whoever wires speech translates them, so that this folder needs no catalogue.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace pillarbox::speech {

struct Phrases {
    std::string lang = "en";

    // What a thing is.
    std::string button = "button";
    std::string link = "link";
    std::string option = "option";
    std::string tick_box = "tick box";
    std::string text_box = "text box";
    std::string opens_list = "opens a list";
    std::string slider = "slider";

    // How it stands.
    std::string chosen = "chosen";
    std::string not_chosen = "not chosen";
    std::string ticked = "ticked";
    std::string not_ticked = "not ticked";
    std::string not_usable = "cannot be used now";
    std::string required = "must be answered";
    std::string nothing_written = "nothing written yet";
    std::string not_answered = "Not answered";
    std::string place = "{number} of {total}";
    std::string error = "Error:";

    // Typing.
    std::string deleted = "deleted";
    std::string hidden_letter = "hidden letter";
    std::string hidden_answer = "Your answer is hidden. To hear it, plug in headphones.";
    std::string space = "Space";
    std::string new_line = "New line";
    std::string end_of_text = "end of the text";

    // Finding one's way.
    std::string go_on = "To move on, press Tab or the down arrow. To choose, press Enter.";
    std::string speech_on = "Speech is on.";
    std::string speech_off = "Speech is off.";
    std::string speed = "Speed {number}";
    std::string volume = "Volume {number}";
    std::string end_of_page = "End of the page.";
    std::string cannot_speak = "This kiosk cannot read this language aloud.";

    // `translate` gives the text of an English one; `number` writes a number in the language's digits.
    using Translate = std::function<std::string(std::string_view)>;
    using WriteNumber = std::function<std::string(std::uint64_t)>;
    [[nodiscard]] static Phrases in(std::string language, const Translate& translate, WriteNumber number);

    WriteNumber number = [](std::uint64_t value) { return std::to_string(value); };
};

// "Speed {number}" -> "Speed 180".
[[nodiscard]] std::string with_number(const Phrases& phrases, std::string_view phrase, std::uint64_t number);
// "2 of 9".
[[nodiscard]] std::string place_of(const Phrases& phrases, int number, int total);

}  // namespace pillarbox::speech
