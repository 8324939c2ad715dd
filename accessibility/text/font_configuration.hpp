// SPDX-License-Identifier: GPL-3.0-or-later
//
// The private fontconfig configuration, as its XML: rules alone, no folders. For this folder's sources only.
#pragma once

#include <filesystem>
#include <string>

namespace pillarbox::text {

[[nodiscard]] std::string font_configuration();

// Whether a font file holds one of the families that the configuration lists: those of every language on offer.
[[nodiscard]] bool is_listed(const std::filesystem::path& file);

}  // namespace pillarbox::text
