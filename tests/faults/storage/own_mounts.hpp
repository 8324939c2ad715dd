// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.hpp"

namespace pillarbox::tests {

// This process's mounts are its own from now on: nobody else sees them, and they end with it. Needs root.
[[nodiscard]] base::Result<void> keep_mounts_private();

}  // namespace pillarbox::tests
