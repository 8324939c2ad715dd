// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "tests/core/outbox/outbox_fixture.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

template <typename T>
ErrorCode error_code(const base::Result<T>& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

TEST_CASE_METHOD(OutboxFixture, "what was added is drawn once, signed, chained and whole, whatever its size") {
    std::set<base::Bytes> added;
    {
        outbox::Outbox outbox = open();
        for (const std::size_t size :
             {std::size_t{1}, std::size_t{3912}, std::size_t{3913}, batch::enclosed_size_bytes_max}) {
            const batch::Item item = numbered_item(static_cast<int>(added.size()), size);
            added.insert(item.envelope);
            REQUIRE(outbox.add(item).has_value());
        }
    }
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    CHECK(outbox.counts()->waiting == 4);
    const auto bytes = draw(outbox);
    REQUIRE(bytes.has_value());
    REQUIRE(bytes->has_value());
    const auto drawn = batch::parse_batch(**bytes, {});
    REQUIRE(drawn.has_value());
    CHECK(batch::verify_signature(*drawn, key.verify_key()).has_value());
    CHECK(drawn->header.previous == batch::genesis_hash(log_id));
    std::set<base::Bytes> found;
    for (const batch::Item& item : drawn->items) {
        found.insert(item.envelope);
    }
    CHECK(found == added);
    CHECK(outbox.counts()->batched == 4);
    CHECK(outbox.counts()->waiting == 0);
    CHECK_FALSE(draw(outbox)->has_value());
}

TEST_CASE_METHOD(OutboxFixture, "a batch is byte for byte the same after the outbox was opened again") {
    base::Bytes first;
    {
        outbox::Outbox outbox = open();
        REQUIRE(outbox.start_log(log_id).has_value());
        for (int number = 0; number < 5; ++number) {
            REQUIRE(outbox.add(numbered_item(number)).has_value());
        }
        first = **draw(outbox);
        REQUIRE(outbox.add(numbered_item(5)).has_value());
        REQUIRE(draw(outbox)->has_value());
    }
    outbox::Outbox outbox = open();
    CHECK(*outbox.batch_at(1) == first);
    CHECK(batch::parse_batch(*outbox.batch_at(2), {})->header.previous ==
          batch::hash_of(batch::parse_batch(first, {})->header));
    CHECK(error_code(outbox.batch_at(3)) == ErrorCode::not_found);
    CHECK(*outbox.first_unpurged() == 1);
}

TEST_CASE_METHOD(OutboxFixture, "a batch takes no more than the limits, and the rest comes in the next ones") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    for (int number = 0; number < 10; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    const batch::Limits limits{.batch_size_bytes_max = 5000, .envelope_size_bytes_max = 2000};
    std::uint64_t drawn = 0;
    for (auto bytes = draw(outbox, limits); bytes->has_value(); bytes = draw(outbox, limits)) {
        CHECK((*bytes)->size() <= limits.batch_size_bytes_max);
        drawn += batch::parse_batch(**bytes, limits)->items.size();
    }
    CHECK(drawn == 10);
}

TEST_CASE_METHOD(OutboxFixture, "an envelope over the store's limit stays and is spoken of at every draw") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    REQUIRE(outbox.add(numbered_item(1)).has_value());
    REQUIRE(outbox.add(numbered_item(2, 9000)).has_value());
    const batch::Limits limits{.envelope_size_bytes_max = 2000};
    CHECK(draw(outbox, limits)->has_value());
    CHECK(error_code(draw(outbox, limits)) == ErrorCode::limit_exceeded);
    CHECK(error_code(draw(outbox, limits)) == ErrorCode::limit_exceeded);
    CHECK(outbox.counts()->waiting == 1);
    CHECK(draw(outbox)->has_value());  // the limit was raised
    CHECK(error_code(outbox.add(item_of_text(""))) == ErrorCode::malformed);
    CHECK(error_code(outbox.add(numbered_item(3, (std::size_t{16} << 20U) + 1))) == ErrorCode::limit_exceeded);
}

TEST_CASE_METHOD(OutboxFixture, "a log is started once") {
    outbox::Outbox outbox = open();
    CHECK(error_code(outbox.head()) == ErrorCode::not_found);
    CHECK(error_code(draw(outbox)) == ErrorCode::not_found);
    REQUIRE(outbox.start_log(log_id).has_value());
    REQUIRE(outbox.start_log(log_id).has_value());
    CHECK(error_code(outbox.start_log(batch::LogId{1})) == ErrorCode::already_exists);
    CHECK(*outbox.head() == outbox::Head{log_id, 0, batch::genesis_hash(log_id)});
    CHECK(*outbox.purge(receipt_for(outbox)) == 0);
}

TEST_CASE_METHOD(OutboxFixture, "a purge goes up to safe and leaves the head and the rest") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    for (int number = 0; number < 3; ++number) {
        REQUIRE(outbox.add(numbered_item(number, 5000)).has_value());
        REQUIRE(draw(outbox)->has_value());
    }
    const outbox::Head head = *outbox.head();
    batch::Receipt receipt = receipt_for(outbox);
    receipt.safe = 2;
    CHECK(*outbox.purge(receipt) == 2);
    CHECK(*outbox.purge(receipt) == 0);
    CHECK(*outbox.head() == head);
    CHECK(*outbox.first_unpurged() == 3);
    CHECK(error_code(outbox.batch_at(2)) == ErrorCode::not_found);
    CHECK(outbox.batch_at(3).has_value());
    CHECK(outbox.counts()->acknowledged == 2);
    CHECK(outbox.counts()->batched == 1);
    CHECK(*outbox.purge(receipt_for(outbox)) == 1);
    CHECK(*outbox.first_unpurged() == 4);
}

TEST_CASE_METHOD(OutboxFixture, "a receipt that does not fit purges nothing") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    for (int number = 0; number < 2; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
        REQUIRE(draw(outbox)->has_value());
    }
    const batch::Receipt good = receipt_for(outbox);
    batch::Receipt other_log = good;
    other_log.log_id[0] ^= 1U;
    batch::Receipt above_head = good;
    above_head.stored = 3;
    batch::Receipt other_hash = good;
    other_hash.stored_hash[31] ^= 1U;
    batch::Receipt other_number = good;
    other_number.stored = 1;
    batch::Receipt safe_over_stored = good;
    safe_over_stored.safe = 3;
    for (const batch::Receipt& receipt : {other_log, above_head, other_hash, other_number, safe_over_stored}) {
        CHECK(error_code(outbox.purge(receipt)) == ErrorCode::conflict);
        CHECK(outbox.counts()->batched == 2);
    }
    REQUIRE(*outbox.purge(good) == 2);
    // Also below what was purged, another hash is another history.
    CHECK(error_code(outbox.purge(other_number)) == ErrorCode::conflict);
}

TEST_CASE_METHOD(OutboxFixture, "a restarted log begins at its genesis with all that was not purged") {
    outbox::Outbox outbox = open();
    const batch::LogId new_log_id = batch::log_id_of(key.verify_key(), log_id);
    CHECK(error_code(outbox.restart_log(new_log_id)) == ErrorCode::not_found);
    REQUIRE(outbox.start_log(log_id).has_value());
    CHECK(error_code(outbox.restart_log(log_id)) == ErrorCode::conflict);
    for (int number = 0; number < 3; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
        REQUIRE(draw(outbox)->has_value());
    }
    batch::Receipt old_receipt = receipt_for(outbox);
    old_receipt.safe = 1;
    REQUIRE(*outbox.purge(old_receipt) == 1);

    REQUIRE(outbox.restart_log(new_log_id).has_value());
    CHECK(*outbox.head() == outbox::Head{new_log_id, 0, batch::genesis_hash(new_log_id)});
    CHECK(*outbox.first_unpurged() == 1);
    CHECK(outbox.counts()->waiting == 2);
    CHECK(outbox.counts()->batched == 0);
    CHECK(outbox.counts()->acknowledged == 1);
    CHECK(error_code(outbox.purge(old_receipt)) == ErrorCode::conflict);
    CHECK(error_code(outbox.start_log(log_id)) == ErrorCode::already_exists);
    const auto drawn = batch::parse_batch(**draw(outbox), {});
    REQUIRE(drawn.has_value());
    CHECK(drawn->items.size() == 2);
    CHECK(drawn->header.number == 1);
    CHECK(drawn->header.previous == batch::genesis_hash(new_log_id));
}

}  // namespace
}  // namespace pillarbox::tests
