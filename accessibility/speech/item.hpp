// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node of the tree in words: "For myself, option, not chosen, 1 of 3".
#pragma once

#include <vector>

#include "accessibility/semantics/tree.hpp"
#include "accessibility/speech/phrases.hpp"
#include "accessibility/speech/utterance.hpp"

namespace pillarbox::speech {

// Name, what it is, how it stands, value, place in its set, what is wrong with it, what helps.
[[nodiscard]] std::vector<Part> parts_of(const semantics::Tree& tree, const semantics::Node& node,
                                         const Phrases& phrases);

// What is said of a group when the focus comes into it: its name, whether it must be answered, its error and hint.
[[nodiscard]] std::vector<Part> introduction_of(const semantics::Node& group, const Phrases& phrases);

// Text that can be read and not acted on: headings, paragraphs, notes, list items, codes, answers being checked.
[[nodiscard]] bool is_static_text(const semantics::Node& node);
[[nodiscard]] std::vector<Part> static_parts_of(const semantics::Node& node, const Phrases& phrases);

// "ticked"; empty for what can't be checked.
[[nodiscard]] std::string state_of(const semantics::Node& node, const Phrases& phrases);
// The value, or what stands for it; of a private node for one person's ears only.
[[nodiscard]] Part value_of(const semantics::Node& node, const Phrases& phrases);

}  // namespace pillarbox::speech
