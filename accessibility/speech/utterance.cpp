// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/utterance.hpp"

#include <algorithm>
#include <array>

#include "accessibility/speech/voices.hpp"
#include "accessibility/text/wiped_text.hpp"

namespace pillarbox::speech {
namespace {

// Sentence ends of the languages on offer; after one, a comma would be read as a stumble.
bool ends_with_a_pause(std::string_view text) {
    static constexpr std::array<std::string_view, 15> marks{".", ",", "?", "!", ":",  ";",  "…", "।",
                                                            "۔", "؟", "،", "؛", "。", "？", "！"};
    return std::ranges::any_of(marks, [text](std::string_view mark) { return text.ends_with(mark); });
}

// Built in a block of its final size: a string that grows leaves its letters behind.
void append(std::string& text, std::string_view between, std::string_view more) {
    std::string whole;
    whole.reserve(text.size() + between.size() + more.size());
    whole.append(text).append(between).append(more);
    text::wipe(text);
    text = std::move(whole);
}

std::string_view pause_after(std::string_view text) {
    return text.empty() ? "" : ends_with_a_pause(text) ? " " : ", ";
}

bool goes_on(const Run& run, const Part& part) {
    // Each part of a language without a voice is a clip of its own.
    return run.lang == part.lang && run.manner == part.manner && !voice_of(part.lang).empty();
}

}  // namespace

Part::~Part() {
    text::wipe(text);
}

const std::string& text_for(const Part& part, Audience audience) {
    const bool heard = part.privacy == Privacy::open ||
                       (part.privacy == Privacy::for_one_person && audience == Audience::one_person);
    return heard ? part.text : part.instead;
}

std::vector<Run> runs_of(const Utterance& utterance, Audience audience) {
    std::vector<Run> runs;
    runs.reserve(utterance.parts.size());
    for (const Part& part : utterance.parts) {
        const std::string& text = text_for(part, audience);
        if (text.empty()) {
            continue;
        }
        if (runs.empty() || !goes_on(runs.back(), part)) {
            runs.push_back({{}, part.lang, part.manner});
        }
        std::string& so_far = runs.back().text;
        append(so_far, part.manner == Manner::words ? pause_after(so_far) : so_far.empty() ? "" : "\n", text);
    }
    return runs;
}

std::string open_text_of(const Utterance& utterance) {
    std::string line;
    for (const Part& part : utterance.parts) {
        if (const std::string& text = text_for(part, Audience::everybody); !text.empty()) {
            append(line, pause_after(line), text);
        }
    }
    return line;
}

}  // namespace pillarbox::speech
