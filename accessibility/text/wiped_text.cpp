// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/wiped_text.hpp"

#include <string.h>

#include <algorithm>

namespace pillarbox::text {

void wipe(std::string& text) {
    explicit_bzero(text.data(), text.size());
    text.clear();
}

void replace_part(std::string& text, std::size_t start, std::size_t size, std::string_view replacement) {
    const auto size_before = text.size();
    const auto size_after = size_before - size + replacement.size();
    if (size_after > text.capacity()) {
        // Twice the room, so that a text of n letters is copied log n times.
        std::string grown;
        grown.reserve(std::max(size_after, 2 * text.capacity()));
        grown.append(text, 0, start).append(replacement).append(text, start + size);
        text.swap(grown);
        wipe(grown);
        return;
    }
    text.replace(start, size, replacement);
    if (size_after < size_before) {
        // What moved up left its last bytes behind, after the end.
        text.resize(size_before, '\0');
        text.resize(size_after);
    }
}

}  // namespace pillarbox::text
