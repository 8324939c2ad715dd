// SPDX-License-Identifier: GPL-3.0-or-later
//
// libsodium wants one sodium_init() before anything else. Every function of this folder that needs it calls
// ensure_sodium_ready() first, so that no caller can forget it. Internal to core/crypto. Threading: safe from any
// thread.
#pragma once

namespace pillarbox::crypto {

// Aborts where libsodium cannot start (no random source): nothing could be sealed then, and there is nothing to fall
// back to.
void ensure_sodium_ready();

}  // namespace pillarbox::crypto
