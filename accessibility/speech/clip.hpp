// SPDX-License-Identifier: GPL-3.0-or-later
//
// A recorded clip: a WAV file of 16-bit samples, one channel, 22,050 a second (RIFF/WAVE, format 1).
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "accessibility/speech/samples.hpp"
#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::speech {

inline constexpr std::size_t clip_size_bytes_max = std::size_t{8} << 20U;  // three minutes

// Errors: `malformed` where it is no such file.
[[nodiscard]] base::Result<std::vector<Sample>> parse_clip(base::ByteView file);
// Errors too: `not_found`, `limit_exceeded`.
[[nodiscard]] base::Result<std::vector<Sample>> read_clip(const std::filesystem::path& path);

}  // namespace pillarbox::speech
