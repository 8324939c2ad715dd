// SPDX-License-Identifier: GPL-3.0-or-later
//
// A figure and what it counts, in one line with a rule below.
#pragma once

#include <string>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct FigureSpec {
    std::string key{};
    std::string name{};
    std::string value{};
};
void figure(Ui& ui, const FigureSpec& spec);

}  // namespace pillarbox::widgets
