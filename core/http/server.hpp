// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small HTTPS server with a limit on everything (Boost.Beast over OpenSSL, TLS 1.3 only). Without TLS it serves
// this machine alone: a page for whoever sits at it.
//
// Limits: bytes of a header; bytes of a body (told for each route, before any of it is read; a body has a length,
// chunks are refused); connections, bodies and their bytes at once (core/http/places.hpp says who makes way); and
// time: a handshake and a header have `header_time`, a body has `body_time` for every `body_time` times
// `body_rate_min`, so that a slow client (slowloris) is dropped and a slow but honest link is not. Addresses of
// clients are in memory while they are connected, and nowhere else. Threading: the handlers are called from any of
// `threads` threads, several at once; they must guard what they share.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/http/certificate.hpp"
#include "core/http/message.hpp"
#include "core/http/request_reader.hpp"

namespace pillarbox::http {

using Handler = std::function<Response(const Request&)>;

enum class Transport {
    tls,
    plain_on_loopback,  // any other address is refused
};

struct ServerSettings {
    Transport transport = Transport::tls;
    std::string address = "127.0.0.1";  // numeric, IPv4 or IPv6
    std::uint16_t port = 0;             // 0: any free one
    OwnCertificate certificate;         // of tls
    BodyLimit body_limit;
    std::uint32_t header_size_bytes_max = 8 * 1024;
    std::size_t connections_max = 128;                           // half of them may be sending a body
    std::size_t bodies_size_bytes_max = std::size_t{12} << 20U;  // of all connections together; at least one body's
    std::size_t threads = 2;
    std::chrono::milliseconds hurry_time{1'000};  // nobody of a crowd is displaced sooner
    std::chrono::milliseconds header_time{10'000};
    std::chrono::milliseconds body_time{30'000};
    std::size_t body_rate_min_bytes_per_second = 4 * 1024;
    std::chrono::milliseconds stop_time{3'000};  // for requests under way when stop() is called
};

class Server {
  public:
    struct State;  // known to server.cpp alone

    // Listens when it returns. unavailable where the address cannot be bound; malformed for a broken certificate or
    // key; usage for a plain server that others could reach.
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
