// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the names and addresses of a station must look like, wherever they come from. Internal to core/station.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/station/station.hpp"

namespace pillarbox::station {

inline constexpr std::size_t text_size_bytes_max = 200;

// 1 to 200 bytes of UTF-8 without control characters. `field` stands in the error.
[[nodiscard]] base::Result<void> check_text(std::string_view text, const std::string& field);

// The store's name without '+' or spaces (signed notes end a name there), and a URL "https://host[:port]" without a
// path.
[[nodiscard]] base::Result<void> check_store(const StorePin& store, const std::string& field);

}  // namespace pillarbox::station
