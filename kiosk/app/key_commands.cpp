// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/key_commands.hpp"

namespace pillarbox::app {

std::optional<flow::Preference> preference_of(input::Command command, const flow::Preferences& now) {
    using input::Command;
    switch (command) {
        case Command::slower:
            return flow::stepped(now.speech_rate, -1);
        case Command::faster:
            return flow::stepped(now.speech_rate, 1);
        case Command::quieter:
            return flow::stepped(now.volume, -1);
        case Command::louder:
            return flow::stepped(now.volume, 1);
        case Command::volume_cycle:
            return now.volume.step == flow::Volume::last ? flow::Volume{0} : flow::stepped(now.volume, 1);
        case Command::speech:
            return now.speech == flow::Speech::on ? flow::Speech::off : flow::Speech::on;
        case Command::blank:
            return now.picture == flow::Picture::blank ? flow::Picture::shown : flow::Picture::blank;
        case Command::next:
        case Command::previous:
        case Command::up:
        case Command::down:
        case Command::left:
        case Command::right:
        case Command::activate:
        case Command::back:
        case Command::help:
        case Command::repeat:
        case Command::pause:
        case Command::spell:
        case Command::switch_1:
        case Command::switch_2:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace pillarbox::app
