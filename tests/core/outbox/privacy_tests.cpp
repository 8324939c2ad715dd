// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a thief with an image of the disk can learn from the outbox's files. Over many seeds, and as a forensic
// examiner looks: tests/residue.
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "core/outbox/slot.hpp"
#include "core/sqlite/connection.hpp"
#include "core/sqlite/transaction.hpp"
#include "tests/core/outbox/outbox_fixture.hpp"

namespace pillarbox::tests {
namespace {

std::size_t envelopes_in(const std::string& bytes) {
    std::size_t count = 0;
    for (int number = 0; number < 100; ++number) {
        count += bytes.find("envelope " + std::to_string(10'000 + number) + " ") == std::string::npos ? 0U : 1U;
    }
    return count;
}

TEST_CASE_METHOD(OutboxFixture, "the place of an envelope on the disk tells nothing of when it came") {
    outbox::Outbox outbox = open();
    for (int number = 0; number < 100; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    CHECK(std::abs(trend(places_in(raw(), 100))) < bound_for(100));
}

// The first few in an empty pool, where an order would be plainest. The mean of 10 correlations of 10 places each has
// a standard deviation of 1/sqrt(9 * 10).
TEST_CASE("the first envelopes of a new outbox lie in no order either") {
    double sum = 0;
    constexpr int outbox_count = 10;
    for (int round = 0; round < outbox_count; ++round) {
        OutboxFixture fixture;
        outbox::Outbox outbox = fixture.open();
        for (int number = 0; number < 10; ++number) {
            REQUIRE(outbox.add(numbered_item(number)).has_value());
        }
        sum += trend(places_in(fixture.raw(), 10));
    }
    CHECK(std::abs(sum / outbox_count) < 5 / std::sqrt(90.0));
}

TEST_CASE_METHOD(OutboxFixture, "envelopes that came before the pool grew do not lie before those that came after") {
    outbox::Outbox outbox = open();
    const std::uint64_t free_before = outbox.counts()->bytes_free;
    for (int number = 0; number < 100; ++number) {
        if (number == 50) {
            REQUIRE(outbox.add(numbered_item(1000, outbox.counts()->bytes_free + 1)).has_value());
        }
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    CHECK(outbox.counts()->bytes_free + 102 * outbox::part_size_bytes > free_before);
    CHECK(std::abs(trend(places_in(raw(), 100))) < bound_for(100));
}

TEST_CASE_METHOD(OutboxFixture, "a batch's order tells nothing of when its envelopes came") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    for (int number = 0; number < 100; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    const std::string bytes(base::text_of(**draw(outbox)));
    CHECK(std::abs(trend(places_in(bytes, 100))) < bound_for(100));
}

TEST_CASE_METHOD(OutboxFixture, "a log that an add leaves behind is emptied by the checkpoint after it") {
    auto outbox = open();
    const std::filesystem::path write_ahead_log = path.string() + "-wal";
    REQUIRE(outbox.add(numbered_item(1), outbox::Emptying::by_checkpoint).has_value());
    CHECK(std::filesystem::file_size(write_ahead_log) > 0);
    REQUIRE(outbox.checkpoint().has_value());
    CHECK(std::filesystem::file_size(write_ahead_log) == 0);
    CHECK(outbox.counts()->quarantined == 0);
}

TEST_CASE_METHOD(OutboxFixture, "the write-ahead log is empty after every change") {
    outbox::Outbox outbox = open();
    const std::filesystem::path write_ahead_log = path.string() + "-wal";
    CHECK(std::filesystem::file_size(write_ahead_log) == 0);
    REQUIRE(outbox.start_log(log_id).has_value());
    CHECK(std::filesystem::file_size(write_ahead_log) == 0);
    REQUIRE(outbox.add(numbered_item(1)).has_value());
    CHECK(std::filesystem::file_size(write_ahead_log) == 0);
    REQUIRE(draw(outbox)->has_value());
    CHECK(std::filesystem::file_size(write_ahead_log) == 0);
    REQUIRE(*outbox.purge(receipt_for(outbox)) == 1);
    CHECK(std::filesystem::file_size(write_ahead_log) == 0);
    REQUIRE(outbox.restart_log(batch::log_id_of(key.verify_key(), log_id)).has_value());
    CHECK(std::filesystem::file_size(write_ahead_log) == 0);
}

// What is in a log that nobody could empty: the reason why the outbox empties it after every change.
TEST_CASE_METHOD(OutboxFixture, "control: the write-ahead log tells the order while a reader that hangs holds it") {
    outbox::Outbox outbox = open();
    auto reader = sqlite::Connection::open(path, sqlite::OpenMode::read_only).value();
    auto transaction = sqlite::Transaction::begin(reader, sqlite::TransactionKind::read).value();
    auto select = reader.prepare("SELECT capacity FROM pool").value();
    REQUIRE(select.query().value().next().value());  // only now it reads
    for (int number = 0; number < 100; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    CHECK_FALSE(order_told_by({places_in(log(), 100)}).empty());
    // And once it let go, the next change leaves nothing.
    {
        const auto ended = std::move(transaction);
    }
    REQUIRE(outbox.add(numbered_item(100)).has_value());
    CHECK(log().empty());
}

// pillarbox-sync at work all the time, and a kiosk that does what it does between two people. A reader that the
// system interrupts just then can keep the log for a moment, so a few envelopes are let through; what was found while
// the log was not emptied are all.
TEST_CASE_METHOD(OutboxFixture,
                 "a sync that reads all the time does not keep the write-ahead log from being emptied") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    std::atomic<bool> done = false;
    std::atomic<int> reads = 0;
    std::thread sync([&] {
        crypto::SystemRandom other_random;
        auto other = outbox::Outbox::open(path, other_random).value();
        while (!done) {
            reads += other.counts().has_value() ? 1 : 0;
        }
    });
    while (reads == 0) {
        std::this_thread::yield();
    }
    std::size_t together_max = 0;
    for (int number = 0; number < 30; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
        static_cast<void>(outbox.checkpoint());
        together_max = std::max(together_max, envelopes_in(log()));
    }
    done = true;
    sync.join();
    CAPTURE(reads.load(), together_max);
    CHECK(together_max <= 5);
}

TEST_CASE_METHOD(OutboxFixture, "nothing of a purged envelope is left in any file") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    std::string text;
    while (text.size() < 20'000) {
        text += "CANARY-7c1e ";
    }
    REQUIRE(outbox.add(item_of_text(text)).has_value());
    REQUIRE(raw().find("CANARY-7c1e") != std::string::npos);
    REQUIRE(draw(outbox)->has_value());
    REQUIRE(*outbox.purge(receipt_for(outbox)) == 1);
    CHECK(raw().find("CANARY-7c1e") == std::string::npos);
}

TEST_CASE_METHOD(OutboxFixture, "the files' modification times tell no time of day") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.add(numbered_item(1)).has_value());
    for (const char* suffix : {"", "-wal", "-shm"}) {
        struct stat status{};
        REQUIRE(::stat((path.string() + suffix).c_str(), &status) == 0);
        CHECK(status.st_mtim.tv_sec % 86'400 == 0);
        CHECK(status.st_mtim.tv_nsec == 0);
    }
}

}  // namespace
}  // namespace pillarbox::tests
