// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said when the screen changes. Pure: the tree before and after, and whether a person just did something, in;
// utterances out. A new page says where one is, its heading, what is to be read before the first thing that can be
// acted on, and how to go on. A move of the focus says what lies between, then the thing itself.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <vector>

#include "accessibility/semantics/tree.hpp"
#include "accessibility/speech/phrases.hpp"
#include "accessibility/speech/utterance.hpp"

namespace pillarbox::speech {

enum class Person { idle, acted };

// What was said of this page already.
struct Memory {
    semantics::NodeId read_to = semantics::NodeId::none;                // the last text that was read on arrival
    std::map<semantics::NodeId, std::chrono::milliseconds> statuses{};  // when each was last told
};

struct Moment {
    const semantics::Tree& before;
    const semantics::Tree& after;
    Person person = Person::idle;
    std::chrono::milliseconds now{0};
};

// A status that changes by itself, such as a countdown, is told this seldom.
inline constexpr std::chrono::seconds status_interval{10};

[[nodiscard]] std::vector<Utterance> narrate(const Moment& moment, Memory& memory, const Phrases& phrases);

// All that is on the page, in reading order.
[[nodiscard]] Utterance whole_page(const semantics::Tree& tree, const Phrases& phrases);
// What has the focus, or the heading.
[[nodiscard]] Utterance current_item(const semantics::Tree& tree, const Phrases& phrases);
// The same, letter by letter.
[[nodiscard]] Utterance spelled_item(const semantics::Tree& tree, const Phrases& phrases);
// As when it is turned to.
[[nodiscard]] Utterance page_arrival(const semantics::Tree& tree, Memory& memory, const Phrases& phrases);

}  // namespace pillarbox::speech
