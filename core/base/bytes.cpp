// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bytes.hpp"

namespace pillarbox::base {
namespace {

constexpr std::string_view standard_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view hex_digits = "0123456789abcdef";

// For each byte the digit it stands for; no_digit where it stands for none.
constexpr std::uint8_t no_digit = 0xff;
using Digits = std::array<std::uint8_t, 256>;

constexpr Digits digits_of(std::string_view alphabet) {
    Digits digits{};
    digits.fill(no_digit);
    for (std::size_t digit = 0; digit < alphabet.size(); ++digit) {
        digits[static_cast<unsigned char>(alphabet[digit])] = static_cast<std::uint8_t>(digit);
    }
    return digits;
}

constexpr Digits standard_digits = digits_of(standard_alphabet);
constexpr Digits url_digits = digits_of(url_alphabet);

std::string encode_base64(ByteView bytes, std::string_view alphabet) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3 + 2);
    std::uint32_t bits = 0;
    int bit_count = 0;
    for (const std::uint8_t byte : bytes) {
        bits = (bits << 8U) | byte;
        bit_count += 8;
        while (bit_count >= 6) {
            bit_count -= 6;
            text.push_back(alphabet[(bits >> static_cast<unsigned>(bit_count)) & 63U]);
        }
    }
    if (bit_count > 0) {
        text.push_back(alphabet[(bits << static_cast<unsigned>(6 - bit_count)) & 63U]);
    }
    return text;
}

Result<Bytes> decode_base64(std::string_view text, const Digits& digits) {
    if (text.size() % 4 == 1) {
        return fail(ErrorCode::malformed, {}, "The base64 text has an impossible length.");
    }
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int bit_count = 0;
    for (const char letter : text) {
        const std::uint8_t digit = digits[static_cast<unsigned char>(letter)];
        if (digit == no_digit) {
            return fail(ErrorCode::malformed, {}, "The base64 text has a letter outside its alphabet.");
        }
        bits = (bits << 6U) | digit;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            bytes.push_back(static_cast<std::uint8_t>((bits >> static_cast<unsigned>(bit_count)) & 0xFFU));
        }
    }
    // No malleability: the unused low bits of the last letter must be zero, so that each byte string has one text.
    if ((bits & ((1U << static_cast<unsigned>(bit_count)) - 1U)) != 0) {
        return fail(ErrorCode::malformed, {}, "The base64 text has non-zero trailing bits.");
    }
    return bytes;
}

}  // namespace

ByteView view_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes bytes_of(std::string_view text) {
    return {text.begin(), text.end()};
}

std::string to_hex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(hex_digits[byte >> 4U]);
        text.push_back(hex_digits[byte & 15U]);
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) {
        return fail(ErrorCode::malformed, {}, "The hexadecimal text has an odd length.");
    }
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_digits.find(text[i]);
        const auto low = hex_digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return fail(ErrorCode::malformed, {}, "The text is not lower-case hexadecimal.");
        }
        bytes.push_back(static_cast<std::uint8_t>(high << 4U | low));
    }
    return bytes;
}

std::string to_base64_raw(ByteView bytes) {
    return encode_base64(bytes, standard_alphabet);
}

Result<Bytes> from_base64_raw(std::string_view text) {
    return decode_base64(text, standard_digits);
}

std::string to_base64_url(ByteView bytes) {
    return encode_base64(bytes, url_alphabet);
}

Result<Bytes> from_base64_url(std::string_view text) {
    return decode_base64(text, url_digits);
}

std::string to_base64(ByteView bytes) {
    std::string text = to_base64_raw(bytes);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Result<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return fail(ErrorCode::malformed, {}, "The base64 text is not padded to a multiple of four letters.");
    }
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) {
        text.remove_suffix(1);
    }
    return from_base64_raw(text);
}

}  // namespace pillarbox::base
