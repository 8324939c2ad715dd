// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sealed_block.hpp"

#include <sodium.h>

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {
namespace {
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(block_key_size_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(block_overhead_bytes == nonce_size + tag_size);
}  // namespace

void seal_block(const SecretBytes& key, base::ByteView associated, base::ByteView plaintext, base::Random& random,
                std::span<std::uint8_t> out) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(key.size() == block_key_size_bytes);
    PILLARBOX_CHECK(out.size() == plaintext.size() + block_overhead_bytes);
    const auto nonce = out.subspan(plaintext.size(), nonce_size);
    random.fill(nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
        out.data(), out.subspan(plaintext.size() + nonce_size).data(), nullptr, plaintext.data(), plaintext.size(),
        associated.data(), associated.size(), nullptr, nonce.data(), key.view().data());
}

bool open_block(const SecretBytes& key, base::ByteView associated, base::ByteView sealed,
                std::span<std::uint8_t> out) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(key.size() == block_key_size_bytes);
    PILLARBOX_CHECK(sealed.size() == out.size() + block_overhead_bytes);
    const auto nonce = sealed.subspan(out.size(), nonce_size);
    const auto tag = sealed.subspan(out.size() + nonce_size, tag_size);
    const bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
                            out.data(), nullptr, sealed.data(), out.size(), tag.data(), associated.data(),
                            associated.size(), nonce.data(), key.view().data()) == 0;
    if (!opened) {
        std::ranges::fill(out, std::uint8_t{0});
    }
    return opened;
}

}  // namespace pillarbox::crypto
