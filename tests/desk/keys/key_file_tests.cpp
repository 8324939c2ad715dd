// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/keys/key_file.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox {
namespace {

const base::Day day = base::parse_day("2023-01-20").value();

std::string text_of(const std::filesystem::path& path) {
    return std::string(base::text_of(base::read_file(path, 1 << 20).value()));
}

mode_t mode_of(const std::filesystem::path& path) {
    struct stat status{};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

}  // namespace

TEST_CASE("A sealing key file comes back and is owner-only") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto identity = envelope::Identity::generate(random);
    const auto path = folder / "new/parents/sealing.key";
    REQUIRE(keys::write_sealing_key(path, identity, day).has_value());
    CHECK(mode_of(path) == 0600);
    const auto read = keys::read_sealing_key(path);
    REQUIRE(read.has_value());
    REQUIRE(read->size() == 1);
    CHECK(read->front().recipient() == identity.recipient());
    const std::string recipient = envelope::format_recipient(identity.recipient());
    CHECK(keys::public_keys_in(path).value() == std::vector<std::string>{recipient});
    CHECK(text_of(path).find("# created: 2023-01-20\n# public key: " + recipient + "\n") != std::string::npos);
}

TEST_CASE("age-keygen reads the public key out of a sealing key file") {
    if (std::system("command -v age-keygen >/dev/null") != 0) {
        WARN("SKIPPED: age-keygen: not installed");
        return;
    }
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto identity = envelope::Identity::generate(random);
    const auto path = folder / "sealing.key";
    REQUIRE(keys::write_sealing_key(path, identity, day).has_value());
    const auto out = folder / "public.txt";
    REQUIRE(std::system(("age-keygen -y " + path.string() + " > " + out.string()).c_str()) == 0);
    CHECK(text_of(out) == envelope::format_recipient(identity.recipient()) + "\n");
}

TEST_CASE("A sealing key file that age-keygen wrote is read") {
    if (std::system("command -v age-keygen >/dev/null") != 0) {
        WARN("SKIPPED: age-keygen: not installed");
        return;
    }
    const tests::TemporaryFolder folder;
    const auto path = folder / "age.key";
    REQUIRE(std::system(("age-keygen -o " + path.string() + " 2>/dev/null").c_str()) == 0);
    const auto keys = keys::public_keys_in(path);
    REQUIRE(keys.has_value());
    CHECK(text_of(path).find("# public key: " + keys->front()) != std::string::npos);
}

TEST_CASE("A signing key file comes back and is owner-only") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto key = crypto::SigningKey::generate(random);
    const auto path = folder / "signing.key";
    REQUIRE(keys::write_signing_key(path, key, day).has_value());
    CHECK(mode_of(path) == 0600);
    CHECK(keys::read_signing_key(path).value().verify_key() == key.verify_key());
    const std::string shown = keys::public_keys_in(path).value().front();
    CHECK(keys::parse_verify_key(shown, "--committee-key").value() == key.verify_key());
    CHECK(text_of(path).find(base::to_base64(key.seed())) != std::string::npos);
}

TEST_CASE("A key file is never overwritten") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto path = folder / "precious.key";
    std::ofstream(path) << "precious";
    const auto sealing = keys::write_sealing_key(path, envelope::Identity::generate(random), day);
    REQUIRE_FALSE(sealing.has_value());
    CHECK(sealing.error().code == base::ErrorCode::already_exists);
    CHECK_FALSE(keys::write_signing_key(path, crypto::SigningKey::generate(random), day).has_value());
    CHECK(text_of(path) == "precious");
}

TEST_CASE("A dangling link is not written through") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto path = folder / "link.key";
    std::filesystem::create_symlink(folder / "elsewhere", path);
    CHECK_FALSE(keys::write_signing_key(path, crypto::SigningKey::generate(random), day).has_value());
    CHECK_FALSE(std::filesystem::exists(folder / "elsewhere"));
}

TEST_CASE("Damaged key files are refused without quoting them") {
    const tests::TemporaryFolder folder;
    const auto path = folder / "bad.key";
    for (const std::string text :
         {"", "hello", "AGE-SECRET-KEY-1QQQQ", "PILLARBOX-SIGNING-KEY-1 ", "PILLARBOX-SIGNING-KEY-1 c2VjcmV0",
          "PILLARBOX-SIGNING-KEY-1 !!!!", "\xFF\xFE\x00\x01"}) {
        INFO(text);
        std::ofstream(path, std::ios::trunc) << text;
        const auto shown = keys::public_keys_in(path);
        const auto sealing = keys::read_sealing_key(path);
        const auto signing = keys::read_signing_key(path);
        REQUIRE_FALSE(shown.has_value());
        REQUIRE_FALSE(sealing.has_value());
        REQUIRE_FALSE(signing.has_value());
        CHECK(shown.error().code == base::ErrorCode::malformed);
        CHECK(sealing.error().code == base::ErrorCode::malformed);
        CHECK(signing.error().code == base::ErrorCode::malformed);
        CHECK(signing.error().describe().find("c2VjcmV0") == std::string::npos);
    }
    CHECK(keys::read_signing_key(folder / "none.key").error().code == base::ErrorCode::not_found);
}

TEST_CASE("A public key that is not 32 bytes of base64 is a usage error") {
    for (const std::string text : {"", "abc", "AAAA", "not base64!!"}) {
        CHECK(keys::parse_verify_key(text, "--committee-key").error().code == base::ErrorCode::usage);
    }
}

}  // namespace pillarbox
