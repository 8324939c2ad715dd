// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a thief with an image of the disk can learn from the outbox's files.
#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/outbox/slot.hpp"
#include "tests/core/outbox/outbox_fixture.hpp"

namespace pillarbox::tests {
namespace {

// Spearman's rank correlation of `values` (all different) with their order.
double rank_correlation(const std::vector<std::size_t>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&values](std::size_t index) { return values[index]; });
    double squares = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const double distance = static_cast<double>(rank) - static_cast<double>(order[rank]);
        squares += distance * distance;
    }
    const auto count = static_cast<double>(values.size());
    return 1 - 6 * squares / (count * (count * count - 1));
}

// For 100 values in random order the correlation has a standard deviation of 1/sqrt(99); five of them are passed by
// chance less than once in a million runs.
const double correlation_bound = 5 / std::sqrt(99.0);

std::vector<std::size_t> places_on_disk(const std::string& raw, int count) {
    std::vector<std::size_t> places;
    for (int number = 0; number < count; ++number) {
        const std::size_t at = raw.find("envelope " + std::to_string(10'000 + number) + " ");
        REQUIRE(at != std::string::npos);
        places.push_back(at);
    }
    return places;
}

TEST_CASE("the measure of order tells an ordered pool from a shuffled one") {
    std::vector<std::size_t> places(100);
    std::iota(places.begin(), places.end(), std::size_t{0});
    CHECK(rank_correlation(places) > correlation_bound);
    crypto::SystemRandom random;
    random.shuffle(places);
    CHECK(std::abs(rank_correlation(places)) < correlation_bound);
}

TEST_CASE_METHOD(OutboxFixture, "the place of an envelope on the disk tells nothing of when it came") {
    outbox::Outbox outbox = open();
    for (int number = 0; number < 100; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    CHECK(std::abs(rank_correlation(places_on_disk(raw(), 100))) < correlation_bound);
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
        sum += rank_correlation(places_on_disk(fixture.raw(), 10));
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
    CHECK(std::abs(rank_correlation(places_on_disk(raw(), 100))) < correlation_bound);
}

TEST_CASE_METHOD(OutboxFixture, "a batch's order tells nothing of when its envelopes came") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    for (int number = 0; number < 100; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    const std::string bytes(base::text_of(**draw(outbox)));
    CHECK(std::abs(rank_correlation(places_on_disk(bytes, 100))) < correlation_bound);
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
