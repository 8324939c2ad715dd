// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/protocol/problem.hpp"
#include "sync/protocol/routes.hpp"
#include "sync/protocol/seed_file.hpp"
#include "sync/protocol/upload.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

crypto::SigningKey example_key() {
    return crypto::SigningKey::from_seed(base::Bytes(32, 0x42)).value();
}

// Whether docs/formats/protocol.md holds this text: what the document shows is what the code makes.
bool documented(const std::string& text) {
    const auto bytes = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/protocol.md", 1 << 20);
    REQUIRE(bytes.has_value());
    return base::text_of(*bytes).find(text) != std::string_view::npos;
}

}  // namespace

TEST_CASE("A path has one spelling") {
    const batch::LogId log_id = {0x4f, 0x1c};
    const std::string id = "4f1c" + std::string(28, '0');
    CHECK(protocol::head_path(log_id) == "/v1/kiosks/" + id + "/head");
    CHECK(protocol::route_of(protocol::head_path(log_id)).resource == protocol::Resource::head);
    CHECK(protocol::route_of(protocol::head_path(log_id)).log_id == log_id);
    CHECK(protocol::route_of(protocol::batches_path(log_id)).resource == protocol::Resource::batches);
    CHECK(protocol::route_of("/v1/enrol").resource == protocol::Resource::enrol);
    CHECK(protocol::route_of("/healthz").resource == protocol::Resource::health);
    for (const std::string& path :
         {std::string(), std::string("/"), std::string("/v1/enrol/"), std::string("/v1/enrol?x"),
          std::string("/V1/enrol"), "/v1/kiosks/" + id, "/v1/kiosks/" + id + "/head/", "/v1/kiosks/" + id + "/",
          "/v1/kiosks/4F1C" + id.substr(4) + "/head", "/v1/kiosks/" + id + "0/head",
          std::string("/v1/kiosks/%34f1c/head")}) {
        CHECK(protocol::route_of(path).resource == protocol::Resource::unknown);
    }
}

TEST_CASE("An enrolment reads back and its bytes are the documented ones") {
    const protocol::EnrolmentSecret secret = {1, 2, 3};
    const auto bytes = protocol::make_enrolment(secret, {}, example_key());
    const auto read = protocol::parse_enrolment(bytes);
    REQUIRE(read.has_value());
    CHECK(read->secret == secret);
    CHECK(read->device_key == example_key().verify_key());
    CHECK(bytes.size() <= protocol::enrolment_size_bytes_max);
    CHECK(documented(base::to_hex(bytes)));
}

TEST_CASE("A renewal reads back and is vouched for by the old key alone and its bytes are the documented ones") {
    const protocol::EnrolmentSecret secret = {1, 2, 3};
    const auto old_key = *crypto::SigningKey::from_seed(base::Bytes(32, 0x41));
    const auto bytes = protocol::make_renewal(secret, {0x4f, 0x1c}, old_key, example_key());
    const auto read = protocol::parse_enrolment(bytes);
    REQUIRE(read.has_value());
    CHECK(read->secret == secret);
    CHECK(read->device_key == example_key().verify_key());
    CHECK(read->forerunner == batch::LogId{0x4f, 0x1c});
    CHECK(protocol::is_vouched_for(*read, old_key.verify_key()));
    CHECK_FALSE(protocol::is_vouched_for(*read, example_key().verify_key()));
    auto moved = *read;
    moved.forerunner = {};
    CHECK_FALSE(protocol::is_vouched_for(moved, old_key.verify_key()));
    CHECK(bytes.size() <= protocol::enrolment_size_bytes_max);
    CAPTURE(base::to_hex(bytes));
    CHECK(documented(base::to_hex(bytes)));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto changed = bytes;
        changed[at] ^= 1U;
        CHECK_FALSE(protocol::parse_enrolment(changed).has_value());
    }
}

TEST_CASE("An enrolment whose signature is for another secret is refused") {
    auto bytes = protocol::make_enrolment({1}, {}, example_key());
    bytes[3] ^= 0x80U;  // the first byte of the secret
    CHECK(protocol::parse_enrolment(bytes).error().code == ErrorCode::not_authentic);
    CHECK(protocol::parse_enrolment({}).error().code == ErrorCode::malformed);
}

TEST_CASE("An upload of any batches reads back as the same batches") {
    CHECK(rc::check("round trip", [](const std::vector<base::Bytes>& batches) {
        RC_PRE(!batches.empty() && batches.size() <= protocol::upload_batches_max);
        const auto body = protocol::make_upload(batches);
        const auto read = protocol::parse_upload(body, {});
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->size() == batches.size());
        for (std::size_t i = 0; i < batches.size(); ++i) {
            RC_ASSERT(std::ranges::equal((*read)[i], batches[i]));
        }
    }));
}

TEST_CASE("Any bytes as an upload or a problem or an enrolment do no harm") {
    CHECK(rc::check("no crash", [](const base::Bytes& bytes) {
        (void)protocol::parse_upload(bytes, {});
        (void)protocol::parse_problem(bytes);
        RC_ASSERT(!protocol::parse_enrolment(bytes).has_value());
    }));
}

TEST_CASE("An upload without batches or with too many or too large ones is refused") {
    CHECK(protocol::parse_upload({}, {}).error().code == ErrorCode::malformed);
    const std::vector<base::Bytes> many(protocol::upload_batches_max + 1);
    CHECK(protocol::parse_upload(protocol::make_upload(many), {}).error().code == ErrorCode::limit_exceeded);
    const auto large = protocol::make_upload({base::Bytes(101)});
    CHECK(protocol::parse_upload(large, {100, 100}).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("A problem reads back and its bytes are the documented ones") {
    const protocol::Problem problem{protocol::ProblemCode::kiosk_unknown, "No kiosk has this log."};
    const auto bytes = protocol::make_problem(problem);
    const auto read = protocol::parse_problem(bytes);
    REQUIRE(read.has_value());
    CHECK(read->code == problem.code);
    CHECK(read->sentence == problem.sentence);
    CHECK(documented(base::to_hex(bytes)));
    CHECK_FALSE(protocol::parse_problem(base::view_of("<html>")).has_value());
}

TEST_CASE("A problem whose sentence would move the cursor of staff's terminal is none") {
    for (const std::string sentence : {"a\nb", "\x1B[2J", "\x7F", "a\tb"}) {
        const auto bytes = protocol::make_problem({protocol::ProblemCode::kiosk_unknown, sentence});
        CHECK_FALSE(protocol::parse_problem(bytes).has_value());
    }
}

TEST_CASE("A seed file reads back and anything else in its place is damage") {
    const tests::TemporaryFolder folder;
    const auto path = folder / "a.key";
    CHECK(protocol::read_seed_file(path).error().code == ErrorCode::not_found);
    REQUIRE(protocol::write_seed_file(path, example_key()).has_value());
    CHECK(protocol::read_seed_file(path)->verify_key() == example_key().verify_key());
    for (const std::string& text : {std::string(), std::string("\n"), std::string("AAAA\n"), std::string(64, 'A'),
                                    std::string(43, 'A') + "=", std::string(200, 'A') + "\n"}) {
        std::ofstream(path, std::ios::trunc) << text;
        CHECK(protocol::read_seed_file(path).error().code == ErrorCode::damaged);
    }
}
