// SPDX-License-Identifier: GPL-3.0-or-later
//
// Test responses travel like all others and are in no figure.
#include "tests/core/outbox/outbox_fixture.hpp"

namespace pillarbox::tests {
namespace {

batch::Item test_item(int number, std::size_t size = 500) {
    batch::Item item = numbered_item(number, size);
    item.tag = batch::test_tag();
    return item;
}

}  // namespace

TEST_CASE_METHOD(OutboxFixture, "a test response is drawn and purged with the others and never counted") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    REQUIRE(outbox.add(test_item(1)).has_value());
    REQUIRE(outbox.add(test_item(2, 9000)).has_value());  // of several parts
    REQUIRE(outbox.add(numbered_item(3)).has_value());
    auto counts = outbox.counts().value();
    CHECK(counts.waiting == 1);
    CHECK(counts.tests == 2);
    CHECK(counts.tests_waiting == 2);

    const auto bytes = draw(outbox).value().value();
    const auto drawn = batch::parse_batch(bytes, {}).value();
    CHECK(drawn.items.size() == 3);
    CHECK(batch::responses_in(drawn.items) == 1);
    counts = outbox.counts().value();
    CHECK(counts.waiting == 0);
    CHECK(counts.batched == 1);
    CHECK(counts.tests == 2);
    CHECK(counts.tests_waiting == 0);

    CHECK(outbox.purge(receipt_for(outbox)).value() == 3);
    counts = outbox.counts().value();
    CHECK(counts.batched == 0);
    CHECK(counts.tests == 0);
    CHECK(counts.acknowledged == 1);
}

TEST_CASE_METHOD(OutboxFixture, "what only holds the words of the test tag in its envelope is a response") {
    outbox::Outbox outbox = open();
    batch::Item item = numbered_item(1, 20'000);
    for (std::size_t at = 0; at + batch::test_tag().size() <= item.envelope.size(); at += 32) {
        std::ranges::copy(batch::test_tag(), item.envelope.begin() + static_cast<std::ptrdiff_t>(at));
    }
    REQUIRE(outbox.add(item).has_value());
    CHECK(outbox.counts().value().waiting == 1);
    CHECK(outbox.counts().value().tests == 0);
}

}  // namespace pillarbox::tests
