// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/in_parallel.hpp"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace pillarbox::opening {

void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto work_on = [&] {
        for (std::size_t index = next++; index < count; index = next++) {
            work(index);
        }
    };
    std::vector<std::jthread> others;
    const std::size_t useful = std::min<std::size_t>(threads, count);
    for (std::size_t index = 1; index < useful; ++index) {
        try {
            others.emplace_back(work_on);
        } catch (const std::system_error&) {
            break;
        }
    }
    work_on();
}

}  // namespace pillarbox::opening
