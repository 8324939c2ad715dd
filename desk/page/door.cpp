// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/page/door.hpp"

#include <fmt/format.h>

#include <array>

#include "core/base/bytes.hpp"
#include "core/crypto/hash.hpp"
#include "core/http/forms.hpp"

namespace pillarbox::page {
namespace {

constexpr std::size_t secret_size_bytes = 32;
constexpr std::string_view form_context = "pillarbox-desk-form-1";

std::string random_secret(base::Random& random) {
    std::array<std::uint8_t, secret_size_bytes> secret{};
    random.fill(secret);
    return base::to_base64_url(secret);
}

bool equal(std::string_view one, std::string_view other) {
    return one.size() == other.size() && crypto::equal_in_constant_time(base::view_of(one), base::view_of(other));
}

}  // namespace

Door::Door(base::Random& random) : random_(random), start_path_("/start/" + random_secret(random)) {}

std::string Door::host() const {
    return fmt::format("127.0.0.1:{}", port_);
}

std::string Door::cookie_name() const {
    return fmt::format("pillarbox-desk-{}", port_);
}

bool Door::is_for_us(const http::Request& request) const {
    return port_ != 0 && request.host == host();
}

bool Door::is_from_us(const http::Request& request) const {
    return request.origin == "http://" + host();
}

bool Door::is_start(const http::Request& request) const {
    return !closed_ && !is_start_used() && equal(request.path, start_path_);
}

http::Header Door::begin() {
    cookie_ = random_secret(random_);
    form_token_ = base::to_base64_url(crypto::hmac_sha256(base::view_of(cookie_), base::view_of(form_context)));
    return {"Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(), cookie_)};
}

bool Door::is_in(const http::Request& request) const {
    return !closed_ && is_start_used() && equal(http::cookie_of(request.cookie, cookie_name()), cookie_);
}

bool Door::is_form_token(std::string_view token) const {
    return is_start_used() && equal(token, form_token_);
}

void Door::close() {
    closed_ = true;
}

}  // namespace pillarbox::page
