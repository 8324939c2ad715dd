// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines of a text file that a person may have saved on any system. Internal to core/envelope.
#pragma once

#include <algorithm>
#include <string_view>

namespace pillarbox::envelope {

// Takes a line and its end, LF or CRLF, from `rest`.
inline std::string_view next_line(std::string_view& rest) {
    const std::size_t length = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, length);
    rest.remove_prefix(std::min(length + 1, rest.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

}  // namespace pillarbox::envelope
