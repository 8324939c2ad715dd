// SPDX-License-Identifier: GPL-3.0-or-later
//
// An HTTPS client for one server that is known by its public key (libcurl).
//
// Invariants: https and TLS 1.3 only; nothing of a request is sent before the server has proven that it holds the
// pinned key; no redirect is followed; the environment's proxies, cookies and .netrc are not used; a response over
// the caps is dropped, header fields and interim responses counted; and every request ends, however the other side
// drips. Threading: one Client per thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/http/certificate.hpp"
#include "core/http/message.hpp"

namespace pillarbox::http {

enum class Proceed { yes, stop };

// Called several times a second while a request is under way; `total_bytes` of the request's body.
using Progress = std::function<Proceed(std::uint64_t sent_bytes, std::uint64_t total_bytes)>;

struct ClientSettings {
    std::string base_url;  // "https://store.example.org:8443": scheme, host and port, nothing more
    CertificatePin certificate_pin{};
    std::string
        proxy;  // "http://proxy.example.org:3128", used with CONNECT; empty: none, whatever the environment says
    std::chrono::milliseconds connect_timeout{30'000};  // a besieged store lets in slowly
    std::chrono::seconds stall_timeout{30};  // fails once the transfer was slower than 512 bytes/s for this long
    // For the whole request; on top of it comes the time that its body takes at 512 bytes/s.
    std::chrono::milliseconds answer_timeout{120'000};
    std::size_t response_size_bytes_max = std::size_t{1} << 20U;
    std::size_t response_header_size_bytes_max = 16 * 1024;  // of all interim responses and trailers together
};

// usage where the URL is not https with a host and, at most, a port.
[[nodiscard]] base::Result<void> check_base_url(const std::string& base_url);

class Client {
  public:
    // usage where the URL is not an https URL of host and port.
    [[nodiscard]] static base::Result<Client> create(ClientSettings settings, Progress progress = {});
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    // Any HTTP status is a Response. Errors: not_authentic where the server's key is not the pinned one (nothing was
    // sent), limit_exceeded where the response is over a cap, network for everything else, also where Progress said
    // stop.
    [[nodiscard]] base::Result<Response> send(const Request& request);

  private:
    struct State;
    explicit Client(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::http
