// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/core_dumps.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>

namespace pillarbox::base {

Result<void> forbid_core_dumps() {
    // The limit alone does not bind a kernel that pipes dumps into a program; not being dumpable does.
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return fail(ErrorCode::unavailable, "process", "Core dumps could not be switched off.",
                    "Set LimitCORE=0 for this service.");
    }
    return {};
}

void forbid_core_dumps_or_warn(std::string_view program) {
    const auto forbidden = forbid_core_dumps();
    if (!forbidden.has_value()) {
        fmt::print(stderr, "{}: warning: {}\n", program, forbidden.error().describe());
    }
}

}  // namespace pillarbox::base
