// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/bech32.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace pillarbox::envelope {
namespace {

constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_letters = 6;
constexpr std::size_t key_size_bytes = 32;
constexpr std::size_t key_letters = (key_size_bytes * 8 + 4) / 5;

// The BCH code of BIP 173 over values of five bits.
class Checksum {
  public:
    explicit Checksum(std::string_view prefix) {
        for (const char letter : prefix) {
            add(static_cast<std::uint8_t>(letter) >> 5U);
        }
        add(0);
        for (const char letter : prefix) {
            add(static_cast<std::uint8_t>(letter) & 31U);
        }
    }
    void add(std::uint32_t value) {
        constexpr std::array<std::uint32_t, 5> generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                            0x2a1462b3};
        const std::uint32_t top = state_ >> 25U;
        state_ = (state_ & 0x1ffffffU) << 5U ^ value;
        for (std::size_t i = 0; i < generator.size(); ++i) {
            if ((top >> i & 1U) != 0) {
                state_ ^= generator[i];
            }
        }
    }
    [[nodiscard]] bool is_right() const { return state_ == 1; }
    [[nodiscard]] std::uint32_t finish() {
        for (std::size_t i = 0; i < checksum_letters; ++i) {
            add(0);
        }
        return state_ ^ 1U;
    }

  private:
    std::uint32_t state_ = 1;
};

std::unexpected<base::Error> refused(std::string what) {
    return base::fail(base::ErrorCode::malformed, "key text", std::move(what), "Copy the whole key again.");
}

char to_lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool has_mixed_case(std::string_view text) {
    const bool any_lower = std::ranges::any_of(text, [](char letter) { return letter >= 'a' && letter <= 'z'; });
    const bool any_upper = std::ranges::any_of(text, [](char letter) { return letter >= 'A' && letter <= 'Z'; });
    return any_lower && any_upper;
}

}  // namespace

crypto::SecretBytes encode_bech32(std::string_view prefix, KeyBytes key) {
    crypto::SecretBytes text(prefix.size() + 1 + key_letters + checksum_letters);
    auto out = std::ranges::copy(prefix, text.bytes().begin()).out;
    *out++ = '1';
    Checksum checksum(prefix);
    const auto put = [&](std::uint32_t value) { *out++ = static_cast<std::uint8_t>(alphabet[value]); };
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (const std::uint8_t byte : key) {
        bits = (bits << 8U | byte) & 0xfffU;  // at most 4 bits left over, and 8 new
        bit_count += 8;
        while (bit_count >= 5) {
            bit_count -= 5;
            checksum.add(bits >> bit_count & 31U);
            put(bits >> bit_count & 31U);
        }
    }
    const std::uint32_t last = bits << (5 - bit_count) & 31U;
    checksum.add(last);
    put(last);
    const std::uint32_t sum = checksum.finish();
    for (unsigned i = 0; i < checksum_letters; ++i) {
        put(sum >> (5U * (checksum_letters - 1 - i)) & 31U);
    }
    PILLARBOX_CHECK(out == text.bytes().end());
    return text;
}

base::Result<crypto::SecretBytes> decode_bech32(std::string_view prefix, std::string_view text) {
    if (text.size() != prefix.size() + 1 + key_letters + checksum_letters) {
        return refused("The key text has a wrong length.");
    }
    if (has_mixed_case(text)) {  // BIP 173: a decoder must not accept it
        return refused("The key text mixes capital and small letters.");
    }
    if (!std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, to_lower) || text[prefix.size()] != '1') {
        return refused("The key text is of another kind: its beginning is not the right one.");
    }
    Checksum checksum(prefix);
    crypto::SecretBytes key(key_size_bytes);
    std::size_t done = 0;
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    std::size_t letters_left = key_letters + checksum_letters;
    for (const char letter : text.substr(prefix.size() + 1)) {
        const std::size_t value = alphabet.find(to_lower(letter));
        if (value == std::string_view::npos) {
            return refused("The key text has a letter that no key has.");
        }
        checksum.add(static_cast<std::uint32_t>(value));
        if (letters_left-- <= checksum_letters) {
            continue;
        }
        bits = (bits << 5U | static_cast<std::uint32_t>(value)) & 0xfffU;
        bit_count += 5;
        if (bit_count >= 8) {
            bit_count -= 8;
            key.bytes()[done++] = static_cast<std::uint8_t>(bits >> bit_count);
        }
    }
    if (!checksum.is_right()) {
        return refused("The key text's checksum is wrong: a letter was changed.");
    }
    // No malleability: the bits that fill up the last letter are zero.
    if ((bits & ((1U << bit_count) - 1U)) != 0) {
        return refused("The key text ends in bits that belong to no byte.");
    }
    PILLARBOX_CHECK(done == key_size_bytes);
    return key;
}

}  // namespace pillarbox::envelope
