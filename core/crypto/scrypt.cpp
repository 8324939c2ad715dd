// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/scrypt.hpp"

#include <sodium.h>

#include <cstdint>
#include <string>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {

base::Result<SecretBytes> scrypt(base::ByteView passphrase, base::ByteView salt, unsigned log_n,
                                 std::size_t size_bytes) {
    constexpr std::uint32_t block_size = 8;
    constexpr std::uint32_t parallelism = 1;
    ensure_sodium_ready();
    PILLARBOX_CHECK(log_n >= 1 && log_n <= 30);
    SecretBytes key(size_bytes);
    if (crypto_pwhash_scryptsalsa208sha256_ll(passphrase.data(), passphrase.size(), salt.data(), salt.size(),
                                              std::uint64_t{1} << log_n, block_size, parallelism, key.bytes().data(),
                                              key.size()) != 0) {
        return base::fail(
            base::ErrorCode::unavailable, "passphrase", "There is not enough memory to work it out.",
            "Free " + std::to_string(((std::uint64_t{1} << log_n) + 1023) >> 10U) + " MiB of memory and try again.");
    }
    return key;
}

}  // namespace pillarbox::crypto
