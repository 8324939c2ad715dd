// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/aead.hpp"

#include <sodium.h>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {

static_assert(aead_key_size_bytes == crypto_aead_chacha20poly1305_IETF_KEYBYTES);
static_assert(aead_tag_size_bytes == crypto_aead_chacha20poly1305_IETF_ABYTES);

void aead_seal(const SecretBytes& key, const AeadNonce& nonce, base::ByteView plaintext,
               std::span<std::uint8_t> out) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(key.size() == aead_key_size_bytes);
    PILLARBOX_CHECK(out.size() == plaintext.size() + aead_tag_size_bytes);
    crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), nullptr, 0,
                                              nullptr, nonce.data(), key.view().data());
}

bool aead_open(const SecretBytes& key, const AeadNonce& nonce, base::ByteView sealed, std::span<std::uint8_t> out) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(key.size() == aead_key_size_bytes);
    PILLARBOX_CHECK(sealed.size() == out.size() + aead_tag_size_bytes);
    return crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                     nullptr, 0, nonce.data(), key.view().data()) == 0;
}

}  // namespace pillarbox::crypto
