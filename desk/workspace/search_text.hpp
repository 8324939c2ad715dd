// SPDX-License-Identifier: GPL-3.0-or-later
//
// How texts and what is looked for are brought into one form before the full-text index sees them. Pure. Internal to
// desk/workspace.
//
// The index takes what stands between spaces and signs as words (FTS5's unicode61, with combining marks as part of a
// word, for Bengali, Tamil or Arabic). What differs from there:
//   Chinese, Japanese, Thai, Khmer, Lao and Burmese are written without spaces: each character becomes a word, and
//     what is looked for a phrase of them. So two characters, which is what most Chinese words have, can be found;
//     FTS5's trigrams find nothing shorter than three.
//   Arabic: vowel signs and the stretching sign are dropped, and alef, yeh and kaf brought to one letter each, as
//     people leave them out or type them differently.
//   Bengali letters with a dot below are taken apart: keyboards give both forms.
#pragma once

#include <string>
#include <string_view>

namespace pillarbox::workspace {

[[nodiscard]] std::string searchable(std::string_view text);

// An FTS5 query: every word has to be there, the last letters of a word of two or
// more may be missing; "quoted words" stand in this
// order. Empty where nothing can be looked for.
[[nodiscard]] std::string match_of(std::string_view wanted);

}  // namespace pillarbox::workspace
