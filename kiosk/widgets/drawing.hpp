// SPDX-License-Identifier: GPL-3.0-or-later
//
// What several widgets draw above themselves: a label, a hint and an error, each a node that the widget refers to.
#pragma once

#include <string>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct LabelSpec {
    std::string_view key;  // of the widget; the nodes are "<key>.label", "<key>.hint", "<key>.error"
    std::string_view label;
    std::string_view hint;
    std::string_view error;
};

// Each line drawn where it is not empty.
void draw_label(Ui& ui, const LabelSpec& spec);

// Links the widget's node to what draw_label() drew, and marks it invalid where there is an error.
void refer_to_label(Ui& ui, semantics::Node& node, const LabelSpec& spec);

}  // namespace pillarbox::widgets
