// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/fingerprint.hpp"

#include "core/crypto/hash.hpp"
#include "core/crypto/words.hpp"

namespace pillarbox::crypto {
namespace {

// Hex in capitals, in groups of four letters.
std::string grouped(base::ByteView bytes, char between) {
    constexpr std::size_t group = 4;
    std::string text;
    for (const char letter : base::to_hex(bytes)) {
        if (text.size() % (group + 1) == group) {
            text += between;
        }
        text += letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return text;
}

}  // namespace

std::string fingerprint_of(const VerifyKey& key) {
    constexpr std::size_t shown_bytes = 16;
    return grouped(base::ByteView(sha256(key.bytes)).first(shown_bytes), ' ');
}

// Of an HMAC under a label: the words and the fingerprint are two looks at the key, not one.
std::string key_words_of(const VerifyKey& key) {
    constexpr std::size_t shown_bytes = 6;
    const Digest digest = hmac_sha256(base::view_of("pillarbox key words v1"), key.bytes);
    return std::string(base::text_of(words_of(base::ByteView(digest).first(shown_bytes)).view()));
}

std::string short_code_of(base::ByteView bytes) {
    constexpr std::size_t shown_bytes = 4;
    return grouped(base::ByteView(sha256(bytes)).first(shown_bytes), '-');
}

}  // namespace pillarbox::crypto
