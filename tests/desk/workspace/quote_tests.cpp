// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/quotes.hpp"

#include "desk/workspace/snapshot.hpp"
#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

using workspace::Passage;
using workspace::Redaction;
using workspace::Workspace;

const std::string story_path = "/data/q1/q1_text";

Passage passage_in(const std::string& text, const std::string& part, const std::string& path = story_path) {
    const std::size_t start = text.find(part);
    REQUIRE(start != std::string::npos);
    return {path, start, part.size()};
}

workspace::ResponseId only_id(Workspace& opened) {
    const auto listing = workspace::list(opened, {}, 0, 10).value();
    REQUIRE(listing.total == 1);
    return listing.responses[0].id;
}

TEST_CASE("no quote goes beyond its consent, over all combinations") {
    WorkspaceFixture fixture;
    struct Case {
        std::string choice, respondent, under_18, text;
        bool expected = false;  // may be quoted at all
        bool named = false;     // with the name
    };
    std::vector<Case> cases;
    // What holds of each text: {the text, it names its writer, it holds an address or number}.
    const std::vector<std::tuple<std::string, bool, bool>> texts{
        {"Waits at the doors are long.", false, false},
        {"I am Zenobia and waits are long.", true, false},
        {"Write to me at zed@example.org about it.", false, true},
        {"Ring 020 7946 0000 about it.", false, true}};
    for (const char* choice : {"by_name", "without_name", "do_not_quote", "", "nonsense"}) {
        for (const char* respondent : {"myself", "organisation", "helping", ""}) {
            for (const char* under_18 : {"yes", "no", ""}) {
                for (const auto& [text, names, address] : texts) {
                    const std::string chosen = choice;
                    const bool by_name = chosen == "by_name" && std::string(under_18) != "yes";
                    const bool without = chosen == "without_name" || (chosen == "by_name" && !by_name);
                    cases.push_back(
                        {chosen, respondent, under_18, text, !address && (by_name || (without && !names)), by_name});
                }
            }
        }
    }
    std::map<std::string, std::size_t> case_of;  // by a mark in another answer
    for (std::size_t number = 0; number < cases.size(); ++number) {
        const Case& one = cases[number];
        std::vector<form::Answer> answers;
        for (const auto& [path, value] : std::vector<std::pair<std::string, std::string>>{
                 {"/data/answering_as/respondent", one.respondent},
                 {"/data/answering_as/under_18", one.under_18},
                 {story_path, one.text},
                 {"/data/q2/q2_text", "mark" + std::to_string(number) + "x"},
                 {"/data/contact/contact_name", "Zenobia Example"},
                 {"/data/quotation/quote", one.choice}}) {
            if (!value.empty()) {
                answers.push_back({path, value});
            }
        }
        fixture.add(answers);
    }
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    std::size_t picked = 0;
    for (std::size_t number = 0; number < cases.size(); ++number) {
        const Case& one = cases[number];
        const auto found = workspace::list(opened, {.words = "mark" + std::to_string(number) + "x"}, 0, 2).value();
        REQUIRE(found.total == 1);
        const auto id = found.responses[0].id;
        INFO(one.choice << " / " << one.respondent << " / " << one.under_18 << " / " << one.text);
        const auto outcome = workspace::pick_quote(opened, fixture.ada, id, {story_path, 0, one.text.size()});
        CHECK(outcome.has_value() == one.expected);
        // Forced past the check at picking, it is still not told.
        REQUIRE(workspace::make_change(
                    opened, fixture.ada,
                    {workspace::CellKind::quote, id, workspace::key_of({story_path, 0, one.text.size()}), "1"})
                    .has_value());
        picked += one.expected ? 1U : 0U;
        case_of[base::to_hex(workspace::read_response(opened, id)->submission.uuid)] = number;
    }
    const auto told = workspace::Snapshot::take(opened).value().quotes;
    CHECK(told.size() == picked);
    for (const workspace::Quote& quote : told) {
        const Case& one = cases[case_of.at(base::to_hex(quote.uuid))];
        INFO(one.choice << " / " << one.respondent << " / " << one.under_18 << " / " << one.text);
        CHECK(one.expected);
        CHECK((quote.attribution.find("Zenobia") != std::string::npos) == one.named);
        CHECK_FALSE(quote.attribution.empty());
    }
}

TEST_CASE("a quote is told as redacted, also where the redaction came later") {
    WorkspaceFixture fixture;
    const std::string text = "Mr Brown at the door told me to wait. I am Zoë.";
    fixture.add({{story_path, text}, {"/data/quotation/quote", "without_name"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto id = only_id(opened);
    REQUIRE(workspace::pick_quote(opened, fixture.ada, id, passage_in(text, "Mr Brown at the door")).has_value());
    REQUIRE(workspace::redact(opened, fixture.ada, id, {passage_in(text, "Mr Brown"), "names staff"}).has_value());
    CHECK(workspace::quotes(opened).value().at(0).text == "[redacted] at the door");
    REQUIRE(
        workspace::redact(opened, fixture.ada, id, {passage_in(text, "Brown at the"), "names staff"}).has_value());
    CHECK(workspace::quotes(opened).value().at(0).text == "[redacted] door");
    REQUIRE(workspace::undo_last(opened, fixture.ada).value().has_value());
    CHECK(workspace::quotes(opened).value().at(0).text == "[redacted] at the door");
    REQUIRE(workspace::drop_quote(opened, fixture.ada, id, passage_in(text, "Mr Brown at the door")).has_value());
    CHECK(workspace::quotes(opened).value().empty());
}

TEST_CASE("a redaction has a reason, keeps the original, and is in every record that leaves") {
    WorkspaceFixture fixture;
    const std::string text = "Nurse আমিনা helped";
    fixture.add({{story_path, text}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto id = only_id(opened);
    const Passage name = passage_in(text, "আমিনা");
    CHECK_FALSE(workspace::redact(opened, fixture.ada, id, {name, ""}).has_value());
    for (const Passage& wrong :
         {Passage{story_path, name.start + 1, 3}, Passage{story_path, 0, 1000}, Passage{"/data/q9", 0, 1},
          Passage{story_path, 0, 0}, Passage{story_path, 2, static_cast<std::size_t>(-1)}}) {
        CHECK_FALSE(workspace::redact(opened, fixture.ada, id, {wrong, "reason"}).has_value());
    }
    REQUIRE(workspace::redact(opened, fixture.ada, id, {name, "names a nurse"}).has_value());
    CHECK(workspace::read_response(opened, id)->submission.answers.at(0).value == text);
    CHECK(workspace::Snapshot::take(opened)->at(0)->submission.answers.at(0).value == "Nurse [redacted] helped");
    const auto redactions = workspace::redactions_of(opened, id).value();
    REQUIRE(redactions.size() == 1);
    CHECK(redactions[0].passage == name);
    CHECK(redactions[0].reason == "names a nurse");
    CHECK(workspace::audit_trail(opened, id)->at(0).what == "redacts a passage of " + story_path);
    REQUIRE(workspace::take_back_redaction(opened, fixture.ada, id, name).has_value());
    CHECK(workspace::Snapshot::take(opened)->at(0)->submission.answers.at(0).value == text);
}

TEST_CASE("what consent is read from is never redacted, as more might be told then") {
    WorkspaceFixture fixture;
    const std::string text = "I am Zenobia, and waits are long.";
    fixture.add({{story_path, text},
                 {"/data/answering_as/respondent", "organisation"},
                 {"/data/answering_as/organisation_name", "Zenobia Trust"},
                 {"/data/answering_as/under_18", "yes"},
                 {"/data/contact/contact_name", "Zenobia"},
                 {"/data/quotation/quote", "by_name"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto id = only_id(opened);
    for (const auto& [path, size] :
         std::vector<std::pair<std::string, std::size_t>>{{"/data/contact/contact_name", 7},
                                                          {"/data/answering_as/organisation_name", 13},
                                                          {"/data/answering_as/under_18", 3},
                                                          {"/data/answering_as/respondent", 12},
                                                          {"/data/quotation/quote", 7}}) {
        INFO(path);
        const auto refused = workspace::redact(opened, fixture.ada, id, {{path, 0, size}, "reason"});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == base::ErrorCode::conflict);
        // Forced past the check, it does nothing.
        REQUIRE(
            workspace::make_change(opened, fixture.ada,
                                   {workspace::CellKind::redaction, id, workspace::key_of({path, 0, size}), "reason"})
                .has_value());
    }
    const auto record = workspace::Snapshot::take(opened)->at(0).value();
    CHECK(exports::consent_of(record) == exports::Consent::without_name);
    CHECK_FALSE(exports::may_quote(record, text));
}

TEST_CASE("a name or an address is no quote, whatever the consent") {
    WorkspaceFixture fixture;
    fixture.add({{"/data/contact/contact_name", "Zenobia"}, {"/data/quotation/quote", "by_name"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    CHECK_FALSE(workspace::pick_quote(opened, fixture.ada, only_id(opened), {"/data/contact/contact_name", 0, 7})
                    .has_value());
}

TEST_CASE("a snapshot ends at its cut-off and leaves out what was set aside") {
    WorkspaceFixture fixture;
    for (const char* day : {"2023-01-10", "2023-01-24", "2023-01-27"}) {
        fixture.add({{story_path, std::string("on ") + day}}, day);
    }
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto ids = ids_of(workspace::list(opened, {}, 0, 10).value());
    REQUIRE(workspace::set_status(opened, fixture.ada, ids[0], workspace::Status::set_aside).has_value());
    const std::string code = workspace::codebook(opened).value().at(0).name;
    for (const auto id : ids) {
        REQUIRE(workspace::add_tag(opened, fixture.ada, id, code).has_value());
    }
    {
        auto brief = workspace::Snapshot::take(opened, base::parse_day("2023-01-24").value()).value();
        REQUIRE(brief.size() == 1);
        CHECK(brief.at(0)->submission.answers.at(0).value == "on 2023-01-24");
        CHECK(brief.tags.size() == 1);
    }
    CHECK(workspace::Snapshot::take(opened)->size() == 2);
    CHECK(workspace::Snapshot::take(opened)->codes.size() == 5);
}

}  // namespace
}  // namespace pillarbox::tests
