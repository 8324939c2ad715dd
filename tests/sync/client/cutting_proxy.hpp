// SPDX-License-Identifier: GPL-3.0-or-later
//
// A TCP proxy that cuts every connection once it has carried so many bytes from client to server, or once all
// connections together have: then the road is closed.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

namespace pillarbox::tests {

enum class Cut { each_connection, road };

class CuttingProxy {
  public:
    // `cut_after_bytes` of client to server; the bytes up to there are delivered.
    CuttingProxy(std::uint16_t server_port, std::size_t cut_after_bytes, Cut cut = Cut::each_connection);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::size_t carried_bytes() const { return carried_; }  // client to server, in all connections

  private:
    void serve();
    void carry(int client);

    std::uint16_t server_port_;
    std::size_t cut_after_bytes_;
    Cut cut_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<std::size_t> carried_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace pillarbox::tests
