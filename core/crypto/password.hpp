// SPDX-License-Identifier: GPL-3.0-or-later
//
// What people type to show who they are, kept as an Argon2id hash (RFC 9106; libsodium's crypto_pwhash_str): slow and
// hungry for memory, so that who steals the hash of a short PIN still pays for every guess.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::crypto {

// "$argon2id$..." with its own salt. 32 MiB and three passes: about a tenth of a second on a small tablet, and memory
// that it has. unavailable where this machine does not give that much.
[[nodiscard]] base::Result<std::string> hash_password(base::ByteView password);

// Whether it is the one that was hashed; no for a hash that is none.
[[nodiscard]] bool matches_password(std::string_view hash, base::ByteView password);

}  // namespace pillarbox::crypto
