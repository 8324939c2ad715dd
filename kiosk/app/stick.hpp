// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading a file of a given name from a USB stick. Nothing on a stick is run, listed or followed: one name is looked
// for in the folder of sticks, in each stick, and one level deeper (/media/USER/LABEL); links are passed over, and
// the size has a cap.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::app {

// The first that is found; not_found where there is none.
[[nodiscard]] base::Result<base::Bytes> read_from_stick(const std::filesystem::path& sticks, std::string_view name,
                                                        std::size_t size_bytes_max);

// The first folder of this name that is found so; empty where there is none.
[[nodiscard]] std::filesystem::path folder_on_stick(const std::filesystem::path& sticks, std::string_view name);

}  // namespace pillarbox::app
