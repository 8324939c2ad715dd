// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text for a terminal: how many cells it takes, wrapping, and making text that a stranger typed harmless to print.
// Widths follow Unicode's East Asian Width (UAX 11) and treat combining marks as zero cells wide, as terminals do;
// they are an own short table, because wcwidth() answers by the process's locale, which at a desk may well be "C".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pillarbox::exports {

[[nodiscard]] std::size_t display_width(std::string_view utf8);

// Control characters (a terminal obeys escape sequences) and bidirectional overrides (they can reorder a whole line)
// become U+FFFD; tabs and line breaks stay.
[[nodiscard]] std::string harmless(std::string_view utf8);

// The same for one line or cell of a table: tabs and line breaks become U+FFFD too, so that a name can't add lines of
// its own.
[[nodiscard]] std::string harmless_line(std::string_view utf8);

// Lines of at most `width` cells, broken at spaces, and inside a word only where it alone is wider; line breaks are
// kept.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view utf8, std::size_t width);

}  // namespace pillarbox::exports
