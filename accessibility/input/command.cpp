// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/command.hpp"

#include <algorithm>

namespace pillarbox::input {

std::string_view name_of(Command command) {
    switch (command) {
        case Command::next:
            return "next";
        case Command::previous:
            return "previous";
        case Command::up:
            return "up";
        case Command::down:
            return "down";
        case Command::left:
            return "left";
        case Command::right:
            return "right";
        case Command::activate:
            return "activate";
        case Command::back:
            return "back";
        case Command::help:
            return "help";
        case Command::repeat:
            return "repeat";
        case Command::pause:
            return "pause";
        case Command::spell:
            return "spell";
        case Command::slower:
            return "slower";
        case Command::faster:
            return "faster";
        case Command::quieter:
            return "quieter";
        case Command::louder:
            return "louder";
        case Command::volume_cycle:
            return "volume_cycle";
        case Command::speech:
            return "speech";
        case Command::blank:
            return "blank";
        case Command::switch_1:
            return "switch_1";
        case Command::switch_2:
            return "switch_2";
    }
    return "";
}

std::optional<Command> command_named(std::string_view name) {
    const auto* found = std::ranges::find(all_commands, name, [](Command command) { return name_of(command); });
    return found == all_commands.end() ? std::nullopt : std::optional(*found);
}

}  // namespace pillarbox::input
