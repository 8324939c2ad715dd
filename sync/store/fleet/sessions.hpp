// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who is signed in. A session is 32 random bytes in a cookie; the store keeps their SHA-256 in memory, so that
// neither a copy of the database nor a restart leaves one behind. It ends half an hour after its last request, twelve
// hours after it began, and when the account is removed or changed.
//
// Every form carries the session's form token, which is made of the cookie and can't be known to another site: a
// request that it has made a browser send is refused, whatever the cookie's SameSite is worth in that browser.
// Threading: any.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/crypto/hash.hpp"
#include "sync/store/fleet/accounts.hpp"

namespace pillarbox::fleet {

struct Session {
    Credentials credentials;
    std::string form_token;
};

class Sessions {
  public:
    static constexpr std::chrono::milliseconds idle_max{30 * 60'000};
    static constexpr std::chrono::milliseconds age_max{12 * 3'600'000};
    static constexpr std::size_t sessions_max = 200;

    Sessions(const base::Clock& clock, base::Random& random) : clock_(clock), random_(random) {}

    [[nodiscard]] std::string begin(const Credentials& credentials);  // what the cookie is to hold
    [[nodiscard]] std::optional<Session> find(std::string_view cookie);
    void end(std::string_view cookie);
    void end_all_of(const std::string& name);

  private:
    struct Held {
        Credentials credentials;
        std::chrono::milliseconds began{0};
        std::chrono::milliseconds last_used{0};
    };
    void drop_old();

    const base::Clock& clock_;
    base::Random& random_;
    std::mutex mutex_;
    std::map<crypto::Digest, Held> held_;
};

// Made of a secret that the browser holds in a cookie; equal in constant time.
[[nodiscard]] std::string form_token_of(std::string_view cookie);
[[nodiscard]] bool is_form_token_of(std::string_view cookie, std::string_view token);

}  // namespace pillarbox::fleet
