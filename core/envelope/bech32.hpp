// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bech32 (BIP 173), as age uses it for keys: a readable prefix, "1", 32 bytes in letters of five bits, and a checksum
// of six letters that catches every typing slip of up to four letters. Internal to core/envelope.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::envelope {

using KeyBytes = std::span<const std::uint8_t, 32>;

// `prefix` in lower case. The text may be a secret key's, so it comes and goes in locked memory.
[[nodiscard]] crypto::SecretBytes encode_bech32(std::string_view prefix, KeyBytes key);

// 32 bytes. malformed where the prefix, an unusual letter, mixed case, the checksum or the length is wrong; errors
// never quote the text.
[[nodiscard]] base::Result<crypto::SecretBytes> decode_bech32(std::string_view prefix, std::string_view text);

}  // namespace pillarbox::envelope
