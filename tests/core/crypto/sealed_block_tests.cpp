// SPDX-License-Identifier: GPL-3.0-or-later
#include <sodium.h>

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <numeric>
#include <string_view>

#include "core/crypto/sealed_block.hpp"
#include "core/crypto/system_random.hpp"

namespace pillarbox::tests {
namespace {

// Gives first, first + 1, ...
class Counting : public base::Random {
  public:
    explicit Counting(std::uint8_t first) : first_(first) {}
    void fill(std::span<std::uint8_t> bytes) override { std::iota(bytes.begin(), bytes.end(), first_); }

  private:
    std::uint8_t first_;
};

crypto::SecretBytes counting_key() {
    crypto::SecretBytes key(32);
    Counting(0x80).fill(key.bytes());
    return key;
}

TEST_CASE("a block is sealed as the draft's own example has it") {  // draft-irtf-cfrg-xchacha-03, appendix A.3.1
    constexpr std::string_view text =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        "be it.";
    const base::Bytes associated = base::from_hex("50515253c0c1c2c3c4c5c6c7").value();
    Counting nonce(0x40);
    base::Bytes sealed(text.size() + crypto::block_overhead_bytes);
    crypto::seal_block(counting_key(), associated, base::view_of(text), nonce, sealed);
    const base::ByteView tag = base::ByteView(sealed).last(16);
    CHECK(base::to_hex(tag) == "c0875924c1c7987947deafd8780acf49");
    CHECK(base::to_hex(base::ByteView(sealed).first(16)) == "bd6d179d3e83d43b9576579493c0e939");
    base::Bytes opened(text.size());
    REQUIRE(crypto::open_block(counting_key(), associated, sealed, opened));
    CHECK(base::text_of(opened) == text);
}

TEST_CASE("the two libraries' sealed blocks are the same over any bytes") {
    const bool same = rc::check([](const base::Bytes& plaintext, const base::Bytes& associated, std::uint8_t first) {
        Counting nonce(first);
        base::Bytes sealed(plaintext.size() + crypto::block_overhead_bytes);
        crypto::seal_block(counting_key(), associated, plaintext, nonce, sealed);
        base::Bytes expected(plaintext.size() + crypto::block_overhead_bytes);
        const std::span expected_nonce = std::span(expected).subspan(plaintext.size(), 24);
        nonce.fill(expected_nonce);
        crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
            expected.data(), std::span(expected).last(16).data(), nullptr, plaintext.data(), plaintext.size(),
            associated.data(), associated.size(), nullptr, expected_nonce.data(), counting_key().view().data());
        RC_ASSERT(sealed == expected);
    });
    CHECK(same);
}

TEST_CASE("a block does not open where one bit of it, of its key or of its associated data is another") {
    const base::Bytes associated{1, 2, 3};
    const base::Bytes plaintext(50, 7);
    crypto::SystemRandom random;
    base::Bytes sealed(plaintext.size() + crypto::block_overhead_bytes);
    crypto::seal_block(counting_key(), associated, plaintext, random, sealed);
    base::Bytes opened(plaintext.size());
    for (std::size_t index = 0; index < sealed.size(); ++index) {
        base::Bytes changed = sealed;
        changed[index] ^= 1U;
        CHECK_FALSE(crypto::open_block(counting_key(), associated, changed, opened));
        CHECK(opened == base::Bytes(plaintext.size(), 0));
    }
    CHECK_FALSE(crypto::open_block(counting_key(), base::Bytes{1, 2, 4}, sealed, opened));
    crypto::SecretBytes other = counting_key();
    other.bytes()[31] ^= 1U;
    CHECK_FALSE(crypto::open_block(other, associated, sealed, opened));
    CHECK(crypto::open_block(counting_key(), associated, sealed, opened));
}

}  // namespace
}  // namespace pillarbox::tests
