// SPDX-License-Identifier: GPL-3.0-or-later
//
// Key files wrapped by a passphrase, and the stock age tool on both sides of them. age asks at its terminal and
// nowhere else, so it gets one.
#include <catch2/catch.hpp>
#include <iostream>

#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "desk/keys/key_file.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox {
namespace {

const base::Day day = base::parse_day("2023-01-20").value();
constexpr std::string_view passphrase = "amber river owl tulip";
constexpr unsigned quick = 10;

bool age_and_python_are_here() {
    if (tests::is_installed("age") && tests::is_installed("python3")) {
        return true;
    }
    std::cout << "SKIPPED: wrapped keys and the age tool: age or python3 is not installed\n";
    return false;
}

tests::Outcome at_terminal(const std::vector<std::string>& typed, const std::vector<std::string>& command) {
    std::vector<std::string> all = {"python3", PILLARBOX_SOURCE_DIR "/tests/support/at_terminal.py"};
    all.insert(all.end(), typed.begin(), typed.end());
    all.push_back("--");
    all.insert(all.end(), command.begin(), command.end());
    return tests::run_program(all);
}

std::string text_of(const std::filesystem::path& path) {
    return std::string(base::text_of(base::read_file(path, 1 << 20).value()));
}

keys::AskPassphrase answer(std::string_view text) {
    return [text](const std::filesystem::path&) -> base::Result<crypto::SecretBytes> {
        return crypto::SecretBytes::copy_of(base::view_of(text));
    };
}

}  // namespace

TEST_CASE("a wrapped key of either kind comes back with its passphrase and with nothing else") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const keys::Wrapping wrapping{base::view_of(passphrase), random, quick};
    const auto identity = envelope::Identity::generate(random);
    const auto signing = crypto::SigningKey::generate(random);
    REQUIRE(keys::write_sealing_key(folder / "sealing.key", identity, day, &wrapping).has_value());
    REQUIRE(keys::write_signing_key(folder / "signing.key", signing, day, &wrapping).has_value());
    CHECK(text_of(folder / "sealing.key").find("AGE-SECRET-KEY-") == std::string::npos);
    CHECK(text_of(folder / "signing.key").find("PILLARBOX-SIGNING") == std::string::npos);

    const auto read = keys::read_sealing_key(folder / "sealing.key", answer(passphrase));
    REQUIRE(read.has_value());
    CHECK(read->front().recipient() == identity.recipient());
    CHECK(keys::read_signing_key(folder / "signing.key", answer(passphrase)).value().verify_key() ==
          signing.verify_key());
    CHECK(keys::public_keys_in(folder / "signing.key", answer(passphrase)).value().front() ==
          base::to_base64(signing.verify_key().bytes));

    const auto wrong = keys::read_sealing_key(folder / "sealing.key", answer("another passphrase"));
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().code == base::ErrorCode::not_authentic);
    CHECK(wrong.error().where == (folder / "sealing.key").string());
    CHECK(keys::read_sealing_key(folder / "sealing.key").error().code == base::ErrorCode::usage);
}

TEST_CASE("nobody is asked for the passphrase of a plain key") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    REQUIRE(keys::write_sealing_key(folder / "plain.key", envelope::Identity::generate(random), day).has_value());
    bool was_asked = false;
    const auto read = keys::read_sealing_key(folder / "plain.key",
                                             [&](const std::filesystem::path&) -> base::Result<crypto::SecretBytes> {
                                                 was_asked = true;
                                                 return crypto::SecretBytes();
                                             });
    CHECK(read.has_value());
    CHECK_FALSE(was_asked);
}

TEST_CASE("wrapping and unwrapping give the same file and overwrite nothing") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const keys::Wrapping wrapping{base::view_of(passphrase), random, quick};
    REQUIRE(keys::write_sealing_key(folder / "plain.key", envelope::Identity::generate(random), day).has_value());
    REQUIRE(keys::wrap_key_file(folder / "plain.key", folder / "wrapped.key", wrapping).has_value());
    REQUIRE(keys::unwrap_key_file(folder / "wrapped.key", folder / "again.key", answer(passphrase)).has_value());
    CHECK(text_of(folder / "again.key") == text_of(folder / "plain.key"));

    using base::ErrorCode;
    CHECK(keys::wrap_key_file(folder / "plain.key", folder / "wrapped.key", wrapping).error().code ==
          ErrorCode::already_exists);
    CHECK(keys::wrap_key_file(folder / "wrapped.key", folder / "twice.key", wrapping).error().code ==
          ErrorCode::conflict);
    CHECK(keys::unwrap_key_file(folder / "plain.key", folder / "out.key", answer(passphrase)).error().code ==
          ErrorCode::conflict);
    CHECK(keys::unwrap_key_file(folder / "wrapped.key", folder / "out.key", answer("wrong")).error().code ==
          ErrorCode::not_authentic);
    REQUIRE(base::write_file(folder / "note.txt", base::view_of("no key\n")).has_value());
    CHECK(keys::wrap_key_file(folder / "note.txt", folder / "out.key", wrapping).error().code ==
          ErrorCode::malformed);
    CHECK_FALSE(std::filesystem::exists(folder / "out.key"));
    CHECK_FALSE(std::filesystem::exists(folder / "twice.key"));
}

TEST_CASE("the age tool opens a wrapped key and an envelope with it") {
    if (!age_and_python_are_here()) {
        return;
    }
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const keys::Wrapping wrapping{base::view_of(passphrase), random, quick};
    const auto identity = envelope::Identity::generate(random);
    REQUIRE(keys::write_sealing_key(folder / "sealing.key", identity, day, &wrapping).has_value());
    const auto envelope = envelope::seal(base::view_of("to the committee"), {identity.recipient()}, random).value();
    REQUIRE(base::write_file(folder / "envelope", envelope).has_value());

    const std::vector<std::string> open = {
        "age", "-d", "-i", folder / "sealing.key", "-o", folder / "opened", folder / "envelope"};
    const auto wrong = at_terminal({"another passphrase"}, open);
    CHECK(wrong.exit_code != 0);
    const auto opened = at_terminal({std::string(passphrase)}, open);
    INFO(opened.output);
    REQUIRE(opened.exit_code == 0);
    CHECK(text_of(folder / "opened") == "to the committee");

    const auto key =
        at_terminal({std::string(passphrase)}, {"age", "-d", "-o", folder / "plain.key", folder / "sealing.key"});
    REQUIRE(key.exit_code == 0);
    CHECK(keys::read_sealing_key(folder / "plain.key").value().front().recipient() == identity.recipient());
}

TEST_CASE("a key that the age tool wrapped is a key file") {
    if (!age_and_python_are_here()) {
        return;
    }
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto identity = envelope::Identity::generate(random);
    REQUIRE(keys::write_sealing_key(folder / "plain.key", identity, day).has_value());
    const std::string typed(passphrase);
    for (const bool as_text : {false, true}) {
        INFO(as_text);
        const std::filesystem::path file = folder / (as_text ? "text.key" : "sealing.key");
        std::vector<std::string> command{"age", "-p", "-o", file, folder / "plain.key"};
        if (as_text) {
            command.insert(command.begin() + 1, "--armor");
        }
        const auto made = at_terminal({typed, typed}, command);
        INFO(made.output);
        REQUIRE(made.exit_code == 0);
        CHECK(text_of(file).starts_with("-----BEGIN AGE ENCRYPTED FILE-----") == as_text);
        const auto read = keys::read_sealing_key(file, answer(passphrase));
        REQUIRE(read.has_value());
        CHECK(read->front().recipient() == identity.recipient());
        CHECK_FALSE(keys::read_sealing_key(file, answer("another passphrase")).has_value());
    }
}

}  // namespace pillarbox
