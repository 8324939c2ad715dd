// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes that no writer made: an envelope can be sealed by anybody who has the public key.
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <utility>

#include "core/crypto/padding.hpp"
#include "core/submission/submission.hpp"

using namespace pillarbox;

namespace {

base::Bytes padded(base::ByteView record) {
    base::Bytes bytes(record.begin(), record.end());
    bytes.resize(submission::padded_size(record.size()));
    crypto::pad(bytes, record.size());
    return bytes;
}

}  // namespace

TEST_CASE("random bytes are no submission and never crash its reader") {
    CHECK(rc::check("with and without padding", [](const base::Bytes& bytes) {
        RC_ASSERT_FALSE(submission::decode(bytes).has_value());
        RC_ASSERT_FALSE(submission::decode(padded(bytes)).has_value());
    }));
}

TEST_CASE("a record with bytes changed is refused or is read as exactly what it says") {
    using Changes = std::vector<std::pair<std::uint8_t, std::uint8_t>>;
    const base::Bytes good = base::from_hex(
                                 "87016464656d6f613150101112131415461798191a1b1c1d1e1f6a323032332d30312d"
                                 "3230018362626ef48182672f646174612f716134")
                                 .value();
    REQUIRE(submission::decode(padded(good)).has_value());
    CHECK(rc::check("one encoding for each submission", [&good](const Changes& changes) {
        base::Bytes record = good;
        for (const auto& [position, value] : changes) {
            record[position % record.size()] = value;
        }
        const base::Bytes bytes = padded(record);
        if (const auto read = submission::decode(bytes); read.has_value()) {
            RC_ASSERT(std::ranges::equal(submission::encode(*read).value().view(), bytes));
        }
    }));
}

TEST_CASE("a record that claims depths and lengths without end is refused at once") {
    for (const char* text : {"9bffffffffffffffff", "5bffffffffffffffff", "87017bffffffffffffffff", "8701fb", "9f"}) {
        CAPTURE(text);
        CHECK_FALSE(submission::decode(padded(base::from_hex(text).value())).has_value());
    }
    CHECK_FALSE(submission::decode(padded(base::Bytes(400'000, 0x81))).has_value());
    CHECK_FALSE(submission::decode(padded(base::Bytes(400'000, 0x87))).has_value());
}
