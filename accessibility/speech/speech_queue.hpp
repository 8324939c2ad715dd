// SPDX-License-Identifier: GPL-3.0-or-later
//
// What waits to be said. Pure: no threads, no sound.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "accessibility/speech/utterance.hpp"

namespace pillarbox::speech {

class SpeechQueue {
  public:
    // Whether what is being said has to stop for it.
    enum class Cut { nothing, current };
    Cut push(Utterance utterance);

    // Takes the next one: it is being said until done() or clear(). None while nothing waits.
    [[nodiscard]] std::optional<Utterance> take();
    void done() { current_.reset(); }

    // A person did something: nothing that waits is of interest any more.
    void clear();
    [[nodiscard]] bool empty() const { return waiting_.empty(); }
    [[nodiscard]] bool is_speaking() const { return current_.has_value(); }

    // Statuses that nobody had the time to hear: the oldest go.
    static constexpr std::size_t waiting_max = 16;

  private:
    std::deque<Utterance> waiting_;  // assertive ones first
    std::optional<Urgency> current_;
};

}  // namespace pillarbox::speech
