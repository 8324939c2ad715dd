// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/daemon.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace pillarbox;
using std::chrono::milliseconds;

namespace {

// Draws the largest or the smallest number there is.
class EdgeRandom : public base::Random {
  public:
    explicit EdgeRandom(std::uint8_t byte) : byte_(byte) {}
    void fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, byte_); }

  private:
    std::uint8_t byte_;
};

// Uniform enough to fill an interval: a counter through a multiplication.
class SpreadRandom : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::uint8_t& byte : bytes) {
            state_ = state_ * 6364136223846793005U + 1442695040888963407U;
            byte = static_cast<std::uint8_t>(state_ >> 56U);
        }
    }

  private:
    std::uint64_t state_ = 1;
};

base::Error no_network() {
    return {base::ErrorCode::network, "https://x", "No connection.", {}};
}

}  // namespace

TEST_CASE("After failures the bound of the wait doubles up to its cap and success sets it back") {
    SpreadRandom random;
    const client::BackOffSettings settings{milliseconds(100), milliseconds(1'000), milliseconds(10),
                                           milliseconds(20)};
    std::vector<milliseconds> longest(6);
    for (int run = 0; run < 500; ++run) {
        client::BackOff back_off(settings, random);
        for (auto& most : longest) {
            most = std::max(most, back_off.after_failure());
        }
        const auto pause = back_off.after_success();
        CHECK(pause >= milliseconds(10));
        CHECK(pause <= milliseconds(20));
        CHECK(back_off.after_failure() <= milliseconds(100));
    }
    const std::vector<int> bounds = {100, 200, 400, 800, 1000, 1000};
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        CHECK(longest[i] <= milliseconds(bounds[i]));
        CHECK(longest[i] > milliseconds(bounds[i] * 9 / 10));
    }
}

TEST_CASE("The jitter is full so that a wait may also be nothing") {
    EdgeRandom random(0);
    client::BackOff back_off({}, random);
    for (int i = 0; i < 20; ++i) {
        CHECK(back_off.after_failure() == milliseconds(0));
    }
}

TEST_CASE("A daemon keeps small batches back until the day turns and tries again after failures") {
    base::ManualClock clock(base::parse_day("2026-01-05").value());
    SpreadRandom random;
    std::vector<std::uint64_t> asked;
    int reports = 0;
    const client::DaemonHooks hooks{[&](std::uint64_t least) -> base::Result<client::RoundReport> {
                                        asked.push_back(least);
                                        if (asked.size() == 3) {
                                            return std::unexpected(no_network());
                                        }
                                        return client::RoundReport{};
                                    },
                                    [&](milliseconds) {
                                        if (asked.size() == 2) {
                                            clock.set_day(base::parse_day("2026-01-06").value());
                                        }
                                        return asked.size() == 6 ? client::Wake::stop : client::Wake::time_passed;
                                    },
                                    [&](const base::Result<client::RoundReport>&) { ++reports; }};
    client::run_daemon(hooks, 5, clock, client::BackOff({}, random));
    // The third round, the first of the new day, fails: the fourth still clears the outbox.
    CHECK(asked == std::vector<std::uint64_t>{5, 5, 1, 1, 5, 5});
    CHECK(reports == 6);
}

TEST_CASE("A clock that goes back clears nothing") {
    base::ManualClock clock(base::parse_day("2026-01-05").value());
    SpreadRandom random;
    std::vector<std::uint64_t> asked;
    const client::DaemonHooks hooks{[&](std::uint64_t least) -> base::Result<client::RoundReport> {
                                        asked.push_back(least);
                                        return client::RoundReport{};
                                    },
                                    [&](milliseconds) {
                                        clock.set_day(base::parse_day("2016-01-05").value());
                                        return asked.size() == 3 ? client::Wake::stop : client::Wake::time_passed;
                                    },
                                    [](const base::Result<client::RoundReport>&) {}};
    client::run_daemon(hooks, 5, clock, client::BackOff({}, random));
    CHECK(asked == std::vector<std::uint64_t>{5, 5, 5});
}
