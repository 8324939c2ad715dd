// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/hash.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {
namespace {

constexpr std::size_t digest_size_bytes = 32;

// libsodium declares its key pointers as never null, even for a size of zero; an empty view may have one.
const std::uint8_t* not_null(base::ByteView bytes) {
    static constexpr std::uint8_t nothing = 0;
    return bytes.empty() ? &nothing : bytes.data();
}

// One HMAC over several pieces, so that none of them has to be joined in ordinary memory.
class Hmac {
  public:
    explicit Hmac(base::ByteView key) { crypto_auth_hmacsha256_init(&state_, not_null(key), key.size()); }
    ~Hmac() { sodium_memzero(&state_, sizeof state_); }
    Hmac(const Hmac&) = delete;
    Hmac& operator=(const Hmac&) = delete;

    void add(base::ByteView bytes) { crypto_auth_hmacsha256_update(&state_, not_null(bytes), bytes.size()); }
    void finish(std::span<std::uint8_t, digest_size_bytes> out) { crypto_auth_hmacsha256_final(&state_, out.data()); }

  private:
    crypto_auth_hmacsha256_state state_{};
};

}  // namespace

// OpenSSL's, which uses the processor's SHA instructions: libsodium 1.0.18 hashes in portable C, at an eighth of the
// speed, and hashing is most of what outbox, batches and store compute (docs/decisions/0010-bulk-hashing-by-openssl.md).
Digest sha256(base::ByteView bytes) {
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // once, and never given back
    Digest digest{};
    PILLARBOX_CHECK(method != nullptr);
    PILLARBOX_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, method, nullptr) == 1);
    return digest;
}

Digest hmac_sha256(base::ByteView key, base::ByteView message) {
    ensure_sodium_ready();
    Digest digest{};
    Hmac hmac(key);
    hmac.add(message);
    hmac.finish(digest);
    return digest;
}

// libsodium 1.0.18 has no HKDF yet; RFC 5869 is two short steps over HMAC.
SecretBytes hkdf_sha256(base::ByteView input_key, base::ByteView salt, base::ByteView info, std::size_t size_bytes) {
    ensure_sodium_ready();
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
