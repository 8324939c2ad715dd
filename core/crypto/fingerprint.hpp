// SPDX-License-Identifier: GPL-3.0-or-later
//
// Short forms of keys and files for people to compare: on paper, on a screen, by phone.
#pragma once

#include <string>

#include "core/base/bytes.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::crypto {

// The first 16 bytes of the key's SHA-256, as "3F9A 11C2 ...": nobody finds another key with the same.
[[nodiscard]] std::string fingerprint_of(const VerifyKey& key);

// Six words for the same key, to read out or to print on a poster. 48 bits: they tell a slip, and a forger who can't
// make some 10^14 keys; where that is not enough, compare the fingerprint.
[[nodiscard]] std::string key_words_of(const VerifyKey& key);

// The first four bytes of the SHA-256, as "3F9A-11C2": tells a slip, not a forger, for whom there is the signature.
[[nodiscard]] std::string short_code_of(base::ByteView bytes);

}  // namespace pillarbox::crypto
