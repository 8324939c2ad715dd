// SPDX-License-Identifier: GPL-3.0-or-later
//
// The style and the script of /fleet, as they are served. Without the script every page works; with it, the list of
// kiosks can be searched and a token copied.
#pragma once

#include <string_view>

namespace pillarbox::fleet {

[[nodiscard]] std::string_view style_sheet();
[[nodiscard]] std::string_view script();

}  // namespace pillarbox::fleet
