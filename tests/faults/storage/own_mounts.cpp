// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/own_mounts.hpp"

#include <sched.h>
#include <sys/mount.h>

#include <cerrno>

#include "core/base/file.hpp"

namespace pillarbox::tests {

base::Result<void> keep_mounts_private() {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        return std::unexpected(base::error_of_errno(errno, "/", "given mounts of its own"));
    }
    return {};
}

}  // namespace pillarbox::tests
