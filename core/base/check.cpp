// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace pillarbox::base {

void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: internal check failed: %s\n", file, line, condition);
    std::abort();
}

}  // namespace pillarbox::base
