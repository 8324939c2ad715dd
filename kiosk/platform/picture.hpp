// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pixels: 8-bit RGBA, rows from the top, no padding. And their PNG files, for screenshots.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::platform {

struct PictureView {
    int width = 0;
    int height = 0;
    std::span<const std::uint8_t> rgba;  // width * height * 4 bytes
};

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;
    [[nodiscard]] PictureView view() const { return {width, height, rgba}; }
};

// A part of a picture, px.
struct PictureArea {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

[[nodiscard]] base::Result<void> write_png(const std::filesystem::path& path, const PictureView& picture);
[[nodiscard]] base::Result<Picture> read_png(
    const std::filesystem::path& path);  // 8-bit RGBA or RGB, at most 8192 px a side

}  // namespace pillarbox::platform
