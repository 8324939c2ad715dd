// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes as words that people can read out, write down and type: one of 256 short English words for each byte, so ten
// words of random bytes are 80 bits. The list is part of the program and never changes: words on a poster must be
// those on a kiosk's screen.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

[[nodiscard]] std::string_view word_of(std::uint8_t byte);

// With one space between; in locked memory, because they may be a passphrase.
[[nodiscard]] SecretBytes words_of(base::ByteView bytes);

}  // namespace pillarbox::crypto
