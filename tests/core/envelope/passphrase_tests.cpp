// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/passphrase.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "core/envelope/envelope.hpp"
#include "core/envelope/header.hpp"
#include "tests/core/envelope/test_keys.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

constexpr std::size_t cap = 4096;
constexpr unsigned quick = 4;  // the work of files for tests
const base::ByteView passphrase = base::view_of("ten words on paper");
const base::ByteView content = base::view_of("a key file");

base::Bytes sealed_file(unsigned log_n = quick) {
    tests::CountingRandom random(3);
    return envelope::seal_with_passphrase(content, passphrase, random, log_n).value();
}

base::Bytes with(const base::Bytes& bytes, std::string_view from, std::string_view to) {
    std::string text(base::text_of(bytes));
    const std::size_t position = text.find(from);
    REQUIRE(position != std::string::npos);
    return base::bytes_of(text.replace(position, from.size(), to));
}

// The salt's letters, between "scrypt " and the work.
std::string salt_of(const base::Bytes& bytes) {
    return std::string(envelope::parse_header(bytes).value().stanzas.front().arguments.at(1));
}

// Refused alike before and after somebody was asked for the passphrase.
void check_refused(const base::Bytes& bytes, ErrorCode code) {
    const auto asked = envelope::needs_passphrase(bytes);
    REQUIRE_FALSE(asked.has_value());
    CHECK(asked.error().code == code);
    const auto opened = envelope::open_with_passphrase(bytes, passphrase, cap);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == code);
}

}  // namespace

TEST_CASE("a file opens with the passphrase it was sealed with and with no other") {
    const base::Bytes file = sealed_file();
    CHECK(envelope::needs_passphrase(file).value());
    const auto opened = envelope::open_with_passphrase(file, passphrase, cap);
    REQUIRE(opened.has_value());
    CHECK(std::ranges::equal(opened->view(), content));
    for (const std::string_view wrong : {"", "ten words on papeR", "ten words on paper "}) {
        const auto refused = envelope::open_with_passphrase(file, base::view_of(wrong), cap);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::not_authentic);
        CHECK(refused.error().what == "This is not the right passphrase.");
    }
}

TEST_CASE("the default work is that of the age tool") {
    tests::CountingRandom random(3);
    const auto file = envelope::seal_with_passphrase(content, passphrase, random).value();
    CHECK(envelope::parse_header(file).value().stanzas.front().arguments.at(2) == "18");
}

TEST_CASE("every flipped bit of a wrapped file is refused") {
    const base::Bytes file = sealed_file();
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
        base::Bytes altered = file;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1U << (bit % 8)));
        CAPTURE(bit);
        CHECK_FALSE(envelope::open_with_passphrase(altered, passphrase, cap, 10).has_value());
    }
}

TEST_CASE("a passphrase beside another recipient is refused by every reader") {
    const base::Bytes file = sealed_file();
    const std::string text(base::text_of(file));
    const std::string stanza = text.substr(text.find("->"), text.find("---") - text.find("->"));
    check_refused(with(file, "---", stanza + "---"), ErrorCode::malformed);
    check_refused(with(file, "---", "-> grease\n\n---"), ErrorCode::malformed);
    check_refused(with(file, "-> scrypt", "-> grease\n\n-> scrypt"), ErrorCode::malformed);
    // Also where a key would open it: the header's MAC fits.
    tests::CountingRandom random(4);
    const auto identities = tests::identities_of(random, 1);
    const auto envelope = envelope::seal(content, tests::recipients_of(identities), random).value();
    const auto mixed = envelope::open(with(envelope, "---", stanza + "---"), identities, cap);
    REQUIRE_FALSE(mixed.has_value());
    CHECK(mixed.error().code == ErrorCode::malformed);
}

TEST_CASE("work that is no plain number or too much is refused before it is done") {
    const base::Bytes file = sealed_file();
    const std::string before = salt_of(file) + " ";
    for (const std::string_view wrong : {"04", "0", "+4", "-4", "4a", "0x4", "4 4", "4.0"}) {
        CAPTURE(wrong);
        check_refused(with(file, before + "4\n", before + std::string(wrong) + "\n"), ErrorCode::malformed);
    }
    for (const std::string_view much : {"23", "64", "4294967300", "99999999999999999999999999"}) {
        CAPTURE(much);
        check_refused(with(file, before + "4\n", before + std::string(much) + "\n"), ErrorCode::limit_exceeded);
    }
    CHECK(envelope::open_with_passphrase(file, passphrase, cap, quick).has_value());
    CHECK(envelope::open_with_passphrase(file, passphrase, cap, quick - 1).error().code == ErrorCode::limit_exceeded);
    // Other work gives another key.
    const auto less = envelope::open_with_passphrase(with(file, before + "4\n", before + "3\n"), passphrase, cap);
    CHECK(less.error().code == ErrorCode::not_authentic);
}

TEST_CASE("a salt or body that is not exactly one is refused") {
    const base::Bytes file = sealed_file();
    const std::string salt = salt_of(file);
    check_refused(with(file, salt, salt + "=="), ErrorCode::malformed);
    check_refused(with(file, salt, salt.substr(1)), ErrorCode::malformed);
    check_refused(with(file, salt, salt.substr(0, 20)), ErrorCode::malformed);  // 15 bytes
    check_refused(with(file, salt, salt + "AA"), ErrorCode::malformed);
    check_refused(with(file, salt, salt.substr(0, 21) + "_"), ErrorCode::malformed);
    check_refused(with(file, salt + " 4", salt), ErrorCode::malformed);
    check_refused(with(file, " 4\n", " 4\nAAAA"), ErrorCode::malformed);
}

TEST_CASE("other bytes need no passphrase") {
    tests::CountingRandom random(5);
    const auto identities = tests::identities_of(random, 1);
    const auto envelope = envelope::seal(content, tests::recipients_of(identities), random).value();
    CHECK_FALSE(envelope::needs_passphrase(envelope).value());
    CHECK_FALSE(envelope::needs_passphrase(base::view_of("# a plain key file\n")).value());
    CHECK_FALSE(envelope::needs_passphrase({}).value());
    CHECK(envelope::open_with_passphrase(envelope, passphrase, cap).error().code == ErrorCode::malformed);
}
