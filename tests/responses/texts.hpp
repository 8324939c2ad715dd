// SPDX-License-Identifier: GPL-3.0-or-later
//
// What synthetic respondents write: sentences in several languages and scripts, put together anew for each answer;
// now and then one that a moderator should notice, one that an export must defuse, or a rare word to search for. All
// of it is made up here; the people, numbers and addresses in it are nobody's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/faults/storage/seeded_random.hpp"

namespace pillarbox::tests {

struct Voice {
    std::string_view language;       // code in the form
    std::string_view main_language;  // choice of the question of that name
    unsigned weight;                 // how many of a hundred respondents
    std::vector<std::string_view> openings, issues, wishes, closings;
    std::vector<std::string_view> names;  // to be called by, where someone wants to be
};

[[nodiscard]] const std::vector<Voice>& voices();
[[nodiscard]] const Voice& draw_voice(SeededRandom& random);

// One to eight sentences. "{n}" in a sentence becomes a number.
[[nodiscard]] std::string write_answer(const Voice& voice, SeededRandom& random);

[[nodiscard]] std::string_view draw_rare_word(SeededRandom& random);     // to be found by a search
[[nodiscard]] std::string_view draw_noticeable(SeededRandom& random);    // names, phones, allegations, a court case
[[nodiscard]] std::string_view draw_hostile_text(SeededRandom& random);  // formulas, markup, odd characters
[[nodiscard]] std::string_view draw_campaign_letter(SeededRandom& random);  // the same words from many people

}  // namespace pillarbox::tests
