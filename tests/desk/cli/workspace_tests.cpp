// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/submission/submission.hpp"
#include "desk_fixture.hpp"

namespace pillarbox::tests {
namespace {

const std::string access = " --workspace desk --identity sealing.key ";

TEST_CASE("An officer makes a workspace, takes in, searches, reads, and honours a withdrawal") {
    DeskFixture fixture;
    fixture.build_pack();
    auto& kiosk = fixture.example.add_kiosk("Brixton Library");
    batch::Item item = fixture.example.sealed(fixture.answered(
        {{"/data/answering_as/respondent", "myself"}, {"/data/q1/q1_text", "The ambulance waited at the doors"}}));
    const auto code = submission::random_withdrawal_code(fixture.random);
    item.tag = submission::withdrawal_tag(code);
    fixture.example.add_batch(kiosk, {item});
    fixture.example.write();
    REQUIRE(
        fixture.run("workspace init --workspace desk --pack campaign.pack --committee-key " + fixture.committee_key())
            .status == 0);
    CHECK(
        fixture.run("workspace init --workspace desk --pack campaign.pack --committee-key " + fixture.committee_key())
            .status != 0);
    const Ran taken = fixture.run("workspace take-in --export export" + access);
    CHECK(taken.status == 0);
    CHECK(taken.out.find("responses   1 new") != std::string::npos);
    CHECK(fixture.run("workspace take-in --export export" + access).out.find("responses   0 new") !=
          std::string::npos);
    const Ran found = fixture.run("workspace search ambulance doors --respondent myself --until 2023-01-24" + access);
    CHECK(found.status == 0);
    CHECK(found.out.starts_with("1 responses\n"));
    CHECK(found.out.find("waited") == std::string::npos);
    CHECK(fixture.run("workspace search helicopter" + access).out.starts_with("0 responses"));
    CHECK(fixture.run("workspace show 1" + access).out.find("waited at the doors") != std::string::npos);
    CHECK(fixture.run("workspace status" + access).out.find("1 unread") != std::string::npos);
    const std::string as = " --as Ada --today 2023-01-28" + access;
    const std::string wrong = submission::format_withdrawal_code(submission::random_withdrawal_code(fixture.random));
    const std::string too_late = " --as Ada --today 2023-02-11" + access;
    CHECK(fixture.run("withdraw " + submission::format_withdrawal_code(code) + too_late).status == 5);
    CHECK(fixture.run("withdraw --late " + wrong + too_late).status == 0);
    CHECK(fixture.run("workspace search" + access).out.starts_with("1 responses"));
    const Ran nothing = fixture.run("withdraw " + wrong + as);
    const Ran gone = fixture.run("withdraw " + submission::format_withdrawal_code(code) + as);
    CHECK(nothing.status == 0);
    CHECK(gone.status == 0);
    CHECK(nothing.out == gone.out);
    CHECK(fixture.run("workspace search" + access).out.starts_with("0 responses"));
    CHECK(fixture.run("workspace take-in --export export" + access).out.find("withdrawn   1 left out") !=
          std::string::npos);
    CHECK(fixture.run("workspace trail" + access).out.find("2023-01-28  Ada  removes a withdrawn response") !=
          std::string::npos);
}

TEST_CASE("A workspace does not open with another key, nor take in what another call was sealed for") {
    DeskFixture fixture;
    fixture.build_pack();
    REQUIRE(
        fixture.run("workspace init --workspace desk --pack campaign.pack --committee-key " + fixture.committee_key())
            .status == 0);
    REQUIRE(fixture.run("key new --sealing other.key").status == 0);
    CHECK(fixture.run("workspace status --workspace desk --identity other.key").status == 5);
    CHECK(fixture.run("workspace status --workspace nowhere --identity sealing.key").status != 0);
}

}  // namespace
}  // namespace pillarbox::tests
