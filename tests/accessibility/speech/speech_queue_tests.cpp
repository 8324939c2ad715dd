// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/speech_queue.hpp"

#include <catch2/catch.hpp>

using namespace pillarbox::speech;

namespace {

Utterance utterance(std::string text, Urgency urgency) {
    return {{Part(std::move(text), "en")}, urgency};
}

std::string next(SpeechQueue& queue) {
    const auto taken = queue.take();
    return taken.has_value() ? open_text_of(*taken) : std::string();
}

}  // namespace

TEST_CASE("an urgent utterance goes first and cuts off the others") {
    SpeechQueue queue;
    CHECK(queue.push(utterance("status", Urgency::polite)) == SpeechQueue::Cut::nothing);
    CHECK(next(queue) == "status");
    CHECK(queue.push(utterance("another status", Urgency::polite)) == SpeechQueue::Cut::nothing);
    CHECK(queue.push(utterance("focus", Urgency::focus)) == SpeechQueue::Cut::current);
    CHECK(queue.push(utterance("alert", Urgency::assertive)) == SpeechQueue::Cut::current);
    CHECK(next(queue) == "alert");
    CHECK(queue.push(utterance("second alert", Urgency::assertive)) == SpeechQueue::Cut::nothing);
    CHECK(queue.push(utterance("new focus", Urgency::focus)) == SpeechQueue::Cut::nothing);
    CHECK(next(queue) == "second alert");
    CHECK(next(queue) == "new focus");
    CHECK(next(queue) == "another status");
    CHECK(next(queue).empty());
}

TEST_CASE("of two things that had the focus only the later one is said") {
    SpeechQueue queue;
    static_cast<void>(queue.push(utterance("first", Urgency::focus)));
    static_cast<void>(queue.push(utterance("second", Urgency::focus)));
    CHECK(next(queue) == "second");
    CHECK(next(queue).empty());
}

TEST_CASE("a cleared queue says nothing more") {
    SpeechQueue queue;
    static_cast<void>(queue.push(utterance("first", Urgency::focus)));
    CHECK(next(queue) == "first");
    static_cast<void>(queue.push(utterance("second", Urgency::polite)));
    queue.clear();
    CHECK_FALSE(queue.is_speaking());
    CHECK(queue.empty());
}

TEST_CASE("a queue that nobody listens to keeps alerts and loses the oldest statuses") {
    SpeechQueue queue;
    static_cast<void>(queue.push(utterance("alert", Urgency::assertive)));
    for (std::size_t number = 0; number < 2 * SpeechQueue::waiting_max; ++number) {
        static_cast<void>(queue.push(utterance(std::to_string(number), Urgency::polite)));
    }
    CHECK(next(queue) == "alert");
    CHECK(next(queue) == std::to_string(SpeechQueue::waiting_max + 1));
}
