// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person can ask of a kiosk with one key of a keypad, whatever code that key sends.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace pillarbox::input {

enum class Command {
    next,      // to the next control or option, out of a text field too
    previous,  // to the one before
    up,        // as the arrow keys
    down,
    left,
    right,
    activate,      // presses what has the focus; in a text field: to the keys on the screen
    back,          // closes what lies over the page, else goes a page back
    help,          // opens the help
    repeat,        // says again what was said last
    pause,         // stops the voice, and lets it go on
    spell,         // says it letter by letter
    slower,        // of the voice
    faster,        // of the voice
    quieter,       // one step
    louder,        // one step
    volume_cycle,  // one step louder, from the loudest to the quietest
    speech,        // on and off
    blank,         // the picture, off and on: the voice goes on
    switch_1,      // one of the two big switches
    switch_2,      // the other
};

inline constexpr std::array all_commands{
    Command::next,     Command::previous, Command::up,       Command::down,   Command::left,         Command::right,
    Command::activate, Command::back,     Command::help,     Command::repeat, Command::pause,        Command::spell,
    Command::slower,   Command::faster,   Command::quieter,  Command::louder, Command::volume_cycle, Command::speech,
    Command::blank,    Command::switch_1, Command::switch_2,
};

// As binding files write it: "volume_cycle".
[[nodiscard]] std::string_view name_of(Command command);
[[nodiscard]] std::optional<Command> command_named(std::string_view name);

}  // namespace pillarbox::input
