// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a frame's keys mean at this station. Keys that are bound (assets/keys) become the screen's own (Key::activate)
// where they move or press, and commands where they are meant for the kiosk: the voice, the picture, the switches.
// All others stay as they are. A second strike of a trembling hand is dropped before anything else.
#pragma once

#include <chrono>
#include <utility>
#include <vector>

#include "accessibility/input/key_bindings.hpp"
#include "accessibility/input/strike_guard.hpp"
#include "accessibility/semantics/tree.hpp"
#include "kiosk/platform/event.hpp"

namespace pillarbox::app {

struct KeySurroundings {
    const semantics::Tree& tree;  // that the person was looking at
    std::chrono::milliseconds strike_span{0};
    enum class Switches { waiting, in_use } switches = Switches::waiting;  // in use: their keys write nothing
    enum class Writing {
        in_fields,
        anywhere
    } writing = Writing::in_fields;  // anywhere: the page reads letters itself
};

class KeyReader {
  public:
    explicit KeyReader(input::KeyBindings bindings) : bindings_(std::move(bindings)) {}

    // Takes the bound keys out of `events`, or puts the screen's own in their place; returns the commands among them
    // that the screen has no key for, in their order.
    [[nodiscard]] std::vector<input::Command> read(std::vector<platform::Event>& events,
                                                   const KeySurroundings& around);
    [[nodiscard]] const input::KeyBindings& bindings() const { return bindings_; }
    void forget();  // a new person

  private:
    [[nodiscard]] bool is_second_strike(const platform::Event& event, std::chrono::milliseconds span);

    input::KeyBindings bindings_;
    input::StrikeGuard keys_;
    input::StrikeGuard characters_;
};

}  // namespace pillarbox::app
