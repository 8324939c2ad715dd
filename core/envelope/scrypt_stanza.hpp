// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scrypt recipient stanza (C2SP age, "The scrypt recipient type"): wraps the file key under a passphrase.
// "-> scrypt <salt> <log2 of the work>". Internal to core/envelope.
#pragma once

#include <string>

#include "core/base/random.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/envelope/header.hpp"

namespace pillarbox::envelope {

[[nodiscard]] bool is_scrypt_stanza(const Stanza& stanza);

// malformed where a header has a scrypt stanza and any other: whoever knows the passphrase made the file, and that
// says something about its origin only where nobody else could have been a recipient.
[[nodiscard]] base::Result<void> check_scrypt_stands_alone(const Header& header);

[[nodiscard]] base::Result<std::string> wrap_file_key_by_passphrase(const crypto::SecretBytes& file_key,
                                                                    base::ByteView passphrase, unsigned log_n,
                                                                    base::Random& random);

// Everything but the passphrase: malformed where no writer that follows the rules made it, limit_exceeded for more
// work than 2^log_n_max.
[[nodiscard]] base::Result<void> check_scrypt_stanza(const Stanza& stanza, unsigned log_n_max);

// not_authentic where the passphrase is another one.
[[nodiscard]] base::Result<crypto::SecretBytes> unwrap_file_key_by_passphrase(const Stanza& stanza,
                                                                              base::ByteView passphrase,
                                                                              unsigned log_n_max);

}  // namespace pillarbox::envelope
