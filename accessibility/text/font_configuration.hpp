// SPDX-License-Identifier: GPL-3.0-or-later
//
// The private fontconfig configuration, as its XML: rules alone, no folders. For this folder's sources only.
#pragma once

#include <string>

namespace pillarbox::text {

[[nodiscard]] std::string font_configuration();

}  // namespace pillarbox::text
