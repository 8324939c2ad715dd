// SPDX-License-Identifier: GPL-3.0-or-later
//
// What keeps plaintext answers inside this process: no core dumps, no tracing, no swap, and freed heap blocks
// overwritten. Why the whole process and not single buffers: docs/decisions/0003-locked-process.md.
#pragma once

#include <optional>
#include <vector>

#include "core/base/error.hpp"

namespace pillarbox::app {

// glibc overwrites freed blocks (M_PERTURB) only where its thread cache is off, which must be said before the program
// starts. Starts the program again in the same process with that set; returns where it is set already, or where that
// failed.
void restart_with_wiping_heap(char* const arguments[]);

// Each Error names one protection that this machine does not grant, and what to do; empty where all hold.
[[nodiscard]] std::vector<base::Error> harden_process();

// From now on the heap overwrites every block that is freed, whenever it was made; an Error where it can't. Before
// the first person, and not before all is loaded: new blocks are filled too, and so the pages of a texture that
// nothing was drawn into yet would take memory and time.
[[nodiscard]] std::optional<base::Error> wipe_what_is_freed();

// Between two people: what the heap holds free goes back to the system, which clears it.
void give_back_free_memory();

}  // namespace pillarbox::app
