// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often somebody may try to sign in. After five wrong passphrases in a row a name waits for a minute, then two,
// four and so on up to an hour; and all names together have no more than twenty tries a minute, so that guesses at
// many names are as slow, and the work of Argon2id stays small. Kept in memory, by name: the store knows no
// addresses. Whoever is shut out so can still be let in by who restarts the store. Threading: any.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "core/base/clock.hpp"

namespace pillarbox::fleet {

class Attempts {
  public:
    static constexpr std::uint64_t free_failures = 5;
    static constexpr std::chrono::milliseconds first_wait{60'000};
    static constexpr std::chrono::milliseconds longest_wait{3'600'000};
    static constexpr std::uint64_t tries_a_minute = 20;
    static constexpr std::size_t names_max = 1000;

    explicit Attempts(const base::Clock& clock) : clock_(clock) {}

    // True where this name may be tried now; the try counts as one of the minute's.
    [[nodiscard]] bool may_try(const std::string& name);
    void failed(const std::string& name);
    void succeeded(const std::string& name);

  private:
    struct Failures {
        std::uint64_t count = 0;
        std::chrono::milliseconds waits_until{0};
    };
    void make_room();

    const base::Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Failures, std::less<>> failures_;
    std::chrono::milliseconds minute_began_{0};
    std::uint64_t tries_ = 0;
};

}  // namespace pillarbox::fleet
