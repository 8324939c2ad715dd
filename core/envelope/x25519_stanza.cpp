// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/x25519_stanza.hpp"

#include <algorithm>
#include <utility>

#include "core/crypto/aead.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/x25519.hpp"

namespace pillarbox::envelope {
namespace {

constexpr std::string_view x25519_type = "X25519";
constexpr std::string_view wrap_label = "age-encryption.org/v1/X25519";

// Salt: the ephemeral share, then the recipient. The wrap key is used once, so its nonce is zero.
crypto::SecretBytes wrap_key(const crypto::SecretBytes& shared, const crypto::X25519PublicKey& share,
                             const Recipient& recipient) {
    std::array<std::uint8_t, 64> salt{};
    std::ranges::copy(recipient.bytes, std::ranges::copy(share, salt.begin()).out);
    return crypto::hkdf_sha256(shared.view(), salt, base::view_of(wrap_label), crypto::aead_key_size_bytes);
}

}  // namespace

base::Result<std::string> wrap_file_key(const crypto::SecretBytes& file_key, const Recipient& recipient,
                                        base::Random& random) {
    crypto::SecretBytes ephemeral(32);
    random.fill(ephemeral.bytes());
    const crypto::X25519PublicKey share = crypto::x25519_public_key(ephemeral);
    const crypto::SecretBytes shared = TRY(crypto::x25519_shared_secret(ephemeral, recipient.bytes));
    std::array<std::uint8_t, body_size_bytes> body{};
    crypto::aead_seal(wrap_key(shared, share, recipient), crypto::AeadNonce{}, file_key.view(), body);
    return format_stanza({std::string(x25519_type), base::to_base64_raw(share)}, body);
}

bool is_x25519_stanza(const Stanza& stanza) {
    return stanza.arguments.front() == x25519_type;
}

base::Result<std::optional<crypto::SecretBytes>> unwrap_file_key(const Stanza& stanza, const Identity& identity) {
    if (stanza.arguments.size() != 2) {
        return base::fail(base::ErrorCode::malformed, "envelope header", "An X25519 stanza has one argument.");
    }
    const base::Bytes share_bytes = TRY(base::from_base64_raw(stanza.arguments[1]));
    const crypto::X25519PublicKey share = TRY(base::array_of<32>(share_bytes));
    // The size first: a longer file key would let one envelope open differently for two recipients (partitioning
    // oracle).
    if (stanza.body.size() != body_size_bytes) {
        return base::fail(base::ErrorCode::malformed, "envelope header", "An X25519 stanza's body has 32 bytes.");
    }
    const crypto::SecretBytes secret = crypto::SecretBytes::copy_of(identity.secret());
    const crypto::SecretBytes shared = TRY(crypto::x25519_shared_secret(secret, share));
    crypto::SecretBytes file_key(file_key_size_bytes);
    if (!crypto::aead_open(wrap_key(shared, share, identity.recipient()), crypto::AeadNonce{}, stanza.body,
                           file_key.bytes())) {
        return std::optional<crypto::SecretBytes>{};
    }
    return std::optional<crypto::SecretBytes>(std::move(file_key));
}

}  // namespace pillarbox::envelope
