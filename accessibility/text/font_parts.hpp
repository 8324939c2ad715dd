// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a FontLibrary is made of. For this folder's sources only.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "accessibility/text/font_library.hpp"
#include "accessibility/text/pango_handles.hpp"

namespace pillarbox::text {

struct FontLibrary::Parts {
    ConfigHandle config;
    FontMapHandle font_map;
    // One context for each language and direction: layouts look at their context again later, so it may not change
    // under them.
    mutable std::map<std::pair<std::string, Direction>, ContextHandle> contexts;

    // Files of families that the configuration does not list, until they are added.
    mutable std::vector<std::filesystem::path> further_files;

    // Adds them, where that was not done before: for a text with a character that no listed family has. True where
    // the text has to be looked at again.
    bool add_further_fonts() const;
    [[nodiscard]] PangoContext* context_of(const std::string& language, Direction direction) const;
};

// The families that the configuration maps to lists of fonts by language.
inline constexpr const char* interface_family = "Pillarbox";
inline constexpr const char* readable_family = "Pillarbox Readable";

}  // namespace pillarbox::text
