// SPDX-License-Identifier: GPL-3.0-or-later
//
// An always-on check for programmer errors. It aborts with the condition's text and never looks at input: bad input
// is a Result.
#pragma once

namespace pillarbox::base {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define PILLARBOX_CHECK(condition) \
    ((condition) ? static_cast<void>(0) : ::pillarbox::base::check_failed(#condition, __FILE__, __LINE__))
