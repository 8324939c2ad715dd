// SPDX-License-Identifier: GPL-3.0-or-later
//
// A pad of ten digits, as on a telephone (in two rows where the window is wide), and dots for what was typed: it
// knows how many digits there are and never which. Its keys are buttons (touch, Tab and Enter, requests); digits,
// Backspace and Enter of a hardware keyboard are taken wherever the focus is.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct PinPadSpec {
    std::string key{};
    std::string name{};                    // "Digits entered: 4"; announced politely
    std::size_t digits = 0;                // typed so far
    std::array<std::string, 10> labels{};  // of 0 to 9, in the language's own digits
    std::string erase_name{};              // "Delete"
    Availability availability = Availability::enabled;
};

enum class PinKeyKind { digit, erase, enter };
struct PinKey {
    PinKeyKind kind{};
    char digit = '0';  // where it is one
};

// What was pressed this frame, in order.
[[nodiscard]] std::vector<PinKey> pin_pad(Ui& ui, const PinPadSpec& spec);

}  // namespace pillarbox::widgets
