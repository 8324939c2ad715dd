// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys with ceremony: made, wrapped and tried as an officer does, at a terminal and from a file.
#include <iostream>

#include "core/crypto/fingerprint.hpp"
#include "desk_fixture.hpp"
#include "tests/support/program.hpp"

namespace pillarbox {
namespace {

using tests::DeskFixture;
using tests::Ran;
using tests::text_in;

constexpr const char* passphrase = "amber river owl tulip";

// What was to be seen on the terminal stands in `output`.
tests::Outcome at_terminal(std::vector<std::string> command, const std::vector<std::string>& arguments) {
    command.insert(command.begin(), {"python3", PILLARBOX_SOURCE_DIR "/tests/support/at_terminal.py"});
    command.insert(command.end(), {"--", tests::built_program("pillarbox")});
    command.insert(command.end(), arguments.begin(), arguments.end());
    return tests::run_program(command);
}

std::string drill(const DeskFixture& desk, const std::string& identities) {
    return "key drill " + identities + " --pack campaign.pack --committee-key " + desk.committee_key();
}

}  // namespace

TEST_CASE("a key is wrapped by a passphrase from a file and every command that takes it opens it") {
    DeskFixture desk;
    tests::ExampleExport::put_text(desk.path("pass.txt"), std::string(passphrase) + "\n");
    tests::ExampleExport::put_text(desk.path("wrong.txt"), "another passphrase\n");
    REQUIRE(desk.run("key wrap sealing.key --out wrapped.key --passphrase-file pass.txt").status == 0);
    CHECK(text_in(desk.path("wrapped.key")).starts_with("age-encryption.org/v1\n-> scrypt "));
    const std::string file = " --passphrase-file pass.txt";
    CHECK(desk.run("key show wrapped.key" + file).out == desk.run("key show sealing.key").out);
    const Ran wrong = desk.run("key show wrapped.key --passphrase-file wrong.txt");
    CHECK(wrong.status == 5);
    CHECK(wrong.err.find("not the right passphrase") != std::string::npos);
    CHECK(desk.run("key unwrap wrapped.key --out plain.key" + file).status == 0);
    CHECK(text_in(desk.path("plain.key")) == text_in(desk.path("sealing.key")));

    REQUIRE(desk.run("key wrap signing.key --out wrapped-signing.key" + file).status == 0);
    desk.build_pack();
    CHECK(desk.run("campaign sign unsigned.pack --key wrapped-signing.key --out again.pack" + file).status == 0);
    CHECK(text_in(desk.path("again.pack")) == text_in(desk.path("campaign.pack")));
    CHECK(desk.run(drill(desk, "--identity wrapped.key") + file).status == 0);
}

TEST_CASE("short passphrases are refused and no key is made") {
    const DeskFixture desk;
    tests::ExampleExport::put_text(desk.path("short.txt"), "eleven word\n");
    tests::ExampleExport::put_text(desk.path("empty.txt"), "");
    for (const std::string file : {"short.txt", "empty.txt"}) {
        CHECK(desk.run("key new --sealing new.key --passphrase-file " + file).status == 2);
    }
    CHECK(desk.run("key new --sealing new.key --passphrase-file none.txt").status == 4);
    CHECK(desk.run("key new --sealing new.key --passphrase --words").status == 2);
    CHECK_FALSE(std::filesystem::exists(desk.path("new.key")));
}

TEST_CASE("passphrases are asked for at the terminal and never shown there") {
    const DeskFixture desk;
    if (!tests::is_installed("python3")) {
        std::cout << "SKIPPED: passphrases at a terminal: python3 is not installed\n";
        return;
    }
    const std::string key = desk.path("new.key");
    const std::string other = "amber river owl tulips";
    CHECK(at_terminal({passphrase, other}, {"key", "new", "--sealing", key, "--passphrase"}).exit_code == 2);
    CHECK_FALSE(std::filesystem::exists(key));
    const auto made = at_terminal({passphrase, passphrase}, {"key", "new", "--sealing", key, "--passphrase"});
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
    CHECK(made.output.find(passphrase) == std::string::npos);
    CHECK(made.output.find("age1") != std::string::npos);
    const auto shown = at_terminal({passphrase}, {"key", "show", key});
    CHECK(shown.exit_code == 0);
    CHECK(shown.output.find(passphrase) == std::string::npos);
    CHECK(shown.output.find(made.output.substr(made.output.find("age1"))) != std::string::npos);
}

TEST_CASE("ten words are made up and must be typed back from paper") {
    const DeskFixture desk;
    if (!tests::is_installed("python3")) {
        std::cout << "SKIPPED: words at a terminal: python3 is not installed\n";
        return;
    }
    const std::string key = desk.path("words.key");
    CHECK(at_terminal({"not what stood there"}, {"key", "new", "--sealing", key, "--words"}).exit_code == 2);
    CHECK_FALSE(std::filesystem::exists(key));
    const auto made = at_terminal({"=words"}, {"key", "new", "--sealing", key, "--words"});
    INFO(made.output);
    REQUIRE(made.exit_code == 0);
    const std::size_t start = made.output.find("\n    ") + 5;
    const std::string words = made.output.substr(start, made.output.find('\n', start) - start);
    CHECK(std::ranges::count(words, ' ') == 9);
    CHECK(at_terminal({words}, {"key", "show", key}).exit_code == 0);
}

TEST_CASE("the key words of the committee's public key are six") {
    const DeskFixture desk;
    const Ran shown = desk.run("key words " + desk.committee_key());
    CHECK(shown.status == 0);
    CHECK(shown.out == crypto::key_words_of(desk.committee.verify_key()) + "\n");
    CHECK(desk.run("key words amber").status == 2);
}

TEST_CASE("a drill tells of each recipient whether its key opens what a kiosk seals") {
    const DeskFixture desk;
    const std::string second = desk.run("key new --sealing second.key").out;
    REQUIRE(desk.run("campaign build '" + tests::demo_workbook.string() +
                     "' --recipient \"$('" PILLARBOX_BINARY_DIR "/pillarbox' key show sealing.key)\" --recipient " +
                     second.substr(0, second.size() - 1) + " --version 1 --expires 2023-12-31 --out unsigned.pack")
                .status == 0);
    REQUIRE(desk.run("campaign sign unsigned.pack --key signing.key --out campaign.pack").status == 0);
    const std::string first = envelope::format_recipient(desk.example.identity().recipient());
    const std::string other = second.substr(0, second.size() - 1);

    const Ran one = desk.run(drill(desk, "--identity second.key"));
    CHECK(one.status == 0);
    CHECK(one.out == first + "  not tried: its key is not here\n" + other + "  opened\n");
    const Ran both = desk.run(drill(desk, "--identity sealing.key --identity second.key"));
    CHECK(both.status == 0);
    CHECK(both.out == first + "  opened\n" + other + "  opened\n");

    REQUIRE(desk.run("key new --sealing stranger.key").status == 0);
    const Ran stranger = desk.run(drill(desk, "--identity sealing.key --identity stranger.key"));
    CHECK(stranger.status == 5);
    CHECK(stranger.err.find("stranger.key") != std::string::npos);
    CHECK(stranger.out.empty());
}

}  // namespace pillarbox
