// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Prometheus reads at /metrics (text format 0.0.4): counts of the whole fleet, and how long requests took. No
// kiosk, station or address is named, so that nothing of one kiosk is told that is finer than a day; who may read it
// has the token in the store's folder, as the rate of responses is nobody else's business either.
// Threading: any.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/http/message.hpp"
#include "sync/store/fleet/overview.hpp"
#include "sync/store/health.hpp"

namespace pillarbox::fleet {

inline constexpr std::string_view metrics_path = "/metrics";
inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

// The bearer token that a scraper shows: `metrics.token` in the store's folder, owner-only, made at its first use.
[[nodiscard]] base::Result<std::string> metrics_token(const std::filesystem::path& folder, base::Random& random);

class Metrics {
  public:
    // The fleet is read anew for a scrape at most so often.
    static constexpr std::chrono::milliseconds read_every{10'000};
    // Upper bounds of the histogram's buckets, in milliseconds.
    static constexpr std::array<std::uint64_t, 10> bounds_ms = {1, 2, 5, 10, 25, 50, 100, 250, 1'000, 5'000};

    Metrics(Database& database, const base::Clock& clock)
        : database_(database), clock_(clock), health_(database, clock) {}

    // After each request of a kiosk's, of any other, and of staff.
    void count(const http::Request& request, const http::Response& response, std::chrono::microseconds took);
    [[nodiscard]] base::Result<std::string> text();

  private:
    struct Histogram {
        std::array<std::uint64_t, bounds_ms.size() + 1> counts{};  // the last: beyond all bounds
        std::uint64_t sum_us = 0;
    };
    [[nodiscard]] base::Result<std::string> fleet_text();
    [[nodiscard]] std::string requests_text();

    Database& database_;
    const base::Clock& clock_;
    store::HealthProbe health_;
    std::mutex mutex_;
    std::map<std::string, Histogram, std::less<>> durations_;     // by resource
    std::map<std::string, std::uint64_t, std::less<>> refusals_;  // by problem
    std::mutex read_mutex_;
    std::optional<std::chrono::milliseconds> read_at_;
    std::string fleet_text_;
};

}  // namespace pillarbox::fleet
