// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/withdrawal.hpp"

#include <random>

#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

using workspace::Workspace;

// A word that stands in one response only, the same in every run.
std::string word_of(int number) {
    std::mt19937 dice(static_cast<std::uint32_t>(number) + 20230120U);
    std::string word;
    for (int letter = 0; letter < 16; ++letter) {
        word += static_cast<char>('a' + dice() % 26);
    }
    return word;
}

// The index keeps words in pieces: what they have in common with the word before, and the rest.
bool holds_any_piece(const std::string& bytes, const std::string& word) {
    constexpr std::size_t piece = 8;
    for (std::size_t start = 0; start + piece <= word.size(); start += piece / 2) {
        if (bytes.find(word.substr(start, piece)) != std::string::npos) {
            return true;
        }
    }
    return false;
}

TEST_CASE("no byte of a withdrawn response is left in the decrypted database, whatever was done with it") {
    WorkspaceFixture fixture;
    std::vector<submission::WithdrawalCode> codes;
    constexpr int count = 300;
    for (int number = 0; number < count; ++number) {
        codes.push_back(fixture.add({{"/data/answering_as/respondent", "myself"},
                                     {"/data/q1/q1_text", "It was " + word_of(number) + " " +
                                                              std::string(static_cast<std::size_t>(number) * 9, 'w')},
                                     {"/data/contact/contact_name", "Name" + word_of(number)}}));
    }
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto& editor = fixture.ada;
    for (int number = 0; number < count; number += 3) {
        const auto found = workspace::list(opened, {.words = word_of(number)}, 0, 2).value();
        REQUIRE(found.total == 1);
        const auto id = found.responses[0].id;
        REQUIRE(workspace::add_note(opened, editor, id, "note on " + word_of(number)).has_value());
        REQUIRE(workspace::make_change(
                    opened, editor,
                    {workspace::CellKind::redaction, id, "/data/q1/q1_text\n0\n3", "because " + word_of(number)})
                    .has_value());
        REQUIRE(workspace::undo_last(opened, editor).has_value());
    }
    REQUIRE(fixture.decrypted().find(word_of(3)) != std::string::npos);
    for (const int number : {0, 3, 9, 100, 150, 299}) {
        REQUIRE(workspace::withdraw(opened, fixture.ben,
                                    submission::format_withdrawal_code(codes[static_cast<std::size_t>(number)]))
                    .has_value());
    }
    const std::string left = fixture.decrypted();
    for (int number = 0; number < count; ++number) {
        const bool withdrawn =
            number == 0 || number == 3 || number == 9 || number == 100 || number == 150 || number == 299;
        INFO(number);
        CHECK(holds_any_piece(left, word_of(number)) != withdrawn);
        const auto& code = codes[static_cast<std::size_t>(number)];
        const crypto::Digest tag = submission::withdrawal_tag(code);
        CHECK((left.find(base::text_of(tag)) == std::string::npos) == withdrawn);
        CHECK(workspace::list(opened, {.words = word_of(number)}, 0, 2).value().total == (withdrawn ? 0U : 1U));
    }
    CHECK(workspace::totals(opened).value().responses == count - 6);
    // No later export brings it back.
    const auto again = fixture.take_in(opened);
    CHECK(again.withdrawn == 6);
    CHECK(again.responses == 0);
    CHECK(opened.database().check_integrity().has_value());
}

TEST_CASE("one code takes out a response that came in several envelopes, and none of them brings it back") {
    WorkspaceFixture fixture;
    const auto submission = fixture.example.submission_of({{"/data/q1/q1_text", "told twice"}});
    std::vector<submission::WithdrawalCode> codes;
    const auto add_envelope = [&] {
        batch::Item item = fixture.example.sealed(submission);
        codes.push_back(submission::random_withdrawal_code(fixture.random));
        item.tag = submission::withdrawal_tag(codes.back());
        fixture.example.add_batch(*fixture.kiosk, {item});
    };
    add_envelope();
    add_envelope();
    Workspace opened = fixture.open();
    CHECK(fixture.take_in(opened).duplicates == 1);
    // By the code of the one that was counted as a duplicate.
    REQUIRE(workspace::withdraw(opened, fixture.ada, submission::format_withdrawal_code(codes[1])).has_value());
    CHECK(workspace::totals(opened)->responses == 0);
    add_envelope();
    const auto again = fixture.take_in(opened);
    CHECK(again.responses == 0);
    CHECK(again.withdrawn == 3);
    CHECK(fixture.decrypted().find("told twice") == std::string::npos);
}

TEST_CASE("what was withdrawn at the store is taken out when its export is taken in") {
    WorkspaceFixture fixture;
    const auto code = fixture.add({{"/data/q1/q1_text", "goes at the store"}});
    fixture.add({{"/data/q1/q1_text", "stays"}});
    Workspace opened = fixture.open();
    CHECK(fixture.take_in(opened).responses == 2);
    const std::vector tags{submission::withdrawal_tag(code)};
    for (base::Bytes& bytes : fixture.kiosk->batches) {
        batch::Batch batch = batch::parse_batch(bytes, batch::Limits{}).value();
        if (batch::withdraw_items(batch, tags) > 0) {
            bytes = batch::encode_batch(batch);
        }
    }
    for (int time = 0; time < 2; ++time) {
        const auto taken = fixture.take_in(opened);
        CHECK(taken.withdrawn == 1);
        CHECK(taken.responses == 0);
        CHECK(workspace::totals(opened)->responses == 1);
    }
    CHECK(fixture.decrypted().find("goes at the store") == std::string::npos);
    CHECK(fixture.decrypted().find("stays") != std::string::npos);
    CHECK(workspace::audit_trail(opened)->size() == 1);
    CHECK(workspace::audit_trail(opened)->at(0).who == "The store");
}

TEST_CASE("after the last day to withdraw every code is refused, until an officer says that it is honoured") {
    WorkspaceFixture fixture;
    const auto code = submission::format_withdrawal_code(fixture.add({{"/data/q1/q1_text", "story"}}));
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const workspace::Editor next_day{"Ada", opened.campaign().withdraw_until + std::chrono::days(1)};
    const auto wrong = submission::format_withdrawal_code(submission::random_withdrawal_code(fixture.random));
    const auto refused = workspace::withdraw(opened, next_day, code);
    const auto refused_wrong = workspace::withdraw(opened, next_day, wrong);
    REQUIRE_FALSE(refused.has_value());
    REQUIRE_FALSE(refused_wrong.has_value());
    CHECK(refused.error().code == base::ErrorCode::expired);
    CHECK(refused.error().describe() == refused_wrong.error().describe());
    CHECK(workspace::totals(opened).value().responses == 1);
    CHECK(workspace::audit_trail(opened)->empty());
    CHECK(workspace::withdraw(opened, next_day, code, workspace::Late::honour).has_value());
    CHECK(workspace::totals(opened).value().responses == 0);
}

TEST_CASE("a code is honoured on the last day to withdraw itself") {
    WorkspaceFixture fixture;
    const auto code = submission::format_withdrawal_code(fixture.add({{"/data/q1/q1_text", "story"}}));
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    REQUIRE(workspace::withdraw(opened, {"Ada", opened.campaign().withdraw_until}, code).has_value());
    CHECK(workspace::totals(opened).value().responses == 0);
}

TEST_CASE("a wrong code, one that was used and a right one have the same answer") {
    WorkspaceFixture fixture;
    const auto code = submission::format_withdrawal_code(fixture.add({{"/data/q1/q1_text", "story"}}));
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto wrong = submission::format_withdrawal_code(submission::random_withdrawal_code(fixture.random));
    CHECK(workspace::withdraw(opened, fixture.ada, wrong).has_value());
    CHECK(workspace::totals(opened).value().responses == 1);
    CHECK(workspace::withdraw(opened, fixture.ada, code).has_value());
    CHECK(workspace::withdraw(opened, fixture.ada, code).has_value());
    CHECK(workspace::totals(opened).value().responses == 0);
    const auto none = workspace::withdraw(opened, fixture.ada, "no code");
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == base::ErrorCode::malformed);
}

}  // namespace
}  // namespace pillarbox::tests
