// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same work on many items, on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace pillarbox::opening {

// Calls work(0) ... work(count - 1), each once, on at most `threads` threads, this one among them. Returns when all
// are done. Where the system gives fewer threads, fewer do the same work.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace pillarbox::opening
