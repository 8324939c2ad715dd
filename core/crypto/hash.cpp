// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/hash.hpp"

#include <sodium.h>

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/sha256.hpp"

namespace pillarbox::crypto {
namespace {

constexpr std::size_t digest_size_bytes = 32;

// RFC 2104. One HMAC over several pieces, so that none of them has to be joined in ordinary memory.
class Hmac {
  public:
    explicit Hmac(base::ByteView key) {
        Pad key_block;
        if (key.size() > key_block.bytes.size()) {
            Sha256 shortened;
            shortened.add(key);
            shortened.finish(std::span(key_block.bytes).first<digest_size_bytes>());
        } else {
            std::ranges::copy(key, key_block.bytes.begin());
        }
        add_padded(inner_, key_block, 0x36);
        add_padded(outer_, key_block, 0x5c);
    }

    void add(base::ByteView bytes) { inner_.add(bytes); }
    void finish(std::span<std::uint8_t, digest_size_bytes> out) {
        Pad inner_digest;
        const auto digest = std::span(inner_digest.bytes).first<digest_size_bytes>();
        inner_.finish(digest);
        outer_.add(digest);
        outer_.finish(out);
    }

  private:
    struct Pad {
        std::array<std::uint8_t, Sha256::block_size_bytes> bytes{};
        Pad() = default;
        ~Pad() { sodium_memzero(bytes.data(), bytes.size()); }
        Pad(const Pad&) = delete;
        Pad& operator=(const Pad&) = delete;
    };

    static void add_padded(Sha256& hash, const Pad& key_block, std::uint8_t pattern) {
        Pad padded;
        std::ranges::transform(key_block.bytes, padded.bytes.begin(),
                               [&](std::uint8_t byte) { return static_cast<std::uint8_t>(byte ^ pattern); });
        hash.add(padded.bytes);
    }

    Sha256 inner_;
    Sha256 outer_;
};

}  // namespace

Digest sha256(base::ByteView bytes) {
    Digest digest{};
    Sha256 hash;
    hash.add(bytes);
    hash.finish(digest);
    return digest;
}

Digest hmac_sha256(base::ByteView key, base::ByteView message) {
    Digest digest{};
    Hmac hmac(key);
    hmac.add(message);
    hmac.finish(digest);
    return digest;
}

// libsodium 1.0.18 has no HKDF yet; RFC 5869 is two short steps over HMAC.
SecretBytes hkdf_sha256(base::ByteView input_key, base::ByteView salt, base::ByteView info, std::size_t size_bytes) {
    PILLARBOX_CHECK(size_bytes <= 255 * digest_size_bytes);
    SecretBytes pseudo_random_key(digest_size_bytes);
    Hmac extract(salt);  // an absent salt is HashLen zeros, and HMAC pads an empty key with zeros: the same thing
    extract.add(input_key);
    extract.finish(pseudo_random_key.bytes().first<digest_size_bytes>());

    SecretBytes output(size_bytes);
    SecretBytes block(digest_size_bytes);
    std::size_t done = 0;
    for (std::uint8_t counter = 1; done < size_bytes; ++counter) {
        Hmac expand(pseudo_random_key.view());
        if (counter > 1)
            expand.add(block.view());
        expand.add(info);
        expand.add(base::ByteView(&counter, 1));
        expand.finish(block.bytes().first<digest_size_bytes>());
        const std::size_t part = std::min(digest_size_bytes, size_bytes - done);
        std::ranges::copy(block.view().first(part), output.bytes().subspan(done).begin());
        done += part;
    }
    return output;
}

bool equal_in_constant_time(base::ByteView left, base::ByteView right) {
    if (left.size() != right.size())
        return false;  // sizes are public here
    return left.empty() || sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace pillarbox::crypto
