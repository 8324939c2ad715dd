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

constexpr std::size_t cap = std::size_t{6} << 20U;

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

constexpr std::size_t chunk = 65536;
constexpr std::array<std::size_t, 12> sizes = {
    0, 1, 1024, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 1, 204'800, 16 * chunk, 1'048'577, 5U << 20U};

// The number of recipients for a size: every number from 1 to 5 meets several sizes.
std::size_t recipients_for(std::size_t index) {
    return 1 + index % 5;
}

}  // namespace

TEST_CASE("the age tool opens our envelopes with the key of each of 1 to 5 recipients") {
    if (!age_is_here()) {
        return;
    }
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    for (std::size_t index = 0; index < sizes.size(); ++index) {
        const auto identities = tests::identities_of(random, recipients_for(index));
        const base::Bytes plaintext = random_bytes(sizes[index]);
        write(folder / "sealed", envelope::seal(plaintext, tests::recipients_of(identities), random).value());
        for (const auto& identity : identities) {
            CAPTURE(plaintext.size(), identities.size());
            write(folder / "key", identity.format().view());
            const auto outcome = tests::run_program(
                {"age", "--decrypt", "-i", folder / "key", "-o", folder / "opened", folder / "sealed"});
            CAPTURE(outcome.errors);
            REQUIRE(outcome.exit_code == 0);
            // age creates no output file for an empty plaintext before it is written to.
            const bool is_there = std::filesystem::exists(folder / "opened");
            CHECK((is_there ? read(folder / "opened") : base::Bytes{}) == plaintext);
            std::filesystem::remove(folder / "opened");
        }
    }
}

TEST_CASE("we open the age tool's envelopes with the key of each of 1 to 5 recipients") {
    if (!age_is_here()) {
        return;
    }
    const tests::TemporaryFolder folder;
    REQUIRE(tests::run_program({"age-keygen", "-o", folder / "key"}).exit_code == 0);
    auto first = envelope::parse_identity_file(read(folder / "key")).value();
    REQUIRE(first.size() == 1);
    const std::string public_text = envelope::format_recipient(first[0].recipient());
    CHECK(tests::run_program({"age-keygen", "-y", folder / "key"}).output == public_text + "\n");
    crypto::SystemRandom random;
    for (std::size_t index = 0; index < sizes.size(); ++index) {
        auto identities = tests::identities_of(random, recipients_for(index) - 1);
        identities.push_back(envelope::Identity::parse(base::text_of(first[0].format().view())).value());
        std::vector<std::string> command = {"age", "--encrypt", "-o", folder / "sealed"};
        for (const auto& recipient : tests::recipients_of(identities)) {
            command.insert(command.end(), {"-r", envelope::format_recipient(recipient)});
        }
        command.push_back(folder / "plain");
        const base::Bytes plaintext = random_bytes(sizes[index]);
        write(folder / "plain", plaintext);
        const auto outcome = tests::run_program(command);
        CAPTURE(outcome.errors, plaintext.size(), identities.size());
        REQUIRE(outcome.exit_code == 0);
        const base::Bytes sealed = read(folder / "sealed");
        for (auto& identity : identities) {
            std::vector<envelope::Identity> one;
            one.push_back(std::move(identity));
            const auto opened = envelope::open(sealed, one, plaintext.size());
            REQUIRE(opened.has_value());
            CHECK(std::ranges::equal(opened->view(), plaintext));
        }
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
