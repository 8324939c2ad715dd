// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/stream.hpp"

#include <algorithm>
#include <string>

#include "core/crypto/aead.hpp"
#include "core/crypto/hash.hpp"

namespace pillarbox::envelope {
namespace {

constexpr std::size_t sealed_chunk_size_bytes = chunk_size_bytes + crypto::aead_tag_size_bytes;

enum class Position { inner, last };

// Eleven bytes count chunks, big-endian; the twelfth is 1 for the last one.
crypto::AeadNonce chunk_nonce(std::uint64_t chunk, Position position) {
    crypto::AeadNonce nonce{};
    for (unsigned i = 0; i < 8; ++i) {
        nonce[10 - i] = static_cast<std::uint8_t>(chunk >> (8U * i));
    }
    nonce[11] = position == Position::last ? 1 : 0;
    return nonce;
}

crypto::SecretBytes payload_key(const crypto::SecretBytes& file_key, base::ByteView nonce) {
    return crypto::hkdf_sha256(file_key.view(), nonce, base::view_of("payload"), crypto::aead_key_size_bytes);
}

// At least one chunk, so that an empty plaintext is authenticated too.
std::size_t chunk_count(std::size_t size, std::size_t chunk_size) {
    return std::max<std::size_t>(1, size / chunk_size + (size % chunk_size != 0 ? 1 : 0));
}

Position position_of(std::size_t chunk, std::size_t count) {
    return chunk + 1 == count ? Position::last : Position::inner;
}

}  // namespace

std::size_t payload_size(std::size_t plaintext_size_bytes) {
    return payload_nonce_size_bytes + plaintext_size_bytes +
           chunk_count(plaintext_size_bytes, chunk_size_bytes) * crypto::aead_tag_size_bytes;
}

void seal_payload(const crypto::SecretBytes& file_key, base::ByteView plaintext, base::Random& random,
                  base::Bytes& envelope) {
    const std::size_t start = envelope.size();
    envelope.resize(start + payload_size(plaintext.size()));
    std::span<std::uint8_t> rest = std::span(envelope).subspan(start);
    const auto nonce = rest.first<payload_nonce_size_bytes>();
    random.fill(nonce);
    rest = rest.subspan(payload_nonce_size_bytes);
    const crypto::SecretBytes key = payload_key(file_key, nonce);
    const std::size_t count = chunk_count(plaintext.size(), chunk_size_bytes);
    for (std::size_t chunk = 0; chunk < count; ++chunk) {
        const base::ByteView part = plaintext.first(std::min(chunk_size_bytes, plaintext.size()));
        plaintext = plaintext.subspan(part.size());
        const std::size_t sealed_size = part.size() + crypto::aead_tag_size_bytes;
        crypto::aead_seal(key, chunk_nonce(chunk, position_of(chunk, count)), part, rest.first(sealed_size));
        rest = rest.subspan(sealed_size);
    }
}

base::Result<crypto::SecretBytes> open_payload(const crypto::SecretBytes& file_key, base::ByteView payload,
                                               std::size_t plaintext_size_max) {
    const auto not_authentic = [] {
        return base::fail(base::ErrorCode::not_authentic, "envelope payload",
                          "The envelope was cut short or altered.");
    };
    if (payload.size() < payload_nonce_size_bytes + crypto::aead_tag_size_bytes) {
        return not_authentic();
    }
    const crypto::SecretBytes key = payload_key(file_key, payload.first(payload_nonce_size_bytes));
    base::ByteView rest = payload.subspan(payload_nonce_size_bytes);
    const std::size_t count = chunk_count(rest.size(), sealed_chunk_size_bytes);
    const std::size_t last_size = rest.size() - (count - 1) * sealed_chunk_size_bytes;
    // A last chunk may be empty only where it is the only one: else one plaintext would have two envelopes.
    if (last_size < crypto::aead_tag_size_bytes || (last_size == crypto::aead_tag_size_bytes && count > 1)) {
        return not_authentic();
    }
    const std::size_t plaintext_size = rest.size() - count * crypto::aead_tag_size_bytes;
    if (plaintext_size > plaintext_size_max) {  // before anything is allocated for it
        return base::fail(base::ErrorCode::limit_exceeded, "envelope payload",
                          "The envelope holds " + std::to_string(plaintext_size) + " bytes; at most " +
                              std::to_string(plaintext_size_max) + " are accepted.");
    }
    crypto::SecretBytes plaintext(plaintext_size);
    std::span<std::uint8_t> out = plaintext.bytes();
    for (std::size_t chunk = 0; chunk < count; ++chunk) {
        const base::ByteView part = rest.first(std::min(sealed_chunk_size_bytes, rest.size()));
        rest = rest.subspan(part.size());
        const std::size_t part_size = part.size() - crypto::aead_tag_size_bytes;
        if (!crypto::aead_open(key, chunk_nonce(chunk, position_of(chunk, count)), part, out.first(part_size))) {
            return not_authentic();
        }
        out = out.subspan(part_size);
    }
    return plaintext;
}

}  // namespace pillarbox::envelope
