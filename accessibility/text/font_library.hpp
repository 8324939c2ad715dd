// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fonts that text may be set in: a private fontconfig configuration over given folders and nothing else of the
// system, so that a screen looks the same on every machine. Inter sets Latin, Noto the other scripts, Noto Color
// Emoji the emoji; OpenDyslexic sets Latin for whoever asks for it. One thread only, like everything that touches
// Pango here.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "accessibility/text/text_style.hpp"
#include "core/base/result.hpp"

namespace pillarbox::text {

class FontLibrary {
  public:
    // Scans the files of the families that languages on offer need (about 30 of Debian's 270, at half a millisecond
    // each). All others are scanned when a text first has a character that none of these has. Error: `unavailable`,
    // naming the packages to install, where Inter, a Noto text font or the emoji font is not in any of them.
    [[nodiscard]] static base::Result<std::shared_ptr<FontLibrary>> create(
        const std::vector<std::filesystem::path>& folders);

    // Where Debian's fonts-inter, fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji, fonts-opendyslexic put
    // their files.
    [[nodiscard]] static std::vector<std::filesystem::path> debian_folders();

    ~FontLibrary();
    FontLibrary(const FontLibrary&) = delete;
    FontLibrary& operator=(const FontLibrary&) = delete;

    struct Parts;  // Pango's objects; known to this folder's sources only
    [[nodiscard]] const Parts& parts() const { return *parts_; }

  private:
    explicit FontLibrary(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace pillarbox::text
