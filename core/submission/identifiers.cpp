// SPDX-License-Identifier: GPL-3.0-or-later
//
// Submission uuids and withdrawal codes: random, so that neither tells an order.
#include <algorithm>

#include "core/submission/submission.hpp"

namespace pillarbox::submission {
namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // no I, L, O, U
constexpr std::string_view tag_domain = "pillarbox withdrawal v1";
constexpr std::size_t code_letters = 16;
constexpr std::size_t group_letters = 4;

// The letter that a person means who writes `letter` by hand.
char meant(char letter) {
    if (letter >= 'a' && letter <= 'z') {
        letter = static_cast<char>(letter - 'a' + 'A');
    }
    if (letter == 'O') {
        return '0';
    }
    return letter == 'I' || letter == 'L' ? '1' : letter;
}

}  // namespace

Uuid random_uuid(base::Random& random) {
    Uuid uuid{};
    random.fill(uuid);
    uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0FU) | 0x40U);  // version 4
    uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3FU) | 0x80U);  // variant of RFC 9562
    return uuid;
}

std::string format_uuid(const Uuid& uuid) {
    std::string text = base::to_hex(uuid);
    for (const std::size_t position : {8U, 13U, 18U, 23U}) {
        text.insert(position, 1, '-');
    }
    return text;
}

WithdrawalCode random_withdrawal_code(base::Random& random) {
    WithdrawalCode code{};
    random.fill(code);
    return code;
}

std::string format_withdrawal_code(const WithdrawalCode& code) {
    std::string text;
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (const std::uint8_t byte : code) {
        bits = (bits << 8U | byte) & 0xFFFU;
        bit_count += 8;
        while (bit_count >= 5) {
            bit_count -= 5;
            if (text.size() % (group_letters + 1) == group_letters) {
                text.push_back('-');
            }
            text.push_back(crockford[bits >> bit_count & 31U]);
        }
    }
    return text;
}

base::Result<WithdrawalCode> parse_withdrawal_code(std::string_view text) {
    WithdrawalCode code{};
    std::size_t letters = 0;
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (const char letter : text) {
        if (letter == '-' || letter == ' ') {
            continue;
        }
        const std::size_t value = crockford.find(meant(letter));
        if (value == std::string_view::npos || letters == code_letters) {
            letters = 0;
            break;
        }
        ++letters;
        bits = (bits << 5U | static_cast<std::uint32_t>(value)) & 0xFFFU;
        bit_count += 5;
        if (bit_count >= 8) {
            bit_count -= 8;
            code[(letters * 5 - bit_count) / 8 - 1] = static_cast<std::uint8_t>(bits >> bit_count);
        }
    }
    if (letters != code_letters) {
        return base::fail(base::ErrorCode::malformed, "withdrawal code", "It is not a withdrawal code.",
                          "A code has 16 letters and digits, in groups of four.");
    }
    return code;
}

crypto::Digest withdrawal_tag(const WithdrawalCode& code) {
    base::Bytes message = base::bytes_of(tag_domain);
    message.insert(message.end(), code.begin(), code.end());
    const crypto::Digest tag = crypto::sha256(message);
    crypto::wipe(message);
    return tag;
}

}  // namespace pillarbox::submission
