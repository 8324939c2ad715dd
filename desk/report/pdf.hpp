// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report's HTML printed to PDF by a browser of this machine: Debian's chromium, without a window, a network or a
// script, in a folder of its own that is removed afterwards. The file gets a fixed date, so that the same page gives
// the same bytes with the same browser.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::report {

inline constexpr std::string_view debian_browser = "/usr/bin/chromium";

// unavailable where the browser is missing or does not print. `day` ("2023-01-27") becomes the file's date.
[[nodiscard]] base::Result<base::Bytes> pdf_of(std::string_view html, std::string_view day,
                                               const std::filesystem::path& browser);

}  // namespace pillarbox::report
