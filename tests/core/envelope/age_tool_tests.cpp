// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stock age tool opens what we seal, and we open what it seals.
#include <catch2/catch.hpp>
#include <iostream>

#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "tests/core/envelope/test_keys.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;

namespace {

constexpr std::size_t cap = std::size_t{1} << 20U;

bool age_is_here() {
    if (tests::is_installed("age") && tests::is_installed("age-keygen")) {
        return true;
    }
    std::cout << "SKIPPED: cross-check with the age tool: age is not installed\n";
    return false;
}

base::Bytes read(const std::filesystem::path& path) {
    return base::read_file(path, cap).value();
}

void write(const std::filesystem::path& path, base::ByteView bytes) {
    REQUIRE(base::write_file(path, bytes).has_value());
}

base::Bytes random_bytes(std::size_t size) {
    base::Bytes bytes(size);
    crypto::SystemRandom().fill(bytes);
    return bytes;
}

constexpr std::array<std::size_t, 6> sizes = {0, 1, 65535, 65536, 65537, 204800};

}  // namespace

TEST_CASE("the age tool opens our envelopes with our keys") {
    if (!age_is_here()) {
        return;
    }
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto identities = tests::identities_of(random, 3);
    write(folder / "key", identities[1].format().view());
    for (const std::size_t size : sizes) {
        CAPTURE(size);
        const base::Bytes plaintext = random_bytes(size);
        write(folder / "sealed", envelope::seal(plaintext, tests::recipients_of(identities), random).value());
        const auto outcome = tests::run_program(
            {"age", "--decrypt", "-i", folder / "key", "-o", folder / "opened", folder / "sealed"});
        CAPTURE(outcome.errors);
        REQUIRE(outcome.exit_code == 0);
        // age creates no output file for an empty plaintext before it is written to.
        CHECK((std::filesystem::exists(folder / "opened") ? read(folder / "opened") : base::Bytes{}) == plaintext);
        std::filesystem::remove(folder / "opened");
    }
}

TEST_CASE("we open the age tool's envelopes with its keys") {
    if (!age_is_here()) {
        return;
    }
    const tests::TemporaryFolder folder;
    REQUIRE(tests::run_program({"age-keygen", "-o", folder / "key"}).exit_code == 0);
    const auto identities = envelope::parse_identity_file(read(folder / "key")).value();
    REQUIRE(identities.size() == 1);
    const std::string recipient = envelope::format_recipient(identities[0].recipient());
    CHECK(tests::run_program({"age-keygen", "-y", folder / "key"}).output == recipient + "\n");
    crypto::SystemRandom random;
    const std::string other = envelope::format_recipient(envelope::Identity::generate(random).recipient());
    for (const std::size_t size : sizes) {
        CAPTURE(size);
        const base::Bytes plaintext = random_bytes(size);
        write(folder / "plain", plaintext);
        const auto outcome = tests::run_program(
            {"age", "--encrypt", "-r", other, "-r", recipient, "-o", folder / "sealed", folder / "plain"});
        CAPTURE(outcome.errors);
        REQUIRE(outcome.exit_code == 0);
        const auto opened = envelope::open(read(folder / "sealed"), identities, size);
        REQUIRE(opened.has_value());
        CHECK(std::ranges::equal(opened->view(), plaintext));
    }
}

TEST_CASE("the age tool refuses what we refuse") {
    if (!age_is_here()) {
        return;
    }
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto identities = tests::identities_of(random, 1);
    write(folder / "key", identities[0].format().view());
    const base::Bytes sealed = envelope::seal(random_bytes(100), tests::recipients_of(identities), random).value();
    for (const std::size_t position : {std::size_t{3}, std::size_t{40}, sealed.size() - 120, sealed.size() - 1}) {
        base::Bytes altered = sealed;
        altered[position] ^= 1U;
        write(folder / "sealed", altered);
        CHECK(tests::run_program({"age", "--decrypt", "-i", folder / "key", folder / "sealed"}).exit_code != 0);
        CHECK_FALSE(envelope::open(altered, identities, cap).has_value());
    }
}
