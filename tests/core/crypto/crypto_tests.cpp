// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <thread>

#include "core/crypto/aead.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/padding.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/crypto/signing.hpp"
#include "core/crypto/system_random.hpp"
#include "core/crypto/x25519.hpp"

using namespace pillarbox;
using base::Bytes;
using base::to_hex;
using base::view_of;

namespace {

Bytes hex(std::string_view text) {
    return base::from_hex(text).value();
}

crypto::SecretBytes secret_hex(std::string_view text) {
    return crypto::SecretBytes::copy_of(hex(text));
}

crypto::X25519PublicKey point_hex(std::string_view text) {
    return base::array_of<32>(hex(text)).value();
}

std::string shared_hex(const crypto::SecretBytes& secret, const crypto::X25519PublicKey& point) {
    return to_hex(crypto::x25519_shared_secret(secret, point).value().view());
}

}  // namespace

TEST_CASE("SHA-256 agrees with the FIPS 180-4 examples") {
    CHECK(to_hex(crypto::sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(crypto::sha256(view_of("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(crypto::sha256(view_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("HMAC-SHA-256 agrees with RFC 4231") {
    CHECK(to_hex(crypto::hmac_sha256(Bytes(20, 0x0b), view_of("Hi There"))) ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(to_hex(crypto::hmac_sha256(view_of("Jefe"), view_of("what do ya want for nothing?"))) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(to_hex(crypto::hmac_sha256(Bytes(131, 0xaa),
                                     view_of("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HKDF-SHA-256 agrees with RFC 5869 appendix A") {
    const Bytes key(22, 0x0b);
    CHECK(
        to_hex(crypto::hkdf_sha256(key, hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42).view()) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    CHECK(to_hex(crypto::hkdf_sha256(key, {}, {}, 42).view()) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    Bytes long_key(80);
    Bytes long_salt(80);
    Bytes long_info(80);
    for (std::uint8_t i = 0; i < 80; ++i) {
        long_key[i] = i;
        long_salt[i] = static_cast<std::uint8_t>(0x60 + i);
        long_info[i] = static_cast<std::uint8_t>(0xb0 + i);
    }
    CHECK(to_hex(crypto::hkdf_sha256(long_key, long_salt, long_info, 82).view()) ==
          "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
          "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
}

TEST_CASE("HKDF gives its longest output without running out of blocks") {
    const auto longest = crypto::hkdf_sha256(Bytes(22, 0x0b), {}, {}, std::size_t{255} * 32);
    CHECK(longest.size() == 8160);
    CHECK(to_hex(longest.view().first(4)) == "8da4e775");
    CHECK(crypto::hkdf_sha256(Bytes(22, 0x0b), {}, {}, 0).size() == 0);
}

TEST_CASE("Ed25519 agrees with RFC 8032 section 7.1") {
    struct Vector {
        const char* seed;
        const char* key;
        const char* message;
        const char* signature;
    };
    const std::vector<Vector> vectors = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595"
         "bbe2"
         "4655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb43"
         "02ae"
         "eb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716"
         "ed28"
         "dc027beceea1ec40a"},
    };
    for (const auto& vector : vectors) {
        const auto key = crypto::SigningKey::from_seed(hex(vector.seed)).value();
        CHECK(to_hex(key.verify_key().bytes) == vector.key);
        const auto signature = key.sign(hex(vector.message));
        CHECK(to_hex(signature) == vector.signature);
        CHECK(crypto::verifies(key.verify_key(), hex(vector.message), signature));
        CHECK(to_hex(key.seed()) == vector.seed);
    }
}

TEST_CASE("a signature fails for another message or key or with any bit altered") {
    crypto::SystemRandom random;
    const auto key = crypto::SigningKey::generate(random);
    const auto other = crypto::SigningKey::generate(random);
    const auto signature = key.sign(view_of("pack"));
    CHECK(crypto::verifies(key.verify_key(), view_of("pack"), signature));
    CHECK_FALSE(crypto::verifies(key.verify_key(), view_of("pach"), signature));
    CHECK_FALSE(crypto::verifies(other.verify_key(), view_of("pack"), signature));
    for (std::size_t bit = 0; bit < 512; ++bit) {
        auto altered = signature;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1U << (bit % 8)));
        CHECK_FALSE(crypto::verifies(key.verify_key(), view_of("pack"), altered));
    }
    CHECK_FALSE(crypto::verifies(crypto::VerifyKey{}, view_of("pack"), crypto::Signature{}));
    CHECK(crypto::SigningKey::from_seed(Bytes(31)).error().code == base::ErrorCode::malformed);
}

TEST_CASE("X25519 agrees with RFC 7748 sections 5.2 and 6.1") {
    CHECK(shared_hex(secret_hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
                     point_hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")) ==
          "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    const auto alice = secret_hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    const auto bob = secret_hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    CHECK(to_hex(crypto::x25519_public_key(alice)) ==
          "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    CHECK(to_hex(crypto::x25519_public_key(bob)) ==
          "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    CHECK(shared_hex(alice, crypto::x25519_public_key(bob)) ==
          "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    CHECK(shared_hex(bob, crypto::x25519_public_key(alice)) ==
          "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
}

TEST_CASE("X25519 refuses points of low order") {
    crypto::SystemRandom random;
    crypto::SecretBytes secret(32);
    random.fill(secret.bytes());
    for (const char* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                              "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        CAPTURE(point);
        CHECK(crypto::x25519_shared_secret(secret, point_hex(point)).error().code == base::ErrorCode::malformed);
    }
}

TEST_CASE("ChaCha20-Poly1305 agrees with OpenSSL and refuses any altered byte") {
    const auto key = secret_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    const crypto::AeadNonce nonce{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    Bytes sealed(5 + crypto::aead_tag_size_bytes);
    crypto::aead_seal(key, nonce, view_of("hello"), sealed);
    CHECK(to_hex(sealed) == "e19e646c46f5939695c670586d63a69f58c41396dd");
    Bytes opened(5);
    REQUIRE(crypto::aead_open(key, nonce, sealed, opened));
    CHECK(base::text_of(opened) == "hello");
    CHECK_FALSE(crypto::aead_open(key, crypto::AeadNonce{}, sealed, opened));
    for (auto& byte : sealed) {
        byte ^= 1U;
        CHECK_FALSE(crypto::aead_open(key, nonce, sealed, opened));
        byte ^= 1U;
    }
}

TEST_CASE("padding fills a buffer and is taken off again") {
    Bytes buffer = hex("0102030000000000");
    crypto::pad(buffer, 3);
    CHECK(to_hex(buffer) == "0102038000000000");
    CHECK(crypto::unpadded_size(buffer).value() == 3);
    crypto::pad(buffer, 7);
    CHECK(crypto::unpadded_size(buffer).value() == 7);
    crypto::pad(buffer, 0);
    CHECK(crypto::unpadded_size(buffer).value() == 0);
    CHECK_FALSE(crypto::unpadded_size({}).has_value());
    CHECK_FALSE(crypto::unpadded_size(hex("0000")).has_value());
    CHECK_FALSE(crypto::unpadded_size(hex("80000100")).has_value());
}

TEST_CASE("a secret moves and leaves an empty one behind") {
    auto first = crypto::SecretBytes::copy_of(view_of("secret"));
    const auto* place = first.view().data();
    crypto::SecretBytes second(std::move(first));
    CHECK(second.view().data() == place);
    CHECK(first.size() == 0);  // NOLINT(bugprone-use-after-move): the state after a move is the point here
    first = std::move(second);
    CHECK(base::text_of(first.view()) == "secret");
    CHECK(to_hex(crypto::SecretBytes(4).view()) == "00000000");
    CHECK(crypto::SecretBytes(0).size() == 0);
    Bytes buffer = hex("ffff");
    crypto::wipe(buffer);
    crypto::wipe({});
    CHECK(to_hex(buffer) == "0000");
}

TEST_CASE("comparison in constant time compares sizes and bytes") {
    CHECK(crypto::equal_in_constant_time({}, {}));
    CHECK(crypto::equal_in_constant_time(view_of("ab"), view_of("ab")));
    CHECK_FALSE(crypto::equal_in_constant_time(view_of("ab"), view_of("ac")));
    CHECK_FALSE(crypto::equal_in_constant_time(view_of("ab"), view_of("a")));
}

TEST_CASE("random bytes differ from call to call and from thread to thread") {
    std::array<Bytes, 8> drawn;
    std::vector<std::jthread> threads;
    for (auto& bytes : drawn) {
        bytes.resize(32);
        threads.emplace_back([&bytes] { crypto::SystemRandom().fill(bytes); });
    }
    threads.clear();
    std::ranges::sort(drawn);
    CHECK(std::ranges::adjacent_find(drawn) == drawn.end());
}
