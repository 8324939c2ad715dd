// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/envelope.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>

#include "core/crypto/system_random.hpp"
#include "core/envelope/header.hpp"
#include "tests/core/envelope/test_keys.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

constexpr std::size_t cap = std::size_t{1} << 20U;

base::Bytes plaintext_of(std::size_t size) {
    base::Bytes plaintext(size);
    tests::CountingRandom(9).fill(plaintext);
    return plaintext;
}

struct Sealed {
    std::vector<envelope::Identity> identities;
    base::Bytes bytes;
};

Sealed seal_for(std::size_t recipients, base::ByteView plaintext) {
    tests::CountingRandom random(7);
    Sealed sealed;
    sealed.identities = tests::identities_of(random, recipients);
    sealed.bytes = envelope::seal(plaintext, tests::recipients_of(sealed.identities), random).value();
    return sealed;
}

// The code of a failure; the test fails where it opens.
ErrorCode refusal(base::ByteView bytes, const std::vector<envelope::Identity>& identities) {
    const auto opened = envelope::open(bytes, identities, cap);
    REQUIRE_FALSE(opened.has_value());
    return opened.error().code;
}

// A copy with `from` replaced by `to` in its header; its MAC no longer fits, but the parser sees it first.
base::Bytes with(const base::Bytes& bytes, std::string_view from, std::string_view to) {
    std::string text(base::text_of(bytes));
    const std::size_t position = text.find(from);
    REQUIRE(position != std::string::npos);
    return base::bytes_of(text.replace(position, from.size(), to));
}

}  // namespace

TEST_CASE("an envelope of any size opens for each of its recipients") {
    for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 131072U, 204800U}) {
        for (std::size_t recipients = 1; recipients <= 5; ++recipients) {
            CAPTURE(size, recipients);
            const base::Bytes plaintext = plaintext_of(size);
            Sealed sealed = seal_for(recipients, plaintext);
            for (auto& identity : sealed.identities) {
                std::vector<envelope::Identity> one;
                one.push_back(std::move(identity));
                const auto opened = envelope::open(sealed.bytes, one, size);
                REQUIRE(opened.has_value());
                CHECK(std::ranges::equal(opened->view(), plaintext));
            }
        }
    }
}

TEST_CASE("two envelopes of one plaintext have nothing in common but their form") {
    crypto::SystemRandom random;
    const auto identities = tests::identities_of(random, 1);
    const auto recipients = tests::recipients_of(identities);
    const auto first = envelope::seal(base::view_of("same"), recipients, random).value();
    const auto second = envelope::seal(base::view_of("same"), recipients, random).value();
    CHECK(first.size() == second.size());
    CHECK(first != second);
    const std::string_view text = base::text_of(first);
    CHECK(text.find("same") == std::string_view::npos);
}

TEST_CASE("every flipped bit of a small envelope is refused") {
    const Sealed sealed = seal_for(2, base::view_of("What a respondent wrote"));
    for (std::size_t bit = 0; bit < sealed.bytes.size() * 8; ++bit) {
        base::Bytes altered = sealed.bytes;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1U << (bit % 8)));
        CAPTURE(bit);
        CHECK_FALSE(envelope::open(altered, sealed.identities, cap).has_value());
    }
}

TEST_CASE("a flipped bit anywhere in a payload of several chunks is refused") {
    const Sealed sealed = seal_for(1, plaintext_of(140'000));
    for (std::size_t position = 0; position < sealed.bytes.size(); position += 1499) {
        base::Bytes altered = sealed.bytes;
        altered[position] ^= 4U;
        CAPTURE(position);
        CHECK_FALSE(envelope::open(altered, sealed.identities, cap).has_value());
    }
}

TEST_CASE("an envelope cut at any length or with bytes added is refused") {
    const Sealed sealed = seal_for(1, base::view_of("short"));
    for (std::size_t size = 0; size < sealed.bytes.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(envelope::open(base::ByteView(sealed.bytes).first(size), sealed.identities, cap).has_value());
    }
    base::Bytes longer = sealed.bytes;
    longer.push_back(0);
    CHECK(refusal(longer, sealed.identities) == ErrorCode::not_authentic);
}

TEST_CASE("chunks cut off at a chunk's end or swapped are refused") {
    const Sealed sealed = seal_for(1, plaintext_of(196'608));  // three whole chunks
    constexpr std::size_t chunk = 65536 + 16;
    const std::size_t start = sealed.bytes.size() - 3 * chunk;
    CHECK(refusal(base::ByteView(sealed.bytes).first(start + 2 * chunk), sealed.identities) ==
          ErrorCode::not_authentic);
    CHECK(refusal(base::ByteView(sealed.bytes).first(start), sealed.identities) == ErrorCode::not_authentic);
    base::Bytes swapped = sealed.bytes;
    std::swap_ranges(swapped.begin() + static_cast<std::ptrdiff_t>(start),
                     swapped.begin() + static_cast<std::ptrdiff_t>(start + chunk),
                     swapped.begin() + static_cast<std::ptrdiff_t>(start + chunk));
    CHECK(refusal(swapped, sealed.identities) == ErrorCode::not_authentic);
}

TEST_CASE("a stranger's key opens nothing") {
    const Sealed sealed = seal_for(3, base::view_of("secret"));
    tests::CountingRandom other(8);
    CHECK(refusal(sealed.bytes, tests::identities_of(other, 2)) == ErrorCode::not_authentic);
    CHECK(refusal(sealed.bytes, {}) == ErrorCode::not_authentic);
}

TEST_CASE("a plaintext over the cap is refused before it is opened") {
    const Sealed sealed = seal_for(1, base::view_of("12345"));
    CHECK(envelope::open(sealed.bytes, sealed.identities, 5).has_value());
    CHECK(envelope::open(sealed.bytes, sealed.identities, 4).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("a header that is not exactly age v1 is refused") {
    const Sealed sealed = seal_for(1, base::view_of("x"));
    const auto& bytes = sealed.bytes;
    CHECK(refusal(with(bytes, "/v1\n", "/v2\n"), sealed.identities) == ErrorCode::unsupported);
    CHECK(refusal(with(bytes, "/v1\n", "/v1\r\n"), sealed.identities) == ErrorCode::unsupported);
    CHECK(refusal(with(bytes, "age-", "Age-"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "-> X", "->  X"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "-> X", "->X"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "X25519 ", "X25519  "), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "X25519 ", "X25519 more "), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "X25519 ", "X25519\t"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "\n---", "=\n---"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "\n---", "\n\n---"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "--- ", "---"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "--- ", "---  "), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(with(bytes, "v1\n", "v1\n\n"), sealed.identities) == ErrorCode::malformed);
    CHECK(refusal({}, sealed.identities) == ErrorCode::malformed);
    CHECK(refusal(base::view_of("age-encryption.org/v1\n---"), sealed.identities) == ErrorCode::malformed);
}

TEST_CASE("stanzas of unknown types are passed over but may not be added") {
    const auto header =
        envelope::parse_header(base::view_of("age-encryption.org/v1\n-> grease a b\n\n-> X25519 c\nAAAA\n"
                                             "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\npayload"))
            .value();
    REQUIRE(header.stanzas.size() == 2);
    CHECK(header.stanzas[0].arguments == std::vector<std::string_view>{"grease", "a", "b"});
    CHECK(header.stanzas[0].body.empty());
    CHECK(header.stanzas[1].body == base::Bytes{0, 0, 0});
    CHECK(header.authenticated.ends_with("AAAA\n---"));
    const Sealed sealed = seal_for(1, base::view_of("x"));
    CHECK(refusal(with(sealed.bytes, "v1\n", "v1\n-> grease\n\n"), sealed.identities) == ErrorCode::not_authentic);
}

TEST_CASE("a body is wrapped at 64 letters with a shorter last line") {
    CHECK(envelope::format_stanza({"t"}, base::Bytes(47)).ends_with(std::string(63, 'A') + "\n"));
    CHECK(envelope::format_stanza({"t"}, base::Bytes(48)).ends_with(std::string(64, 'A') + "\n\n"));
    const std::string footer = "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
    for (const std::size_t size : {0U, 1U, 47U, 48U, 49U, 96U, 200U}) {
        const std::string text =
            std::string(envelope::version_line) + envelope::format_stanza({"t", "u"}, base::Bytes(size, 7)) + footer;
        CHECK(envelope::parse_header(base::view_of(text)).value().stanzas[0].body == base::Bytes(size, 7));
    }
    const std::string start = std::string(envelope::version_line) + "-> t\n";
    CHECK_FALSE(envelope::parse_header(base::view_of(start + std::string(64, 'A') + "\n" + footer)).has_value());
    CHECK_FALSE(envelope::parse_header(base::view_of(start + std::string(68, 'A') + "\n" + footer)).has_value());
    CHECK_FALSE(envelope::parse_header(base::view_of(start + "AAAA\nAAAA\n" + footer)).has_value());
    CHECK_FALSE(envelope::parse_header(base::view_of(start + "AB\n" + footer)).has_value());  // trailing bits
}

TEST_CASE("headers past a limit are refused") {
    std::string many(envelope::version_line);
    for (int i = 0; i < 100; ++i) {
        many += "-> t\n\n";
    }
    CHECK(envelope::parse_header(base::view_of(many)).error().code == ErrorCode::limit_exceeded);
    const std::string endless = std::string(envelope::version_line) + "-> " + std::string(100'000, 'a');
    CHECK(envelope::parse_header(base::view_of(endless)).error().code == ErrorCode::limit_exceeded);
    crypto::SystemRandom random;
    CHECK(envelope::seal({}, {}, random).error().code == ErrorCode::limit_exceeded);
    const auto too_many = tests::recipients_of(tests::identities_of(random, envelope::recipients_max + 1));
    CHECK(envelope::seal({}, too_many, random).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("points of low order are refused as recipients and as shares") {
    crypto::SystemRandom random;
    CHECK(envelope::seal({}, {envelope::Recipient{}}, random).error().code == ErrorCode::malformed);
    CHECK_FALSE(envelope::is_usable(envelope::Recipient{}));
    const Sealed sealed = seal_for(1, base::view_of("x"));
    CHECK(envelope::is_usable(sealed.identities[0].recipient()));
    const std::string text(base::text_of(sealed.bytes));
    const std::string share = text.substr(text.find("X25519 ") + 7, 43);
    CHECK(refusal(with(sealed.bytes, share, std::string(43, 'A')), sealed.identities) == ErrorCode::malformed);
}

TEST_CASE("random bytes never crash the parser and never open") {
    const Sealed sealed = seal_for(1, base::view_of("x"));
    CHECK(rc::check("after the version line too", [&sealed](const base::Bytes& tail) {
        base::Bytes bytes = base::bytes_of(envelope::version_line);
        bytes.insert(bytes.end(), tail.begin(), tail.end());
        RC_ASSERT_FALSE(envelope::open(bytes, sealed.identities, cap).has_value());
        RC_ASSERT_FALSE(envelope::open(tail, sealed.identities, cap).has_value());
    }));
}
