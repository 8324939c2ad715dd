// SPDX-License-Identifier: GPL-3.0-or-later
//
// A question over the page that must be answered first: the idle warning, "Stop and erase". While it is drawn nothing
// else can be reached. Call it between begin_page() and end_page(), as long as it is open.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/widgets/button.hpp"

namespace pillarbox::widgets {

struct DialogSpec {
    std::string key{};
    std::string title{};
    std::string text{};
    Icon icon = Icon::warning;
    std::string countdown{};  // "45 seconds left": large, announced politely; may be empty
    float time_left = 1;      // 0 to 1, as a bar under the countdown
    std::vector<ButtonSpec> buttons{};
};

// The index of the button that was pressed. Escape presses the first: let it be the one that changes nothing.
[[nodiscard]] std::optional<std::size_t> dialog(Ui& ui, const DialogSpec& spec);

}  // namespace pillarbox::widgets
