// SPDX-License-Identifier: GPL-3.0-or-later
//
// scrypt (RFC 7914): a key out of a passphrase, slow and hungry for memory. Block size 8 and parallelism 1, as age
// has it.
#pragma once

#include <cstddef>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

// Takes 2^log_n KiB of memory: 256 MiB and about a second for 18. `log_n` is 1 to 30. unavailable where this machine
// does not give that much.
[[nodiscard]] base::Result<SecretBytes> scrypt(base::ByteView passphrase, base::ByteView salt, unsigned log_n,
                                               std::size_t size_bytes);

}  // namespace pillarbox::crypto
