// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks for a new passphrase at the terminal, twice and without showing it: a passphrase on a command line would stand
// in lists of processes and in the shell's history. Threading: one thread.
#pragma once

#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::fleet {

// usage where there is no terminal, and where the two differ.
[[nodiscard]] base::Result<crypto::SecretBytes> type_new_passphrase();

}  // namespace pillarbox::fleet
