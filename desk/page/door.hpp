// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may come in. The page is on loopback, which every program and every site in the same browser can reach; so:
//
//   one link      "/start/" and 32 random bytes, known to whoever started the desk. It shows a form; sending that
//                 begins the only session, and the link is worth nothing afterwards (reading it changes nothing, as
//                 browsers and scanners of links do so on their own).
//   one cookie    32 random bytes; HttpOnly, SameSite=Strict. Its name has the port in it, as cookies have none.
//   one name      Host must be the address as printed: a foreign name that was made to point here (DNS rebinding) is
//                 answered with nothing.
//   one origin    a POST comes from a page of ours: its Origin is ours, and it carries the session's form token,
//   which
//                 is made of the cookie and can't be known to another site.
//
// Threading: one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/random.hpp"
#include "core/http/message.hpp"

namespace pillarbox::page {

class Door {
  public:
    explicit Door(base::Random& random);

    void listens_on(std::uint16_t port) { port_ = port; }
    [[nodiscard]] std::string host() const;  // "127.0.0.1:41234"
    [[nodiscard]] const std::string& start_path() const { return start_path_; }

    [[nodiscard]] bool is_for_us(const http::Request& request) const;   // by Host
    [[nodiscard]] bool is_from_us(const http::Request& request) const;  // by Origin
    [[nodiscard]] bool is_start(const http::Request& request) const;    // the one link, not used yet
    [[nodiscard]] bool is_start_used() const { return !cookie_.empty(); }
    [[nodiscard]] http::Header begin();                            // uses up the link; the cookie to set
    [[nodiscard]] bool is_in(const http::Request& request) const;  // by cookie
    [[nodiscard]] bool is_form_token(std::string_view token) const;
    [[nodiscard]] const std::string& form_token() const { return form_token_; }
    void close();  // nobody comes in any more

  private:
    [[nodiscard]] std::string cookie_name() const;

    base::Random& random_;
    std::uint16_t port_ = 0;
    std::string start_path_;
    std::string cookie_, form_token_;  // empty before the session begins
    bool closed_ = false;
};

}  // namespace pillarbox::page
