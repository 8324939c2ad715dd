// SPDX-License-Identifier: GPL-3.0-or-later
//
// The X25519 recipient stanza (C2SP age, "The X25519 recipient type"): wraps the file key for one recipient.
// Internal to core/envelope.
#pragma once

#include <optional>
#include <string>

#include "core/base/random.hpp"
#include "core/crypto/aead.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/envelope/envelope.hpp"
#include "core/envelope/header.hpp"

namespace pillarbox::envelope {

inline constexpr std::size_t file_key_size_bytes = 16;
// A stanza's body: the file key, sealed.
inline constexpr std::size_t body_size_bytes = file_key_size_bytes + crypto::aead_tag_size_bytes;

// The stanza's text. malformed where the recipient is a point of low order: anybody could open such an envelope.
[[nodiscard]] base::Result<std::string> wrap_file_key(const crypto::SecretBytes& file_key, const Recipient& recipient,
                                                      base::Random& random);

[[nodiscard]] bool is_x25519_stanza(const Stanza& stanza);

// The file key, or nothing where the stanza is for somebody else; an error where no writer that follows the rules
// made it.
[[nodiscard]] base::Result<std::optional<crypto::SecretBytes>> unwrap_file_key(const Stanza& stanza,
                                                                               const Identity& identity);

}  // namespace pillarbox::envelope
