// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether the store can keep anything, for /healthz: the database is reachable, takes a change, and has a second copy
// or none. No names, no addresses, no figures.
//
// Anybody may ask, as often as they like, so the database is asked once in a while only. Threading: any thread.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

struct Health {
    bool reachable = false;
    bool writable = false;
    bool has_second_copy = false;  // what is committed now is on a standby's disk too
};

[[nodiscard]] std::string format_health(const Health& health);  // JSON

class HealthProbe {
  public:
    static constexpr std::chrono::milliseconds asked_every{2'000};

    HealthProbe(Database& database, const base::Clock& clock) : database_(database), clock_(clock) {}
    [[nodiscard]] Health ask();

  private:
    Database& database_;
    const base::Clock& clock_;
    std::mutex mutex_;
    std::optional<std::chrono::milliseconds> asked_at_;
    Health last_;
};

}  // namespace pillarbox::store
