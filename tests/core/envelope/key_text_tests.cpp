// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "tests/core/envelope/test_keys.hpp"

using namespace pillarbox;

TEST_CASE("keys are read back from their text") {
    crypto::SystemRandom random;
    const auto identity = envelope::Identity::generate(random);
    const std::string recipient_text = envelope::format_recipient(identity.recipient());
    CHECK(recipient_text.starts_with("age1"));
    CHECK(envelope::parse_recipient(recipient_text).value() == identity.recipient());
    const auto secret_text = identity.format();
    CHECK(base::text_of(secret_text.view()).starts_with("AGE-SECRET-KEY-1"));
    const auto again = envelope::Identity::parse(base::text_of(secret_text.view())).value();
    CHECK(again.recipient() == identity.recipient());
    CHECK(std::ranges::equal(again.secret(), identity.secret()));
}

TEST_CASE("the key text has the letters that the age specification gives") {
    // C2SP age, "The X25519 recipient type": the example identity and its recipient.
    const auto identity =
        envelope::Identity::parse("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
            .value();
    CHECK(base::to_hex(identity.secret()) == "4242424242424242424242424242424242424242424242424242424242424242");
    CHECK(envelope::format_recipient(identity.recipient()) ==
          "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
}

TEST_CASE("any changed letter of a key text is refused") {
    const std::string text = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    REQUIRE(envelope::parse_recipient(text).has_value());
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char letter : {'q', 'p', 'b', '1', 'Q', ' '}) {
            std::string altered = text;
            if (altered[i] == letter) {
                continue;
            }
            altered[i] = letter;
            CAPTURE(altered);
            CHECK_FALSE(envelope::parse_recipient(altered).has_value());
        }
    }
}

TEST_CASE("key texts of another kind or case or length are refused without being quoted") {
    const std::string secret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    std::string lower = secret;
    for (char& letter : lower) {
        letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    std::string mixed = secret;
    mixed.back() = 'x';
    for (const std::string& text : {std::string{}, std::string("age1"), lower, mixed, secret + "Q",
                                    secret.substr(0, secret.size() - 1), "\n" + secret}) {
        CAPTURE(text);
        const auto refused = envelope::Identity::parse(text);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().describe().find("GFPYY") == std::string::npos);
    }
    CHECK_FALSE(envelope::parse_recipient(secret).has_value());
    CHECK_FALSE(
        envelope::parse_recipient("AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ").has_value());
}

TEST_CASE("a key file holds keys and comments and blank lines") {
    const std::string key = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    const std::string file = "# created: today\n\n" + key + "\r\n# another\n" + key;
    CHECK(envelope::parse_identity_file(base::view_of(file)).value().size() == 2);
    CHECK_FALSE(envelope::parse_identity_file(base::view_of("# nothing\n")).has_value());
    CHECK_FALSE(envelope::parse_identity_file({}).has_value());
    const auto refused = envelope::parse_identity_file(base::view_of("# one\n" + key + "X\n"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().where == "key file, line 2");
    CHECK(refused.error().describe().find("GFPYY") == std::string::npos);
}
