// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <random>

using namespace pillarbox;

namespace {

// The same numbers on every run, so that a rough bound never fails by bad luck.
class SeededRandom : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(engine_() >> 32U);
        }
    }

  private:
    std::mt19937_64 engine_{2023};
};

// Gives bytes of 255 for the first draws of eight bytes and of 0 afterwards.
class HighThenLow : public base::Random {
  public:
    explicit HighThenLow(int high_draws) : left_(high_draws) {}
    void fill(std::span<std::uint8_t> bytes) override {
        std::ranges::fill(bytes, static_cast<std::uint8_t>(left_ > 0 ? 255 : 0));
        --left_;
        ++draws;
    }
    int draws = 0;

  private:
    int left_;
};

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

}  // namespace

TEST_CASE("numbers below a bound are below it and equally frequent") {
    SeededRandom random;
    for (const std::uint64_t bound : {2U, 3U, 7U, 10U, 26U}) {
        constexpr std::uint64_t draws_each = 5000;  // standard deviation about 70
        std::vector<std::uint64_t> counts(bound);
        for (std::uint64_t i = 0; i < bound * draws_each; ++i) {
            ++counts.at(random.below(bound));
        }
        CAPTURE(bound, counts);
        CHECK(*std::ranges::min_element(counts) > draws_each - 350);
        CHECK(*std::ranges::max_element(counts) < draws_each + 350);
    }
}

TEST_CASE("the smallest and the largest bounds are kept") {
    SeededRandom random;
    const std::uint64_t half = std::uint64_t{1} << 63U;
    int upper = 0;
    for (int i = 0; i < 1000; ++i) {
        CHECK(random.below(1) == 0);
        const std::uint64_t number = random.below(half + 1);
        CHECK(number <= half);
        upper += number > half / 2 ? 1 : 0;
        CHECK(random.below(largest) < largest);
    }
    CHECK(upper > 400);
    CHECK(upper < 600);
}

TEST_CASE("a draw past the last whole multiple of the bound is drawn again") {
    for (const std::uint64_t bound : {std::uint64_t{3}, std::uint64_t{10}, (std::uint64_t{1} << 63U) + 1, largest}) {
        HighThenLow random(2);
        CHECK(random.below(bound) == 0);
        CHECK(random.draws == 3);
    }
}

TEST_CASE("a shuffle keeps the items and makes every order equally frequent") {
    SeededRandom random;
    std::map<std::vector<int>, int> counts;
    constexpr int draws_each = 2000;  // standard deviation about 44
    for (int i = 0; i < 24 * draws_each; ++i) {
        std::vector<int> items = {1, 2, 3, 4};
        random.shuffle(items);
        ++counts[items];
    }
    REQUIRE(counts.size() == 24);
    for (const auto& [order, count] : counts) {
        CAPTURE(order, count);
        CHECK(std::is_permutation(order.begin(), order.end(), std::vector<int>{1, 2, 3, 4}.begin()));
        CHECK(std::abs(count - draws_each) < 250);
    }
    std::vector<int> none;
    random.shuffle(none);
    CHECK(none.empty());
}
