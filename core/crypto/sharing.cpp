// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sharing.hpp"

#include <algorithm>
#include <array>

namespace pillarbox::crypto {
namespace {

constexpr unsigned shares_max = 255;  // places other than 0, where the secret stands

base::Result<void> check_shares(const std::vector<SecretShare>& shares) {
    std::array<bool, 256> seen{};
    for (const SecretShare& share : shares) {
        if (share.number == 0 || seen[share.number] || share.bytes.size() != shares.front().bytes.size()) {
            return base::fail(base::ErrorCode::usage, "shares", "The shares do not belong together.",
                              "Name different shares of one key.");
        }
        seen[share.number] = true;
    }
    if (shares.empty()) {
        return base::fail(base::ErrorCode::usage, "shares", "There is no share.", "Name the share files.");
    }
    return {};
}

// The Lagrange coefficient of one share at 0: the product of x_j / (x_j - x_i). Subtraction is XOR.
std::uint8_t weight_of(const SecretShare& share, const std::vector<SecretShare>& shares) {
    std::uint8_t above = 1;
    std::uint8_t below = 1;
    for (const SecretShare& other : shares) {
        if (other.number != share.number) {
            above = field_product(above, other.number);
            below = field_product(below, static_cast<std::uint8_t>(other.number ^ share.number));
        }
    }
    return field_product(above, field_inverse(below));
}

}  // namespace

// Eight steps whatever the values are: masks instead of branches.
std::uint8_t field_product(std::uint8_t left, std::uint8_t right) {
    unsigned product = 0;
    unsigned factor = left;
    for (unsigned bit = 0; bit < 8; ++bit) {
        product ^= factor & (0U - ((static_cast<unsigned>(right) >> bit) & 1U));
        const unsigned carry = 0U - ((factor >> 7U) & 1U);
        factor = ((factor << 1U) & 0xFFU) ^ (0x1BU & carry);
    }
    return static_cast<std::uint8_t>(product);
}

// The 254th power: the group of the field has 255 elements.
std::uint8_t field_inverse(std::uint8_t value) {
    std::uint8_t power = value;
    std::uint8_t result = 1;
    for (unsigned step = 1; step < 8; ++step) {
        power = field_product(power, power);
        result = field_product(result, power);
    }
    return result;
}

base::Result<std::vector<SecretShare>> split_secret(base::ByteView secret, const SharePlan& plan,
                                                    base::Random& random) {
    if (plan.need < 2 || plan.shares < plan.need || plan.shares > shares_max || secret.empty()) {
        return base::fail(base::ErrorCode::usage, "shares", "A key can't be split like that.",
                          "Ask for 2 to 255 shares, of which at least 2 and at most all are needed.");
    }
    std::vector<SecretShare> shares;
    for (unsigned number = 1; number <= plan.shares; ++number) {
        shares.push_back({static_cast<std::uint8_t>(number), SecretBytes(secret.size())});
    }
    SecretBytes coefficients(plan.need - 1);  // of x, x^2 ...; that of 1 is the secret's byte
    for (std::size_t index = 0; index < secret.size(); ++index) {
        random.fill(coefficients.bytes());
        for (SecretShare& share : shares) {
            std::uint8_t value = 0;
            for (std::size_t power = coefficients.size(); power > 0; --power) {  // Horner
                value =
                    field_product(static_cast<std::uint8_t>(value ^ coefficients.view()[power - 1]), share.number);
            }
            share.bytes.bytes()[index] = static_cast<std::uint8_t>(value ^ secret[index]);
        }
    }
    return shares;
}

base::Result<SecretBytes> join_shares(const std::vector<SecretShare>& shares) {
    TRY(check_shares(shares));
    SecretBytes secret(shares.front().bytes.size());
    for (const SecretShare& share : shares) {
        const std::uint8_t weight = weight_of(share, shares);
        for (std::size_t index = 0; index < secret.size(); ++index) {
            secret.bytes()[index] ^= field_product(weight, share.bytes.view()[index]);
        }
    }
    return secret;
}

}  // namespace pillarbox::crypto
