// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a keypad's command changes of a person's preferences: rate, volume, speech, picture. Pure. What the voice does
// at once (repeat, pause, spell) and the switches are no preferences.
#pragma once

#include <optional>

#include "accessibility/input/command.hpp"
#include "kiosk/flow/preferences.hpp"

namespace pillarbox::app {

[[nodiscard]] std::optional<flow::Preference> preference_of(input::Command command, const flow::Preferences& now);

}  // namespace pillarbox::app
