// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hundreds of hostile connections in one thread: each opens, says its opening, then repeats a line at an interval or
// as fast as it can, and comes back as soon as it is dropped. None reads what the store answers, unless it is told
// to.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace pillarbox::tests {

enum class Layer { tcp, tls };
enum class Ears { deaf, listening };    // listening: reads and throws away
enum class Farewell { polite, reset };  // how a connection ends that has said all it has to

struct Tactics {
    Layer layer = Layer::tls;
    std::size_t connections = 300;
    std::string opening{};                    // once
    std::string repeated{};                   // then again and again; empty: silence
    std::chrono::milliseconds interval{100};  // 0: as fast as the store takes it
    std::size_t repeats_max = SIZE_MAX;       // then it closes and comes back
    Ears ears = Ears::deaf;
    Farewell farewell = Farewell::polite;
    std::string address = "127.0.0.1";  // to come from: any of 127.0.0.0/8
};

class Swarm {
  public:
    // Attacks until it is destroyed.
    Swarm(std::uint16_t port, Tactics tactics);
    ~Swarm();
    Swarm(const Swarm&) = delete;
    Swarm& operator=(const Swarm&) = delete;

    [[nodiscard]] std::uint64_t opened() const { return opened_; }    // connections, TLS included where there is TLS
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }  // that the store ended
    [[nodiscard]] std::uint64_t sent_bytes() const { return sent_bytes_; }

  private:
    class Connection;
    void run(const std::stop_token& stop);

    std::uint16_t port_;
    Tactics tactics_;
    std::atomic<std::uint64_t> opened_ = 0;
    std::atomic<std::uint64_t> dropped_ = 0;
    std::atomic<std::uint64_t> sent_bytes_ = 0;
    std::jthread thread_;
};

}  // namespace pillarbox::tests
