// SPDX-License-Identifier: GPL-3.0-or-later
//
// What several commands need of their options: days, keys, and output files that are never overwritten by accident.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::cli {

enum class Overwrite { refuse, force };

// usage where it is not a day. `option` ("--today") stands in the message.
[[nodiscard]] base::Result<base::Day> parse_day_option(const std::string& text, const std::string& option);

[[nodiscard]] base::Result<void> refuse_to_overwrite(const std::filesystem::path& path, Overwrite overwrite);

// A signed or unsigned pack file.
[[nodiscard]] base::Result<base::Bytes> read_pack_file(const std::filesystem::path& path);

}  // namespace pillarbox::cli
