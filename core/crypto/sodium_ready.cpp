// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sodium_ready.hpp"

#include <sodium.h>

#include "core/base/check.hpp"

namespace pillarbox::crypto {

void ensure_sodium_ready() {
    // A function's static is initialised once, also when threads race for it; sodium_init answers 1 where it was
    // ready already.
    static const int result = sodium_init();
    PILLARBOX_CHECK(result >= 0);
}

}  // namespace pillarbox::crypto
