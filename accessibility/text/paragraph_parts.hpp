// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a long paragraph is set in parts of a few lines, so that a key press sets one or two of them and the others
// come from the layouter's cache. For this folder's sources only.
//
// A part is found in a window of the paragraph that begins where the part begins: the window is set, and the part is
// its first lines, never its last one, which may not be complete. What a part is follows from the text of its window
// alone, so that after an edit the parts before it are the same as they were, and so are those after it as soon as a
// line breaks where it did before. Where a part ends is chosen by the word that begins the next line, not by a count
// of lines: else a text that grew by a line would be cut elsewhere for ever after.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "accessibility/text/text_layout.hpp"
#include "accessibility/text/text_style.hpp"

namespace pillarbox::text {

// Explicit directions reach over any distance: a paragraph with one is set as a whole.
enum class Cutting { possible, impossible };
[[nodiscard]] Cutting cutting_of(std::string_view paragraph);

inline constexpr std::size_t window_characters = 160;

// Where the window of `characters` from `start` ends; the paragraph's end where little more is left.
[[nodiscard]] std::size_t window_end(std::string_view paragraph, std::size_t start, std::size_t characters);

// How many of the window's first lines are the part that begins at `start`; 0 where the window is too short to tell.
[[nodiscard]] std::size_t lines_of_part(std::string_view paragraph, std::size_t start,
                                        const std::vector<TextLine>& lines, Direction direction);

}  // namespace pillarbox::text
