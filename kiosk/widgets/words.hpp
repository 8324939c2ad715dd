// SPDX-License-Identifier: GPL-3.0-or-later
//
// The widgets' own words, already translated: names of keys and of the controls that every page has.
#pragma once

#include <string>

namespace pillarbox::widgets {

struct Words {
    std::string show_more = "Show more";  // scrolls on by most of a screen
    std::string show_back = "Back up";
    std::string keyboard = "Keyboard";
    std::string key_shift = "Shift";
    std::string key_delete = "Delete";
    std::string key_space = "Space";
    std::string key_return = "New line";
    std::string key_symbols = "More symbols";
    std::string key_letters = "Letters";
    std::string key_layout = "Change keyboard";
    std::string key_variants = "More letters";  // the next key shows its accents and relatives
    std::string key_undo = "Undo";
    std::string key_capitals = "Capital letters stay on";
    std::string letters_missing{};  // below each text field of a language that has no keyboard of its own
    std::string key_done = "Done";  // closes the keyboard
    std::string error_heading = "There is a problem";
    std::string error_prefix = "Error:";  // said before an error message
    std::string close = "Close";
    std::string not_answered = "Not answered";
    std::string less = "Less";  // the buttons beside a scale
    std::string more = "More";
    std::string key_minus = "Minus";
    std::string key_point = "Point";
    std::string figures = "0123456789";  // the language's own, for the keypad
    std::string decimal_point = ".";
};

}  // namespace pillarbox::widgets
