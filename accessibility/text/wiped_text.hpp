// SPDX-License-Identifier: GPL-3.0-or-later
//
// Strings that leave nothing behind when they change. std::string gives its old block back as it is when it grows,
// and keeps the last bytes of what was erased.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pillarbox::text {

// Overwrites and empties a text in a way that the compiler keeps.
void wipe(std::string& text);

// Puts `replacement` in the place of [start, start + size), which must lie in `text`. Every block and every byte that
// is given up is overwritten. `replacement` may not be a part of `text`.
void replace_part(std::string& text, std::size_t start, std::size_t size, std::string_view replacement);

}  // namespace pillarbox::text
