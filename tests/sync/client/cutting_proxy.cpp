// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/client/cutting_proxy.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/check.hpp"

namespace pillarbox::tests {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool send_all(int to, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = ::send(to, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

}  // namespace

CuttingProxy::CuttingProxy(std::uint16_t server_port, std::size_t cut_after_bytes, Cut cut)
    : server_port_(server_port),
      cut_after_bytes_(cut_after_bytes),
      cut_(cut),
      listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    PILLARBOX_CHECK(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    PILLARBOX_CHECK(::listen(listener_, 8) == 0);
    PILLARBOX_CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

CuttingProxy::~CuttingProxy() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
}

void CuttingProxy::serve() {
    while (!stopping_) {
        pollfd waiting{listener_, POLLIN, 0};
        if (::poll(&waiting, 1, 50) == 1) {
            const int client = ::accept(listener_, nullptr, nullptr);
            carry(client);
            ::close(client);
        }
    }
}

void CuttingProxy::carry(int client) {
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(server_port_);
    bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    std::array<char, 16 * 1024> buffer{};
    std::size_t carried = cut_ == Cut::road ? carried_.load() : 0;
    while (open && !stopping_) {
        std::array<pollfd, 2> ends{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        if (::poll(ends.data(), ends.size(), 50) <= 0) {
            continue;
        }
        if (ends[0].revents != 0) {
            const std::size_t room = std::min(buffer.size(), cut_after_bytes_ - carried);
            const ssize_t count = room == 0 ? 0 : ::recv(client, buffer.data(), room, 0);
            open = count > 0 && send_all(server, buffer.data(), static_cast<std::size_t>(count));
            carried += open ? static_cast<std::size_t>(count) : 0;
            carried_ += open ? static_cast<std::size_t>(count) : 0;
            open = open && carried < cut_after_bytes_;
        }
        if (open && ends[1].revents != 0) {
            const ssize_t count = ::recv(server, buffer.data(), buffer.size(), 0);
            open = count > 0 && send_all(client, buffer.data(), static_cast<std::size_t>(count));
        }
    }
    ::close(server);
}

}  // namespace pillarbox::tests
