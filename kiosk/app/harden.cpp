// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/harden.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "core/base/core_dumps.hpp"

namespace pillarbox::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr const char* tunables_name = "GLIBC_TUNABLES";
constexpr std::string_view no_thread_cache = "glibc.malloc.tcache_count=0";
// Any byte but 0: M_PERTURB fills freed blocks with it, and its complement fills new ones.
constexpr int perturb_byte = 0xA5;

}  // namespace

void restart_with_wiping_heap(char* const arguments[]) {
    const char* current = std::getenv(tunables_name);
    if (current != nullptr && std::string_view(current).find(no_thread_cache) != std::string_view::npos) {
        return;
    }
    const std::string wanted =
        current == nullptr ? std::string(no_thread_cache) : std::string(current) + ":" + std::string(no_thread_cache);
    if (::setenv(tunables_name, wanted.c_str(), 1) == 0) {
        ::execv("/proc/self/exe", arguments);
    }
}

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
    return missing;
}

std::optional<Error> wipe_what_is_freed() {
    const char* tunables = std::getenv(tunables_name);
    const bool thread_cache_off =
        tunables != nullptr && std::string_view(tunables).find(no_thread_cache) != std::string_view::npos;
    if (thread_cache_off && ::mallopt(M_PERTURB, perturb_byte) == 1) {
        return std::nullopt;
    }
    return Error{ErrorCode::unavailable, "process", "Freed memory is not overwritten.",
                 "Start the program with GLIBC_TUNABLES=" + std::string(no_thread_cache) + "."};
}

void give_back_free_memory() {
    ::malloc_trim(0);
}

}  // namespace pillarbox::app
