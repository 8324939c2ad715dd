// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/password.hpp"

#include <sodium.h>

#include <array>

#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {
namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory_bytes = std::size_t{32} << 20U;

const char* letters_of(base::ByteView bytes) {
    return bytes.empty() ? "" : base::text_of(bytes).data();
}

}  // namespace

base::Result<std::string> hash_password(base::ByteView password) {
    ensure_sodium_ready();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), letters_of(password), password.size(), passes, memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return base::fail(base::ErrorCode::unavailable, "password", "There is not enough memory to hash it.",
                          "Free 32 MiB of memory and try again.");
    }
    return std::string(hash.data());
}

bool matches_password(std::string_view hash, base::ByteView password) {
    ensure_sodium_ready();
    // The library reads the hash as a C string of at most this size. The parameters in it are bounded here: a hash
    // that asks for gigabytes would be a way to stop the program.
    const std::string known(hash.substr(0, crypto_pwhash_STRBYTES - 1));
    return hash.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_needs_rehash(known.c_str(), passes, memory_bytes) == 0 &&
           crypto_pwhash_str_verify(known.c_str(), letters_of(password), password.size()) == 0;
}

}  // namespace pillarbox::crypto
