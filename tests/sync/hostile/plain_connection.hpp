// SPDX-License-Identifier: GPL-3.0-or-later
//
// A TCP client without TLS.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "core/base/check.hpp"

namespace pillarbox::tests {

class PlainConnection {
  public:
    explicit PlainConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        PILLARBOX_CHECK(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    ~PlainConnection() { ::close(socket_); }
    PlainConnection(const PlainConnection&) = delete;
    PlainConnection& operator=(const PlainConnection&) = delete;

    void send(const std::string& text) const { (void)::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
    // What comes until the other side closes.
    [[nodiscard]] std::string read_to_end() const {
        std::string text;
        std::array<char, 4096> part{};
        ssize_t count = 0;
        while ((count = ::recv(socket_, part.data(), part.size(), 0)) > 0) {
            text.append(part.data(), static_cast<std::size_t>(count));
        }
        return text;
    }

  private:
    int socket_;
};

}  // namespace pillarbox::tests
