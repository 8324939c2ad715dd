// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scenario: a respondent as a text file, acting and expecting by role and name, as a screen-reader user does. One
// step a line:
//
//     choose_language                         tap the own name of the language to rehearse, or English
//     tap button "Next"                       press and release in its middle, scrolled into view first
//     ask button "Next"                       the same without a finger: a request, as assistive technology makes it
//     set text_field "Your name" "Ada"        the text by request
//     type text_field "Your name" "Ada"       tap the field, go to the end of the line, then type on the keyboard
//     press enter                             a key: enter, tab, space, escape, backspace, left, right, up, down;
//                                             control-shift-home asks for staff mode
//     key next                                the key of the station's keypad that means it (docs/guides/keypads.md)
//     switch 1                                one press of that switch
//     long_press image "Pillarbox" 3          press, let so many seconds pass, release
//     digits 480215                           type digits on the hardware keyboard, wherever the focus is
//     expect heading "About you"              wait until it is there
//     expect_no button "Send my answers"      fail if it is there
//     expect_checked radio "For myself"
//     screenshot 03-answering-as              03-answering-as.png in the screenshots folder
//     tree 03-answering-as                    03-answering-as.json there: the semantic tree
//     audit                                   fail on any finding of the accessibility audit
//     advance 90                              let that many seconds pass on the kiosk's clock
//     write "It was calm."                    type on the hardware keyboard, into what has the focus
//     hears "Thank you"                       wait until that was said since the last key or touch
//     hears_no "Ada"                          fail if that was ever said
//     key_until next button "Next"            strike that key until "Next, button" is said: a person who sees nothing
//     hold sent                               print "holding sent", and go on drawing until a line comes on stdin
//     default_language                        whoever comes next has chosen no language yet
//
// Names and texts to type are written in English. Between choose_language and default_language they are played in the
// language that is rehearsed: names as the interface and the campaign translate them, texts as the answers do.
//
// Of key_until, "{language}" is the own name of the language that is rehearsed; from there on it is played in it.
//
// "#" starts a comment. In quotes, \" is a quotation mark, \\ a backslash, \n a new line. Roles are
// semantics::name_of's words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/input/command.hpp"
#include "accessibility/semantics/node.hpp"
#include "core/base/result.hpp"

namespace pillarbox::rehearse {

enum class StepKind {
    tap,
    ask,
    set,
    type,
    press,
    key,
    long_press,
    digits,
    expect,
    expect_no,
    expect_checked,
    screenshot,
    tree,
    audit,
    advance,
    write,
    hears,
    hears_no,
    key_until,
    hold,
    choose_language,
    default_language
};

struct Step {
    StepKind kind{};
    semantics::Role role{};    // of tap, type and the expectations
    std::string name;          // of the node; of the screenshot or tree; of the key; of the hold; the digits; to be heard
    std::string text;          // to type
    input::Command command{};  // of key, switch and key_until
    std::uint32_t seconds = 0;
    std::uint32_t line = 0;  // in the file, for messages
};

inline constexpr std::size_t scenario_size_bytes_max = std::size_t{1} << 20U;

// `where` (the file's name) stands in errors, with the line.
[[nodiscard]] base::Result<std::vector<Step>> parse_scenario(std::string_view text, std::string_view where);

}  // namespace pillarbox::rehearse
