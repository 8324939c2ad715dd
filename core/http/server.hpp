// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small HTTPS server with a limit on everything (Boost.Beast over OpenSSL, TLS 1.3 only).
//
// Limits: bytes of a header, bytes of a body (told for each route, before any of it is read), connections at once,
// and time: a handshake and a header have `header_time`, a body has that and its length at `body_rate_min`, so that a
// slow client (slowloris) is dropped and a slow but honest link is not. Addresses of clients are neither kept nor
// logged. Threading: the handler is called from any of `threads` threads, several at once; it must guard what it
// shares.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/http/certificate.hpp"
#include "core/http/message.hpp"

namespace pillarbox::http {

using Handler = std::function<Response(const Request&)>;

// Bytes of body that a request to `path` may have; 0 for none. A longer one is answered with 413, unread.
using BodyLimit = std::function<std::size_t(Method method, std::string_view path)>;

struct ServerSettings {
    std::string address = "127.0.0.1";  // numeric, IPv4 or IPv6
    std::uint16_t port = 0;             // 0: any free one
    OwnCertificate certificate;
    BodyLimit body_limit;
    std::uint32_t header_size_bytes_max = 8 * 1024;
    std::size_t connections_max = 128;
    std::size_t threads = 2;
    std::chrono::milliseconds header_time{10'000};
    std::size_t body_rate_min_bytes_per_second = 4 * 1024;
    std::chrono::milliseconds stop_time{3'000};  // for requests under way when stop() is called
};

// Splits "127.0.0.1:8443" or "[::1]:8443" into the settings; usage where it is neither.
[[nodiscard]] base::Result<void> set_listen_address(ServerSettings& settings, std::string_view text);

class Server {
  public:
    struct State;  // known to server.cpp alone

    // Listens when it returns. unavailable where the address cannot be bound; malformed for a broken certificate or
    // key.
    [[nodiscard]] static base::Result<Server> start(ServerSettings settings, Handler handler);
    ~Server();  // stops
    Server(Server&&) noexcept;
    Server& operator=(Server&&) noexcept;

    [[nodiscard]] std::uint16_t port() const;
    void stop();  // takes no more connections, lets requests under way finish, and returns with all threads joined

  private:
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::http
