// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server on a free port of this machine, and clients that have pinned it.
#pragma once

#include <netinet/in.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "core/base/day.hpp"
#include "core/http/client.hpp"
#include "core/http/server.hpp"

namespace pillarbox::tests {

// Counts up: enough for a serial number.
class CountingRandom : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::uint8_t& byte : bytes) {
            byte = ++next_;
        }
    }

  private:
    std::uint8_t next_ = 0;
};

inline http::OwnCertificate make_certificate() {
    CountingRandom random;
    auto certificate =
        http::make_own_certificate({"localhost", "127.0.0.1"}, base::parse_day("2026-01-05").value(), random);
    REQUIRE(certificate.has_value());
    return *certificate;
}

inline http::ServerSettings quick_settings(http::OwnCertificate certificate) {
    http::ServerSettings settings;
    settings.certificate = std::move(certificate);
    settings.body_limit = [](http::Method, std::string_view path) {
        return path == "/echo" ? std::size_t{1} << 20U : 0U;
    };
    settings.header_time = std::chrono::milliseconds(500);
    return settings;
}

inline http::Client make_client(std::uint16_t port, const http::CertificatePin& pin, http::Progress progress = {}) {
    http::ClientSettings settings;
    settings.base_url = "https://127.0.0.1:" + std::to_string(port);
    settings.certificate_pin = pin;
    settings.response_size_bytes_max = std::size_t{1} << 20U;
    auto client = http::Client::create(std::move(settings), std::move(progress));
    REQUIRE(client.has_value());
    return std::move(*client);
}

inline sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Echoes bodies, and counts the requests that reached it.
struct EchoServer {
    explicit EchoServer(http::ServerSettings settings)
        : certificate(settings.certificate), server([&] {
              auto started = http::Server::start(std::move(settings), [this](const http::Request& request) {
                  ++requests;
                  return http::Response{200, request.content_type, request.body};
              });
              REQUIRE(started.has_value());
              return std::move(*started);
          }()) {}
    explicit EchoServer() : EchoServer(quick_settings(make_certificate())) {}

    [[nodiscard]] http::CertificatePin pin() const { return http::pin_of(certificate.certificate_pem).value(); }

    std::atomic<int> requests = 0;
    http::OwnCertificate certificate;
    http::Server server;
};

}  // namespace pillarbox::tests
