// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/harness.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

namespace pillarbox::tests {

int run_many(int argument_count, char** arguments, const Run& run) {
    std::uint64_t runs = 100;
    std::uint64_t seed = 1;
    Variant variant = Variant::as_built;
    for (int index = 1; index < argument_count; ++index) {
        const bool has_value = index + 1 < argument_count;
        if (std::strcmp(arguments[index], "--control") == 0) {
            variant = Variant::control;
        } else if (std::strcmp(arguments[index], "--runs") == 0 && has_value) {
            runs = std::strtoull(arguments[++index], nullptr, 10);
        } else if (std::strcmp(arguments[index], "--seed") == 0 && has_value) {
            seed = std::strtoull(arguments[++index], nullptr, 10);
        } else {
            fmt::print(stderr, "usage: {} [--runs N] [--seed S] [--control]\n", arguments[0]);
            return 2;
        }
    }
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t broken_count = 0;
    for (std::uint64_t index = 0; index < runs; ++index) {
        const std::vector<std::string> broken = run(seed + index, variant);
        broken_count += broken.empty() ? 0U : 1U;
        if (!broken.empty() && variant == Variant::as_built) {
            fmt::print("FAIL seed={} what: {}\n", seed + index, broken.front());
        }
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    fmt::print("FIGURES runs={} broken={} seconds={:.1f}\n", runs, broken_count, seconds.count());
    return broken_count == 0 ? 0 : 1;
}

}  // namespace pillarbox::tests
