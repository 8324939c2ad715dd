// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameters column: "start=1 end=10 step=1". https://xlsform.org/en/#range
#pragma once

#include <string_view>

#include "core/form/form.hpp"
#include "core/form/problems.hpp"

namespace pillarbox::form {

// Fills node.parameters. A range always gets start, end and step (1, 10 and 1 where not given), checked to be a sound
// range.
void read_parameters(std::string_view text, const Place& place, Node& node, Problems& problems);

}  // namespace pillarbox::form
