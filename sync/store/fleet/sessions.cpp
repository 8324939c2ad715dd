// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/sessions.hpp"

#include <algorithm>
#include <array>

namespace pillarbox::fleet {
namespace {

constexpr std::size_t secret_size_bytes = 32;
constexpr std::string_view form_context = "pillarbox-fleet-form-1";

crypto::Digest key_of(std::string_view cookie) {
    return crypto::sha256(base::view_of(cookie));
}

}  // namespace

std::string form_token_of(std::string_view cookie) {
    return base::to_base64_url(crypto::hmac_sha256(base::view_of(cookie), base::view_of(form_context)));
}

bool is_form_token_of(std::string_view cookie, std::string_view token) {
    const std::string expected = form_token_of(cookie);
    return !cookie.empty() && token.size() == expected.size() &&
           crypto::equal_in_constant_time(base::view_of(expected), base::view_of(token));
}

std::string Sessions::begin(const Credentials& credentials) {
    std::array<std::uint8_t, secret_size_bytes> secret{};
    const std::scoped_lock lock(mutex_);
    random_.fill(secret);
    std::string cookie = base::to_base64_url(secret);
    drop_old();
    const auto now = clock_.monotonic();
    held_[key_of(cookie)] = {credentials, now, now};
    return cookie;
}

std::optional<Session> Sessions::find(std::string_view cookie) {
    const std::scoped_lock lock(mutex_);
    drop_old();
    const auto found = held_.find(key_of(cookie));
    if (found == held_.end()) {
        return std::nullopt;
    }
    found->second.last_used = clock_.monotonic();
    return Session{found->second.credentials, form_token_of(cookie)};
}

void Sessions::end(std::string_view cookie) {
    const std::scoped_lock lock(mutex_);
    held_.erase(key_of(cookie));
}

void Sessions::end_all_of(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(held_, [&](const auto& entry) { return entry.second.credentials.account.name == name; });
}

void Sessions::drop_old() {
    const auto now = clock_.monotonic();
    std::erase_if(held_, [&](const auto& entry) {
        return now - entry.second.last_used >= idle_max || now - entry.second.began >= age_max;
    });
    if (held_.size() >= sessions_max) {
        held_.erase(std::ranges::min_element(held_, {}, [](const auto& entry) { return entry.second.last_used; }));
    }
}

}  // namespace pillarbox::fleet
