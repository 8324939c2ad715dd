// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files that a passphrase opens, in the age v1 format with its scrypt recipient: what `age --passphrase` makes, and
// what it opens. For the committee's key files, never for responses. Layout: docs/formats/envelope.md.
#pragma once

#include <cstddef>

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::envelope {

// The work is 2^log_n, and memory 2^log_n KiB: 256 MiB as `age` has it, and at most 4 GiB when opening.
inline constexpr unsigned scrypt_log_n_default = 18;
inline constexpr unsigned scrypt_log_n_max = 22;

[[nodiscard]] base::Result<base::Bytes> seal_with_passphrase(base::ByteView plaintext, base::ByteView passphrase,
                                                             base::Random& random,
                                                             unsigned log_n = scrypt_log_n_default);

// True where a passphrase opens it; false for other bytes, also for envelopes to keys. An error where the header is
// none that a passphrase could open, so that nobody is asked for one in vain.
[[nodiscard]] base::Result<bool> needs_passphrase(base::ByteView bytes, unsigned log_n_max = scrypt_log_n_max);

// not_authentic where the passphrase is another one ("This is not the right passphrase.") or any byte was altered.
[[nodiscard]] base::Result<crypto::SecretBytes> open_with_passphrase(base::ByteView bytes, base::ByteView passphrase,
                                                                     std::size_t plaintext_size_max,
                                                                     unsigned log_n_max = scrypt_log_n_max);

}  // namespace pillarbox::envelope
