// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ways in which a person at the kiosk reaches a control: by touch, by the keys of a keypad, by one switch or by
// two. A Hand does it by key events alone: the same scenario is played by each of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/input/command.hpp"
#include "accessibility/input/keyboard_layout.hpp"
#include "accessibility/semantics/node.hpp"
#include "core/base/result.hpp"
#include "kiosk/app/kiosk.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/rehearse/key_search.hpp"

namespace pillarbox::rehearse {

class RehearsalClock;

enum class Hands { touch, keys, one_switch, two_switches };

class Hand {
  public:
    // The kiosk, its queue and its clock must outlive it. Not for Hands::touch.
    Hand(app::Kiosk& kiosk, platform::EventQueue& events, RehearsalClock& clock, Hands hands)
        : kiosk_(kiosk), events_(events), clock_(clock), hands_(hands) {}

    // Strikes the station's key for a command. `not_found` where none is bound to it.
    [[nodiscard]] base::Result<void> strike(input::Command command);

    // Brings focus or light to the node and presses it. `conflict` where that can't be done.
    [[nodiscard]] base::Result<void> press(semantics::NodeId node);

    // From the field that has the focus to its on-screen keys. For switches they are there with the field's light.
    [[nodiscard]] base::Result<void> show_keys();

    // Writes into the field that was pressed last, letter by letter on the on-screen keys of `language`.
    [[nodiscard]] base::Result<void> write(std::string_view text, std::string_view language);

  private:
    [[nodiscard]] base::Result<void> press_by_keys(semantics::NodeId node);
    [[nodiscard]] base::Result<void> press_on_screen_key(semantics::NodeId key);
    [[nodiscard]] base::Result<void> press_by_switch(semantics::NodeId node);
    [[nodiscard]] base::Result<KeysForLetter> keys_on_some_layout(std::string_view text,
                                                                  std::span<const input::KeyboardLayout> layouts);
    [[nodiscard]] base::Result<void> press_named(const std::string& key);
    [[nodiscard]] base::Result<void> frame();
    [[nodiscard]] base::Result<void> settle();

    app::Kiosk& kiosk_;
    platform::EventQueue& events_;
    RehearsalClock& clock_;
    Hands hands_;
};

// Frames until nothing moves. `conflict` where the screen never comes to rest, or the window was closed.
[[nodiscard]] base::Result<void> settle(app::Kiosk& kiosk);

}  // namespace pillarbox::rehearse
