// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/scanning.hpp"

#include <algorithm>

namespace pillarbox::app {
namespace {

using flow::Scanning;
using input::Command;
using scanning::Press;

bool is_switch(Command command) {
    return command == Command::switch_1 || command == Command::switch_2;
}

// With one switch, either is that one, unless the other is pressed too.
Press press_of(Command command, Scanning scanning) {
    const bool moves = scanning == Scanning::two_switches && command == Command::switch_1;
    return moves ? Press::next : Press::choose;
}

}  // namespace

SwitchFrame Switches::read(std::span<const Command> commands, const flow::Preferences& preferences,
                           const semantics::Tree& tree, std::chrono::milliseconds now) {
    SwitchFrame frame;
    // A frame holds one strike at most; of a hand that hits both switches, the first counts.
    const auto pressed = std::ranges::find_if(commands, is_switch);
    const bool any = pressed != commands.end();
    const bool second = any && *pressed == Command::switch_2;
    if (any && (preferences.scanning == Scanning::off || (preferences.scanning == Scanning::one_switch && second))) {
        frame.turned = second ? Scanning::two_switches : Scanning::one_switch;
    }
    if (preferences.scanning == Scanning::off) {
        forget();
        return frame;
    }
    const bool two = preferences.scanning == Scanning::two_switches;
    const scanning::ScanSettings settings{two ? scanning::Mode::two_switches : scanning::Mode::one_switch,
                                          flow::rest_of(preferences.scan_pace)};
    const Press press = any && !frame.turned ? press_of(*pressed, preferences.scanning) : Press::none;
    frame.request = scanner_.step(tree, settings, press, now).request;
    frame.lit = scanner_.lit();
    frame.moved = frame.lit != lit_;
    lit_ = frame.lit;
    return frame;
}

void Switches::forget() {
    scanner_.stop();
    lit_.clear();
}

}  // namespace pillarbox::app
