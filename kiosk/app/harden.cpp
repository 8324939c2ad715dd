// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/harden.hpp"

#include <malloc.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "core/base/core_dumps.hpp"
#include "kiosk/app/wiping_heap.hpp"

namespace pillarbox::app {
namespace {

using base::Error;
using base::ErrorCode;

}  // namespace

std::vector<Error> harden_process() {
    std::vector<Error> missing;
    if (const auto forbidden = base::forbid_core_dumps(); !forbidden.has_value()) {
        missing.push_back(forbidden.error());
    }
    if (::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
        missing.push_back({ErrorCode::unavailable, "process",
                           "Memory could not be locked against swapping (" + std::string(std::strerror(errno)) + ").",
                           "Raise the memlock limit (LimitMEMLOCK=infinity) or switch swap off."});
    }
    if (heap_wiping() == HeapWiping::off) {
        missing.push_back({ErrorCode::unavailable, "process", "Freed memory is not overwritten.",
                           "Use a build without sanitizers."});
    }
    return missing;
}

void keep_heap_small() {
    constexpr int large_bytes = 128 * 1024;  // glibc's own default, which grows unless it is set
    ::mallopt(M_ARENA_MAX, 1);
    ::mallopt(M_MMAP_THRESHOLD, large_bytes);
}

void give_back_free_memory() {
    ::malloc_trim(0);
}

}  // namespace pillarbox::app
