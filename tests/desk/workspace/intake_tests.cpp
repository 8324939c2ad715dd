// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "desk/workspace/withdrawal.hpp"
#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;
using workspace::Workspace;

constexpr std::string_view canary = "CANARY-waited-for-three-hours";

TEST_CASE("a workspace opens with a committee's identity and with no other") {
    WorkspaceFixture fixture;
    const Workspace opened = fixture.open();
    CHECK(opened.campaign().id == "las-strategy-2023-28");
    std::vector<envelope::Identity> others;
    others.push_back(envelope::Identity::generate(fixture.random));
    const auto refused = Workspace::open(fixture.folder, others);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::not_authentic);
    struct stat status{};
    REQUIRE(::stat(fixture.folder.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
}

TEST_CASE("a workspace is not made over something, nor for a pack that another key signed") {
    WorkspaceFixture fixture;
    const auto over = Workspace::create(fixture.folder, fixture.pack, fixture.committee.verify_key(), fixture.random);
    REQUIRE_FALSE(over.has_value());
    CHECK(over.error().code == ErrorCode::already_exists);
    const auto other_key = crypto::SigningKey::generate(fixture.random).verify_key();
    const auto foreign = Workspace::create(fixture.temporary / "other", fixture.pack, other_key, fixture.random);
    REQUIRE_FALSE(foreign.has_value());
    CHECK(foreign.error().code == ErrorCode::not_authentic);
    CHECK_FALSE(std::filesystem::exists(fixture.temporary / "other"));
}

TEST_CASE("every response is taken in once, whatever comes twice, is a test or is damaged") {
    WorkspaceFixture fixture;
    for (int number = 0; number < 30; ++number) {
        fixture.add({{"/data/q1/q1_text", "story " + std::to_string(number)}});
    }
    auto submission = fixture.example.submission_of({{"/data/q1/q1_text", "sealed twice"}});
    fixture.example.add_batch(*fixture.kiosk,
                              {fixture.example.sealed(submission), fixture.example.sealed(submission)});
    auto other = submission;
    other.answers[0].value = "another story under this uuid";
    auto test = fixture.example.submission_of({{"/data/q1/q1_text", "start of day"}});
    test.kind = submission::Kind::test;
    const base::Bytes nonsense(300, 7);
    fixture.example.add_batch(*fixture.kiosk, {fixture.example.sealed(other), fixture.example.sealed(test),
                                               fixture.example.sealed_bytes(nonsense)});
    Workspace opened = fixture.open();
    const auto taken = fixture.take_in(opened);
    CHECK(taken.envelopes == 35);
    CHECK(taken.responses == 31);
    CHECK(taken.duplicates == 2);
    CHECK(taken.contradictions == 1);
    CHECK(taken.tests == 1);
    CHECK(taken.lost == 1);
    CHECK(workspace::lost_envelopes(opened).value().size() == 1);
    const auto again = fixture.take_in(opened);
    CHECK(again.responses == 0);
    CHECK(again.known == 34);
    CHECK(workspace::totals(opened).value().responses == 31);
    const auto listing = workspace::list(opened, {}, 0, 100).value();
    CHECK(listing.total == 31);
    const auto twice = workspace::list(opened, {.words = "\"sealed twice\""}, 0, 10).value();
    REQUIRE(twice.total == 1);
    const auto record = workspace::read_response(opened, twice.responses[0].id).value();
    CHECK(record.submission.answers.at(0).value == "sealed twice");
    CHECK(record.station == "Brixton Library");
}

TEST_CASE(
    "an envelope that comes twice in one export is known the second time, and its second tag withdraws it too") {
    WorkspaceFixture fixture;
    auto item = fixture.example.sealed(fixture.example.submission_of({{"/data/q1/q1_text", "once"}}));
    auto test = fixture.example.submission_of({{"/data/q1/q1_text", "start of day"}});
    test.kind = submission::Kind::test;
    const batch::Item test_item = fixture.example.sealed(test);
    fixture.example.add_batch(*fixture.kiosk, {item, test_item});
    const auto code = submission::random_withdrawal_code(fixture.random);
    item.tag = submission::withdrawal_tag(code);
    fixture.example.add_batch(*fixture.kiosk, {item, test_item});
    Workspace opened = fixture.open();
    const auto taken = fixture.take_in(opened);
    CHECK(taken.envelopes == 4);
    CHECK(taken.known == 2);
    CHECK(taken.responses == 1);
    CHECK(taken.tests == 1);
    CHECK(taken.duplicates == 0);
    REQUIRE(workspace::withdraw(opened, fixture.ada, submission::format_withdrawal_code(code)).has_value());
    CHECK(workspace::totals(opened).value().responses == 0);
}

TEST_CASE("no file of a workspace holds an answer in the open") {
    WorkspaceFixture fixture;
    for (int number = 0; number < 50; ++number) {
        fixture.add({{"/data/q1/q1_text", std::string(canary) + std::to_string(number)}});
    }
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    REQUIRE(workspace::list(opened, {.words = "waited"}, 0, 10).value().total == 50);
    REQUIRE(workspace::add_note(opened, fixture.ada, 1, canary).has_value());
    CHECK_FALSE(fixture.any_file_holds("CANARY"));
    CHECK_FALSE(fixture.any_file_holds("waited"));
    CHECK(fixture.decrypted().find(canary) != std::string::npos);  // the control: it is there, under the key
}

TEST_CASE("taking in goes on after kill -9 at any moment, and nothing is there twice") {
    WorkspaceFixture fixture;
    std::vector<batch::Item> items;
    for (int number = 0; number < 6'000; ++number) {
        items.push_back(fixture.example.sealed(
            fixture.example.submission_of({{"/data/q1/q1_text", std::string(canary) + std::to_string(number)}})));
        if (items.size() == 1'000) {
            fixture.example.add_batch(*fixture.kiosk, items);
            items.clear();
        }
    }
    fixture.example.write();
    int kills = 0;
    for (const int delay_ms : {5, 60, 150, 300, 450}) {
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            Workspace opened = fixture.open();
            const auto report =
                opening::check_export(opening::read_export(fixture.example.folder()).value(), std::nullopt);
            opening::Progress progress("", 0, opening::ProgressStyle::silent, fixture.clock);
            const auto taken =
                workspace::take_in(opened, report, identities_of(fixture.example), 2, fixture.ada.day, progress);
            ::_exit(taken.has_value() ? 0 : 1);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        kills += WIFSIGNALED(status) ? 1 : 0;
        CHECK_FALSE(fixture.any_file_holds("CANARY"));
    }
    CHECK(kills > 0);
    Workspace opened = fixture.open();
    const auto before = workspace::totals(opened).value().responses;
    const auto taken = fixture.take_in(opened);
    CHECK(taken.known == before);
    CHECK(taken.responses + before == 6'000);
    CHECK(workspace::totals(opened).value().responses == 6'000);
    CHECK(opened.database().check_integrity().has_value());
}

}  // namespace
}  // namespace pillarbox::tests
