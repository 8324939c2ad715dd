// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters column: "start=1 end=10 step=1". https://xlsform.org/en/#range
#pragma once

#include <string_view>

#include "core/form/form.hpp"
#include "core/form/problems.hpp"

namespace pillarbox::form {

// Fills node.parameters, yes and no as "true" and "false". A range always gets start, end and step (1, 10 and 1 where
// not given), checked to be a sound range. The node's type, appearance and choice_file are read already.
void read_parameters(std::string_view text, const Place& place, Node& node, Problems& problems);

// Of a range whose start, end and step are in its parameters.
void check_range(const Place& place, Node& node, Problems& problems);

// The choices that label ticks are named by numbers at ticks.
void check_tick_labels(const Place& place, const Node& range, const ChoiceList& labels, Problems& problems);

}  // namespace pillarbox::form
