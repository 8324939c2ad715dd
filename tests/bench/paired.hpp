// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs our way and a peer's in turn, A B A B ..., so that whatever slows the machine down slows both. Each pair
// becomes one line of JSON on standard output; tests/bench/run makes ratios, medians and spreads of them.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <string_view>

namespace pillarbox::bench {

enum class Time {
    processor,  // of the calling thread, user and system: what others do on the machine hardly shows in it
    wall,       // for what waits for a disk, a process or another thread
};

struct Pairing {
    std::string_view figure;  // as tests/bench/figures.py knows it
    Time time = Time::processor;
    int pairs = 1;
    int operations = 1;       // of ours in one sample
    int peer_operations = 1;  // of the peer's
};

[[nodiscard]] inline double now_us(Time time) {
    timespec now{};
    ::clock_gettime(time == Time::processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

// Microseconds an operation.
template <typename Operation>
[[nodiscard]] double measure(Time time, int operations, const Operation& operation) {
    const double start_us = now_us(time);
    for (int done = 0; done < operations; ++done) {
        operation();
    }
    return (now_us(time) - start_us) / operations;
}

inline void print_pair(std::string_view figure, double ours_us, double peer_us) {
    fmt::print("{{\"figure\": \"{}\", \"ours\": {:.3f}, \"peer\": {:.3f}}}\n", figure, ours_us, peer_us);
    std::fflush(stdout);
}

template <typename Ours, typename Peer>
void compare(const Pairing& pairing, const Ours& ours, const Peer& peer) {
    for (int pair = -1; pair < pairing.pairs; ++pair) {  // the first only warms up
        const double ours_us = measure(pairing.time, pairing.operations, ours);
        const double peer_us = measure(pairing.time, pairing.peer_operations, peer);
        if (pair >= 0) {
            print_pair(pairing.figure, ours_us, peer_us);
        }
    }
}

}  // namespace pillarbox::bench
