// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plaintext and keys must not leave a process by its crash, nor by another program of the same user that attaches to
// it.
#pragma once

#include "core/base/result.hpp"

namespace pillarbox::base {

// For this process, for good: no core dump, no ptrace, and /proc entries that only root can read. unavailable where
// the system refuses.
[[nodiscard]] Result<void> forbid_core_dumps();

// The same for programs that can do without: what the system refuses is told on stderr, in the program's name.
void forbid_core_dumps_or_warn(std::string_view program);

}  // namespace pillarbox::base
