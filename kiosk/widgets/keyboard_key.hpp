// SPDX-License-Identifier: GPL-3.0-or-later
//
// One key of the on-screen keyboard. It shows that it is held by its ground alone: no enlarged letter above the
// finger, which a bystander could read.
#pragma once

#include <string>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

// Room for a letter in the corner is kept on all keys where some have one, so that their labels stand in line.
enum class CornerRoom { none, kept };
enum class KeyGround { letter, function, marked, on };  // marked: has more letters; on: Shift is held down

struct KeyFace {
    std::string id{};      // "AD01", "shift"; the node's key is "keyboard/<id>"
    std::string name{};    // for speech
    std::string label{};   // painted, where there is no icon
    std::string corner{};  // small, above: what Shift would make of it
    CornerRoom corner_room = CornerRoom::none;
    std::string_view letter_forms{};  // KeyboardLayout::letter_forms
    Icon icon = Icon::none;
    KeyGround ground = KeyGround::letter;
    Availability availability = Availability::enabled;
    semantics::Checked checked = semantics::Checked::none;
};

[[nodiscard]] std::string key_node(std::string_view id);

// How wide a key of a row has to be so that its letter can be read in large mode: its share of the row, for nearly all;
// the widest letters, such as Tamil's, need more, and the row's other keys make room.
[[nodiscard]] float width_for_letter(Ui& ui, const KeyFace& face, const Rect& share);

// At a physical place: letters stand where people know them, whichever way the page runs.
[[nodiscard]] Press draw_key(Ui& ui, const KeyFace& face, const Rect& physical);

}  // namespace pillarbox::widgets
