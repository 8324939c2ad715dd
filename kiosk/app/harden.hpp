// SPDX-License-Identifier: GPL-3.0-or-later
//
// What keeps plaintext answers inside this process: no core dumps, no tracing, no swap, and freed heap blocks
// overwritten (wiping_heap.hpp). Why the whole process and not single buffers: docs/decisions/0003-locked-process.md.
#pragma once

#include <vector>

#include "core/base/error.hpp"

namespace pillarbox::app {

// Each Error names one protection that this machine does not grant, and what to do; empty where all hold.
[[nodiscard]] std::vector<base::Error> harden_process();

// Before the first thread: one heap for all threads, and large blocks from the system itself, which clears them when
// they go back to it.
void keep_heap_small();

// Between two people: what the heap holds free goes back to the system, which clears it.
void give_back_free_memory();

}  // namespace pillarbox::app
