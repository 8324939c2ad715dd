// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <iostream>

#include "core/batch/batch.hpp"
#include "core/sqlite/connection.hpp"
#include "kiosk/app/kept_station.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using app::KeptStation;
using base::ErrorCode;

namespace {

constexpr std::string_view canary = "the ambulance came after ninety minutes";

submission::Submission example_submission() {
    submission::Submission submission;
    submission.campaign_id = "las-strategy-2023-28";
    submission.form_version = "1";
    submission.day = tests::demo_day;
    submission.language = "en";
    submission.answers = {{"/data/q1/q1_text", std::string(canary)}, {"/data/quotation/quote", "do_not_quote"}};
    return submission;
}

// Keeps one response at a fresh station, and takes its envelope out of the outbox again.
base::Bytes envelope_of_a_kept_response(const tests::DemoStation& demo, const app::Ticket& ticket) {
    crypto::SystemRandom random;
    auto station = KeptStation::open(demo.folder, tests::demo_day, random).value();
    REQUIRE(station.keep(example_submission(), ticket).has_value());
    CHECK(station.counts().value().waiting == 1);
    const auto device_key = crypto::SigningKey::generate(random);
    auto outbox = outbox::Outbox::open(station::outbox_path(demo.folder), random).value();
    REQUIRE(outbox.start_log(batch::log_id_of(device_key.verify_key(), {})).has_value());
    const auto bytes = outbox.draw_batch("las-strategy-2023-28", {}, device_key, {}).value();
    REQUIRE(bytes.has_value());
    const auto parcel = batch::parse_batch(*bytes, {}).value();
    REQUIRE(parcel.items.size() == 1);
    CHECK(parcel.items[0].tag == submission::withdrawal_tag(ticket.code));
    return parcel.items[0].envelope;
}

}  // namespace

TEST_CASE("a kept response opens with the committee's key and no other") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    crypto::SystemRandom random;
    const app::Ticket ticket{.uuid = submission::random_uuid(random),
                             .code = submission::random_withdrawal_code(random)};
    const auto envelope = envelope_of_a_kept_response(demo, ticket);

    std::vector<envelope::Identity> committee;
    committee.push_back(envelope::Identity::parse(base::text_of(demo.committee_identity.format().view())).value());
    const auto plaintext = envelope::open(envelope, committee, submission::size_bytes_max).value();
    const auto opened = submission::decode(plaintext.view()).value();
    CHECK(opened.uuid == ticket.uuid);
    REQUIRE(opened.answers.size() == 2);
    CHECK(opened.answers[0].value == canary);

    std::vector<envelope::Identity> stranger;
    stranger.push_back(envelope::Identity::generate(random));
    CHECK(envelope::open(envelope, stranger, submission::size_bytes_max).error().code == ErrorCode::not_authentic);
}

TEST_CASE("the stock age tool opens an envelope out of the outbox") {
    if (!tests::is_installed("age")) {
        std::cout << "SKIPPED: the stock age tool: age is not installed\n";
        return;
    }
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    crypto::SystemRandom random;
    const app::Ticket ticket{.uuid = submission::random_uuid(random),
                             .code = submission::random_withdrawal_code(random)};
    const auto envelope = envelope_of_a_kept_response(demo, ticket);
    REQUIRE(base::write_file(folder / "one.age", envelope).has_value());
    REQUIRE(base::write_file(folder / "key", demo.committee_identity.format().view(), base::FileMode::owner_only)
                .has_value());

    const auto opened = tests::run_program({"age", "-d", "-i", folder / "key", folder / "one.age"});
    REQUIRE(opened.exit_code == 0);
    const auto submission = submission::decode(base::view_of(opened.output)).value();
    CHECK(submission.answers[0].value == canary);
}

TEST_CASE("an outbox that fails and is put back keeps the next response without a restart") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    const auto path = station::outbox_path(demo.folder);
    crypto::SystemRandom random;
    static_cast<void>(KeptStation::open(demo.folder, tests::demo_day, random).value());
    std::filesystem::copy_file(path, folder / "copy.db");
    auto station = KeptStation::open(demo.folder, tests::demo_day, random).value();
    const auto ticket = station.draw_ticket();
    {
        auto other = sqlite::Connection::open(path, sqlite::OpenMode::read_write).value();
        REQUIRE(other.run("ALTER TABLE slot RENAME TO gone").has_value());
    }
    CHECK_FALSE(station.keep(example_submission(), ticket).has_value());
    std::filesystem::remove(path);
    std::filesystem::copy_file(folder / "copy.db", path);
    REQUIRE(station.keep(example_submission(), ticket).has_value());
    CHECK(station.counts().value().waiting == 1);
}

TEST_CASE("a station that is not in order is refused with what to do") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    crypto::SystemRandom random;
    const auto error_of = [&](base::Day today) { return KeptStation::open(demo.folder, today, random).error(); };

    SECTION("no folder") {
        const auto error = KeptStation::open(folder / "none", tests::demo_day, random).error();
        CHECK(error.code == ErrorCode::not_found);
        CHECK_FALSE(error.remedy.empty());
    }
    SECTION("a pack of another committee") {
        const auto other = tests::make_demo_station(folder / "other");
        std::filesystem::copy_file(station::pack_path(other.folder), station::pack_path(demo.folder),
                                   std::filesystem::copy_options::overwrite_existing);
        CHECK(error_of(tests::demo_day).code == ErrorCode::not_authentic);
    }
    SECTION("an expired pack") {
        CHECK(error_of(base::parse_day("2024-01-01").value()).code == ErrorCode::expired);
    }
    SECTION("a pack older than one seen before") {
        auto station = station::read_station(demo.folder).value();
        station.pack_version_min = 2;
        REQUIRE(station::write_station(demo.folder, station).has_value());
        CHECK(error_of(tests::demo_day).code == ErrorCode::outdated);
    }
    SECTION("damaged settings") {
        REQUIRE(base::write_file(demo.folder / "station.json", base::view_of("{")).has_value());
        CHECK(error_of(tests::demo_day).code == ErrorCode::malformed);
    }
    SECTION("an outbox that is no database") {
        REQUIRE(base::write_file(station::outbox_path(demo.folder), base::Bytes(8192, 0x41)).has_value());
        CHECK(error_of(tests::demo_day).code == ErrorCode::damaged);
    }
}
