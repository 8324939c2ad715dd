// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is to be said, in parts: each in one language, and open to everybody or for one person's ears only. Whether a
// private part may be said is decided when it is said, because headphones can be pulled out in between.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pillarbox::speech {

enum class Privacy { open, for_one_person, for_nobody };
// Letters: one after another, with the names of punctuation marks.
enum class Manner { words, letters };

struct Part {
    Part(std::string said, std::string language) : text(std::move(said)), lang(std::move(language)) {}
    Part(const Part&) = default;
    Part(Part&&) = default;
    Part& operator=(const Part&) = default;
    Part& operator=(Part&&) = default;
    ~Part();  // overwrites what it held

    std::string text;
    std::string lang;  // BCP 47
    Manner manner = Manner::words;
    Privacy privacy = Privacy::open;
    std::string instead{};  // said where `text` may not be; open
    bool operator==(const Part&) const = default;
};

// An assertive utterance cuts off the others, one about the focus cuts off its like, a polite one waits.
enum class Urgency { polite, focus, assertive };

struct Utterance {
    std::vector<Part> parts;
    Urgency urgency = Urgency::focus;
    bool operator==(const Utterance&) const = default;
};

// Who can hear it: everybody near the kiosk, or the person alone, who has headphones on or chose to have answers read
// out.
enum class Audience { everybody, one_person };

[[nodiscard]] const std::string& text_for(const Part& part, Audience audience);

// One text of all the parts that follow each other in one language and manner. The caller wipes it.
struct Run {
    std::string text;  // letters: a line each
    std::string lang;
    Manner manner = Manner::words;
};
[[nodiscard]] std::vector<Run> runs_of(const Utterance& utterance, Audience audience);

// As a line of the speech log: what everybody may hear.
[[nodiscard]] std::string open_text_of(const Utterance& utterance);

}  // namespace pillarbox::speech
