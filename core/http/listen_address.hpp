// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a server listens, as it is written on a command line.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/http/server.hpp"

namespace pillarbox::http {

// Splits "127.0.0.1:8443" or "[::1]:8443" into the settings; usage where it is neither.
[[nodiscard]] base::Result<void> set_listen_address(ServerSettings& settings, std::string_view text);

}  // namespace pillarbox::http
