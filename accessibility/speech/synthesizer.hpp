// SPDX-License-Identifier: GPL-3.0-or-later
//
// The voice: espeak-ng, the only one that speaks nearly all languages on offer and answers a key within milliseconds
// on a small machine. It keeps global state: one at a time in a process, used by one thread, which is also to make
// it.
#pragma once

#include <memory>

#include "accessibility/speech/samples.hpp"
#include "accessibility/speech/utterance.hpp"
#include "core/base/result.hpp"

namespace pillarbox::speech {

inline constexpr int rate_min_wpm = 80;
inline constexpr int rate_max_wpm = 450;

class Synthesizer {
  public:
    // Takes about 2 ms. Error: `unavailable` without espeak-ng's data.
    [[nodiscard]] static base::Result<std::unique_ptr<Synthesizer>> create();
    ~Synthesizer();
    Synthesizer(const Synthesizer&) = delete;
    Synthesizer& operator=(const Synthesizer&) = delete;

    // Gives samples to `take` as they are made, until it says stop; the voice stops within a millisecond then. Words
    // a minute from rate_min_wpm to rate_max_wpm. Errors: `unavailable` where the language has no voice.
    [[nodiscard]] base::Result<void> speak(const Run& run, int rate_wpm, const TakeSamples& take);

    // Speaks long nonsense to nobody, so that no word of what was said stays in espeak-ng's buffers.
    void forget();

  private:
    Synthesizer() = default;
    [[nodiscard]] base::Result<void> choose_voice(std::string_view lang);

    std::string_view voice_;  // of voices.hpp's table
};

}  // namespace pillarbox::speech
