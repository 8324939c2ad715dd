// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/speech_queue.hpp"

#include <algorithm>
#include <utility>

namespace pillarbox::speech {

SpeechQueue::Cut SpeechQueue::push(Utterance utterance) {
    const Urgency urgency = utterance.urgency;
    if (urgency == Urgency::focus) {
        // What the focus was on before is of no interest any more.
        std::erase_if(waiting_, [](const Utterance& waiting) { return waiting.urgency == Urgency::focus; });
    }
    const auto place =
        std::ranges::find_if(waiting_, [urgency](const Utterance& waiting) { return waiting.urgency < urgency; });
    waiting_.insert(place, std::move(utterance));
    if (waiting_.size() > waiting_max) {
        const auto polite = std::ranges::find(waiting_, Urgency::polite, &Utterance::urgency);
        waiting_.erase(polite == waiting_.end() ? waiting_.begin() : polite);
    }
    const bool cuts = current_.has_value() && urgency != Urgency::polite && *current_ <= urgency &&
                      !(urgency == Urgency::assertive && *current_ == Urgency::assertive);
    return cuts ? Cut::current : Cut::nothing;
}

std::optional<Utterance> SpeechQueue::take() {
    if (waiting_.empty()) {
        return std::nullopt;
    }
    Utterance next = std::move(waiting_.front());
    waiting_.pop_front();
    current_ = next.urgency;
    return next;
}

void SpeechQueue::clear() {
    waiting_.clear();
    current_.reset();
}

}  // namespace pillarbox::speech
