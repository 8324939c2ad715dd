// SPDX-License-Identifier: GPL-3.0-or-later
//
// Buttons: activated on release; sliding off cancels. Enter and Space activate the focused one.
#pragma once

#include <string>

#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

enum class ButtonKind {
    primary,
    secondary,
    danger,
    link,
    header,  // on the brand's ground
};

struct ButtonSpec {
    std::string key{};
    std::string label{};
    ButtonKind kind = ButtonKind::primary;
    Icon icon = Icon::none;  // before the label
    std::string hint{};      // a second line, soft
    Availability availability = Availability::enabled;
};

// As wide as the column.
[[nodiscard]] Press button(Ui& ui, const ButtonSpec& spec);

// In a given place. `height_of_button` says how high it has to be at a width, so that text is never cut.
enum class IconSide { leading, trailing };
[[nodiscard]] Press button_at(Ui& ui, const ButtonSpec& spec, const Rect& rect, IconSide side = IconSide::leading);
[[nodiscard]] float height_of_button(Ui& ui, const ButtonSpec& spec, float width);
// The width that the label takes in one line.
[[nodiscard]] float width_of_button(Ui& ui, const ButtonSpec& spec);

}  // namespace pillarbox::widgets
