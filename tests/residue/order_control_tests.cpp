// SPDX-License-Identifier: GPL-3.0-or-later
//
// The controls of order_tests.cpp: designs that tell the order, each of them plausible, have to be found out by the
// same measures.
#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

#include "core/sqlite/connection.hpp"
#include "tests/core/outbox/outbox_fixture.hpp"
#include "tests/faults/storage/memory_disk.hpp"
#include "tests/residue/forensic_image.hpp"

namespace pillarbox::tests {
namespace {

constexpr int response_count = 100;
constexpr std::uint64_t seed_count = 20;

// Where 100 envelopes lie in a table of this design, each `lead_bytes` into its row, with 16 random bytes for a key.
std::vector<Sample> places_in_table(const std::string& create, std::size_t lead_bytes) {
    std::vector<Sample> samples;
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        const TemporaryFolder folder;
        const auto path = folder / "naive.db";
        MemoryDisk disk;
        put_databases_on(disk);
        SeededRandom random(seed);
        auto connection = sqlite::Connection::open(path, sqlite::OpenMode::create).value();
        REQUIRE(connection.run(create).has_value());
        auto statement = connection.prepare("INSERT INTO answer VALUES(?, ?)").value();
        for (int number = 0; number < response_count; ++number) {
            base::Bytes key(16);
            random.fill(key);
            base::Bytes content(lead_bytes, 'x');
            const auto item = numbered_item(number, 300);
            content.insert(content.end(), item.envelope.begin(), item.envelope.end());
            REQUIRE(statement.run(base::ByteView(key), base::ByteView(content)).has_value());
        }
        REQUIRE(connection.checkpoint(std::chrono::milliseconds(0)).has_value());
        samples.push_back(places_in(image_of(disk, path).database, response_count));
    }
    return samples;
}

constexpr std::size_t on_overflow_page = 3000;

TEST_CASE("control: a table that is appended to tells the order") {
    CHECK_FALSE(order_told_by(places_in_table("CREATE TABLE answer(key BLOB, content BLOB)", 0)).empty());
}

TEST_CASE("control: random keys do not hide the order where rows have a rowid") {
    CHECK_FALSE(order_told_by(places_in_table("CREATE TABLE answer(key BLOB PRIMARY KEY, content BLOB)", 0)).empty());
}

TEST_CASE("control: nor where rows lie by their random key but overflow their page") {
    CHECK_FALSE(order_told_by(places_in_table("CREATE TABLE answer(key BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID",
                                              on_overflow_page))
                    .empty());
}

TEST_CASE("control: a ring whose start is random has no trend and is told by its neighbours") {
    SeededRandom random(1);
    std::vector<Sample> rings;
    double trends = 0;
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        Sample ring(response_count);
        std::iota(ring.begin(), ring.end(), 0.0);
        std::ranges::rotate(ring, ring.begin() + static_cast<std::ptrdiff_t>(random.below(response_count)));
        rings.push_back(ring);
        trends += trend(ring);
    }
    CHECK(neighbours(rings.front()) > bound_for(response_count));
    CHECK_FALSE(order_told_by(rings).empty());
}

// A weak leak: no single sample shows it, the mean of all does.
TEST_CASE("control: order that no single outbox tells is told by twenty") {
    SeededRandom random(1);
    std::vector<Sample> samples;
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        Sample sample;
        for (int number = 0; number < response_count; ++number) {
            sample.push_back(static_cast<double>(random.below(1000)) + 2.0 * number);
        }
        samples.push_back(sample);
        CHECK(order_told_by({sample}).empty());
    }
    CHECK_FALSE(order_told_by(samples).empty());
}

TEST_CASE("numbers in random order tell nothing, and neither do equal ones") {
    SeededRandom random(1);
    std::vector<Sample> samples;
    std::vector<Sample> equal(seed_count, Sample(response_count, 7.0));
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        Sample sample(response_count);
        std::iota(sample.begin(), sample.end(), 0.0);
        random.shuffle(sample);
        samples.push_back(sample);
    }
    CHECK(order_told_by(samples).empty());
    CHECK(order_told_by(equal).empty());
}

}  // namespace
}  // namespace pillarbox::tests
