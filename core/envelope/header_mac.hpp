// SPDX-License-Identifier: GPL-3.0-or-later
//
// The header's MAC (C2SP age, "Header MAC"): whoever holds the file key sees whether any recipient was added, dropped
// or altered. Internal to core/envelope.
#pragma once

#include <string_view>

#include "core/crypto/hash.hpp"

namespace pillarbox::envelope {

// `authenticated`: from the version line up to and including "---".
[[nodiscard]] inline crypto::Digest header_mac(const crypto::SecretBytes& file_key, std::string_view authenticated) {
    const crypto::SecretBytes key = crypto::hkdf_sha256(file_key.view(), {}, base::view_of("header"), 32);
    return crypto::hmac_sha256(key.view(), base::view_of(authenticated));
}

}  // namespace pillarbox::envelope
