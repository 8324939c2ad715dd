// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/keys/share_file.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/system_random.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox {
namespace {

struct Split {
    crypto::SystemRandom random;
    envelope::Identity identity = envelope::Identity::generate(random);
};

std::vector<keys::KeyShare> parsed(std::initializer_list<std::string> texts) {
    std::vector<keys::KeyShare> shares;
    for (const std::string& text : texts) {
        auto share = keys::parse_share(base::view_of(text), "share");
        REQUIRE(share.has_value());
        shares.push_back(*std::move(share));
    }
    return shares;
}

std::vector<std::string> texts_of(Split& split) {
    auto shares = keys::split_identity(split.identity, {.shares = 3, .need = 2}, split.random);
    REQUIRE(shares.has_value());
    std::vector<std::string> texts;
    for (const auto& share : *shares) {
        texts.emplace_back(base::text_of(keys::format_share(share).view()));
    }
    return texts;
}

base::ErrorCode error_of(std::initializer_list<std::string> texts) {
    const auto joined = keys::join_identity(parsed(texts));
    REQUIRE_FALSE(joined.has_value());
    return joined.error().code;
}

}  // namespace

TEST_CASE("Every pair of share files opens the committee's key and every single one is refused") {
    Split split;
    const auto texts = texts_of(split);
    for (const auto& [first, second] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 2), std::pair(2, 0)}) {
        const auto joined = keys::join_identity(
            parsed({texts[static_cast<std::size_t>(first)], texts[static_cast<std::size_t>(second)]}));
        REQUIRE(joined.has_value());
        CHECK(joined->recipient() == split.identity.recipient());
    }
    CHECK(keys::join_identity(parsed({texts[0], texts[1], texts[2]})).has_value());
    for (const auto& text : texts) {
        CHECK(error_of({text}) == base::ErrorCode::not_found);
    }
}

TEST_CASE("Shares of two splittings, or one of them twice, give no key") {
    Split split;
    const auto first = texts_of(split);
    const auto second = texts_of(split);
    Split other;
    CHECK(error_of({first[0], second[1]}) == base::ErrorCode::conflict);
    CHECK(error_of({first[0], texts_of(other)[1]}) == base::ErrorCode::conflict);
    CHECK(error_of({first[0], first[0]}) == base::ErrorCode::conflict);
}

TEST_CASE("A share with a slip in any letter is refused or still the same share, and the error does not quote it") {
    Split split;
    const std::string text = texts_of(split)[0];
    const auto start = text.find("PILLARBOX-KEY-SHARE-1");
    REQUIRE(start != std::string::npos);
    const auto end = text.find('\n', start);
    const std::string line = text.substr(start, end - start);
    const std::string secret = line.substr(line.rfind(' ', line.rfind(' ') - 1) + 1, 12);
    for (std::size_t at = start; at < end; ++at) {
        std::string damaged = text;
        damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
        const auto share = keys::parse_share(base::view_of(damaged), "share");
        INFO("at letter " << at - start);
        REQUIRE_FALSE(share.has_value());
        CHECK(share.error().describe().find(secret) == std::string::npos);
    }
}

TEST_CASE("Shares are written for their owners alone and never over one another") {
    const tests::TemporaryFolder folder;
    Split split;
    auto shares = keys::split_identity(split.identity, {.shares = 3, .need = 2}, split.random);
    REQUIRE(shares.has_value());
    const auto written = keys::write_shares(folder / "shares", *shares);
    REQUIRE(written.has_value());
    REQUIRE(written->size() == 3);
    for (const auto& path : *written) {
        CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::all) ==
              (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
        CHECK(keys::read_share(path).has_value());
    }
    const auto again = keys::write_shares(folder / "shares", *shares);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == base::ErrorCode::already_exists);
}

}  // namespace pillarbox
