// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dates and times asked in parts: a day, a month, a year; an hour, a minute. A sound answer is written as ODK writes
// it: "2023-01-20", "14:30:00.000+00:00", "2023-01-20T14:30:00.000+00:00". The zone is always +00:00: a kiosk says
// nothing of where it stands, and the clock that people name is the one on their wall. What is not sound yet keeps
// its parts as typed in the same order ("--20" while only the day is there), which no reader takes for a date: so
// nothing typed is lost when the page is left, and the form refuses to go on with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/form/form.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/text.hpp"

namespace pillarbox::flow {

// What the question asks for, in the order in which it is asked: the appearances "year" and "month-year" leave parts
// out. Empty for other types.
[[nodiscard]] std::vector<DatePart> parts_asked(const form::Node& question);

// The part of an answer as it is shown: "3" of "2023-01-03".
[[nodiscard]] std::string part_of(const form::Node& question, std::string_view answer, DatePart part);
// The answer with one part typed anew.
[[nodiscard]] std::string with_part(const form::Node& question, std::string_view answer, DatePart part,
                                    std::string_view typed);
// Whether two ways of typing mean the same: "٠٣" and "3".
[[nodiscard]] bool same_part(std::string_view typed, std::string_view shown);

// What is wrong with an answer that is no date: the parts to mark, and what to do about the first.
struct DateProblem {
    std::vector<DatePart> parts;
    Text text;
};
[[nodiscard]] DateProblem problem_of_date(const form::Node& question, std::string_view answer);

// "27 January 2023", "January 2023", "14:30": how a sound answer reads; what was typed, where it is not sound.
[[nodiscard]] std::vector<Text> date_texts(const form::Node& question, std::string_view answer);

}  // namespace pillarbox::flow
