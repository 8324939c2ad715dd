// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <iostream>
#include <string>

#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/armor.hpp"
#include "core/envelope/envelope.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox {
namespace {

const std::string start = "-----BEGIN AGE ENCRYPTED FILE-----\n";
const std::string end = "-----END AGE ENCRYPTED FILE-----\n";
const std::string full(64, 'A');

bool reads(const std::string& text) {
    return envelope::without_armor(base::view_of(text)).has_value();
}

}  // namespace

TEST_CASE("an armored file of the age tool is the same file without its armor, whatever its size") {
    if (!tests::is_installed("age")) {
        std::cout << "SKIPPED: armor and the age tool: age is not installed\n";
        return;
    }
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    std::vector<envelope::Identity> identities;
    identities.push_back(envelope::Identity::generate(random));
    const std::string recipient = envelope::format_recipient(identities[0].recipient());
    for (const std::size_t size : {0U, 1U, 40U, 46U, 47U, 48U, 49U, 5000U}) {
        INFO(size);
        const auto made = tests::run_program({"age", "--armor", "-r", recipient}, {}, std::string(size, 'x'));
        REQUIRE(made.exit_code == 0);
        REQUIRE(envelope::is_armored(base::view_of(made.output)));
        const auto plain = envelope::without_armor(base::view_of(made.output));
        REQUIRE(plain.has_value());
        const auto opened = envelope::open(*plain, identities, 10'000);
        REQUIRE(opened.has_value());
        CHECK(base::text_of(opened->view()) == std::string(size, 'x'));
    }
}

TEST_CASE("armor has one form but for line ends and white space around it") {
    CHECK(reads(start + full + "\nAAAA\n" + end));
    CHECK(reads(" \r\n\n" + start + full + "\n" + end + "\r\n  \n"));
    CHECK(reads("-----BEGIN AGE ENCRYPTED FILE-----\r\nAA==\r\n-----END AGE ENCRYPTED FILE-----"));
    CHECK(envelope::without_armor(base::view_of(start + "AAEC\n" + end)).value() == base::Bytes{0, 1, 2});
}

TEST_CASE("armor that another text stands for, or that was cut, is refused") {
    for (const std::string& text :
         {std::string(), start, start + full + "\n", "x" + start + full + "\n" + end, start + full + "A\n" + end,
          start + "AAAA\n" + full + "\n" + end, start + "\n" + full + "\n" + end, start + full + "\n\n" + end,
          start + "AAA\n" + end, start + "AB==\n" + end, start + "A A=\n" + end, start + " AAAA\n" + end,
          start + full + "\n" + end + "x", start + start + full + "\n" + end, start + full + " " + end,
          "-----BEGIN AGE ENCRYPTED FILE----- \n" + full + "\n" + end}) {
        INFO(text);
        CHECK_FALSE(reads(text));
    }
    CHECK_FALSE(envelope::is_armored(base::view_of("age-encryption.org/v1\n")));
    CHECK_FALSE(envelope::is_armored({}));
}

}  // namespace pillarbox
