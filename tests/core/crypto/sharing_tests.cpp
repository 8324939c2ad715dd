// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sharing.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstddef>
#include <random>

#include "core/base/bytes.hpp"

namespace pillarbox::crypto {
namespace {

// The field's product as FIPS 197 section 4.2 defines it: of two polynomials, and the rest by x^8 + x^4 + x^3 + x
// + 1.
std::uint8_t slow_product(unsigned left, unsigned right) {
    unsigned product = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
        product ^= ((right >> bit) & 1U) != 0 ? left << bit : 0;
    }
    for (unsigned bit = 15; bit >= 8; --bit) {
        product ^= ((product >> bit) & 1U) != 0 ? 0x11BU << (bit - 8) : 0;
    }
    return static_cast<std::uint8_t>(product);
}

class SeededRandom : public base::Random {
  public:
    explicit SeededRandom(unsigned seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) {
            byte = static_cast<std::uint8_t>(engine_() >> 3U);
        }
    }

  private:
    std::mt19937 engine_;
};

base::Bytes secret_of(unsigned seed) {
    base::Bytes secret(32);
    SeededRandom(seed).fill(secret);
    return secret;
}

std::vector<SecretShare> some_of(std::vector<SecretShare>& shares, std::initializer_list<std::size_t> which) {
    std::vector<SecretShare> some;
    for (const std::size_t index : which) {
        SecretBytes copy(shares[index].bytes.size());
        std::ranges::copy(shares[index].bytes.view(), copy.bytes().begin());
        some.push_back({shares[index].number, std::move(copy)});
    }
    return some;
}

bool join_to(const std::vector<SecretShare>& shares, base::ByteView secret) {
    const auto joined = join_shares(shares);
    return joined.has_value() && std::ranges::equal(joined->view(), secret);
}

SecretShare share_of(std::uint8_t number, std::string_view hex) {
    const auto bytes = base::from_hex(hex);
    REQUIRE(bytes.has_value());
    SecretBytes secret(bytes->size());
    std::ranges::copy(*bytes, secret.bytes().begin());
    return {number, std::move(secret)};
}

// Chi-square of a byte's 256 values over many splittings; with 255 degrees of freedom 350 is passed once in 30,000.
constexpr double chi_square_max = 350;
double chi_square_of(const std::array<unsigned, 256>& counts, unsigned total) {
    const double expected = total / 256.0;
    double sum = 0;
    for (const unsigned count : counts) {
        sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
}

}  // namespace

TEST_CASE("Products and inverses in the field are those of its definition") {
    bool same = true;
    for (unsigned left = 0; left < 256; ++left) {
        for (unsigned right = 0; right < 256; ++right) {
            const auto product = field_product(static_cast<std::uint8_t>(left), static_cast<std::uint8_t>(right));
            same = same && product == slow_product(left, right);
        }
        const auto value = static_cast<std::uint8_t>(left);
        CHECK(field_product(value, field_inverse(value)) == (left == 0 ? 0 : 1));
    }
    CHECK(same);
}

TEST_CASE("Shares that another program made by tables give the secret back") {
    // Three needed; coefficients 7i + 1 and 7i + 12 of byte i, field by logarithms to the base 3.
    std::vector<SecretShare> shares;
    shares.push_back(share_of(1, "3d2a2704013e2b3845322f2c09063320"));
    shares.push_back(share_of(3, "0f7651ac9bcaa5a83c85f2cf3839563b"));
    shares.push_back(share_of(5, "f921a07ac368ca0d8df57fe81c471e82"));
    const auto secret = base::from_hex("303132333435363738393a3b3c3d3e3f");
    REQUIRE(secret.has_value());
    CHECK(join_to(shares, *secret));
    shares.push_back(share_of(2, "026d449baec1b8a7418ee7d80d025b24"));
    CHECK(join_to(shares, *secret));
    shares.resize(2);
    CHECK_FALSE(join_to(shares, *secret));
}

TEST_CASE("Every pair of three shares gives the secret back, and so do all three") {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        SeededRandom random(seed);
        const base::Bytes secret = secret_of(1000 + seed);
        auto shares = split_secret(secret, {.shares = 3, .need = 2}, random);
        REQUIRE(shares.has_value());
        CHECK(join_to(some_of(*shares, {0, 1}), secret));
        CHECK(join_to(some_of(*shares, {0, 2}), secret));
        CHECK(join_to(some_of(*shares, {2, 1}), secret));
        CHECK(join_to(some_of(*shares, {0, 1, 2}), secret));
        CHECK_FALSE(join_to(some_of(*shares, {0}), secret));
    }
}

TEST_CASE("A share by itself is random, whatever the secret is") {
    constexpr unsigned splittings = 20'000;
    for (const std::uint8_t secret_byte : {std::uint8_t{0}, std::uint8_t{255}}) {
        SeededRandom random(7U + secret_byte);
        std::array<unsigned, 256> counts{};
        std::array<unsigned, 256> of_both{};  // the control: what two shares give together is no chance
        for (unsigned splitting = 0; splitting < splittings; ++splitting) {
            const std::array<std::uint8_t, 1> secret{secret_byte};
            const auto shares = split_secret(secret, {.shares = 3, .need = 2}, random);
            REQUIRE(shares.has_value());
            ++counts[shares->front().bytes.view()[0]];
            ++of_both[join_shares(*shares)->view()[0]];
        }
        CHECK(chi_square_of(counts, splittings) < chi_square_max);
        CHECK(chi_square_of(of_both, splittings) > chi_square_max);
    }
}

TEST_CASE("A plan that is none and shares that do not belong together are refused") {
    SeededRandom random(1);
    const base::Bytes secret = secret_of(1);
    for (const SharePlan plan : {SharePlan{3, 1}, SharePlan{2, 3}, SharePlan{256, 2}, SharePlan{0, 0}}) {
        CHECK_FALSE(split_secret(secret, plan, random).has_value());
    }
    CHECK_FALSE(split_secret({}, {3, 2}, random).has_value());
    auto shares = split_secret(secret, {3, 2}, random);
    REQUIRE(shares.has_value());
    CHECK_FALSE(join_shares({}).has_value());
    CHECK_FALSE(join_shares(some_of(*shares, {1, 1})).has_value());
    auto short_one = some_of(*shares, {0});
    short_one.push_back(share_of(2, "00"));
    CHECK_FALSE(join_shares(short_one).has_value());
    auto nought = some_of(*shares, {0, 1});
    nought[1].number = 0;
    CHECK_FALSE(join_shares(nought).has_value());
}

}  // namespace pillarbox::crypto
