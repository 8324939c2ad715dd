// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/findings.hpp"

#include "desk/workspace/duplicates.hpp"
#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

using workspace::FindingKind;
using workspace::Workspace;

// "person:Dr Example" for each finding.
std::vector<std::string> found_in(const std::string& text, const std::vector<std::string>& own = {}) {
    std::vector<std::string> found;
    for (const workspace::Finding& finding : workspace::findings_in(text, own)) {
        found.push_back(std::string(workspace::name_of(finding.kind)) + ":" +
                        text.substr(finding.start, finding.size));
    }
    return found;
}

using Found = std::vector<std::string>;

TEST_CASE("each kind of passage is found where it stands, and the same letters within other words are not") {
    CHECK(found_in("I saw Dr. Example there") == Found{"person:Dr. Example"});
    CHECK(found_in("Paramedic O'Neil came") == Found{"person:Paramedic O'Neil"});
    CHECK(found_in("the doctor came, the manager left") == Found{});
    CHECK(found_in("my name is zenobia", {"Zenobia", "Li"}) == Found{"person:zenobia"});
    CHECK(found_in("call 020 7946 0000 now") == Found{"phone:020 7946 0000"});
    CHECK(found_in("on 24 January 2023 at 10.30 we had 600 of 1,200") == Found{});
    CHECK(found_in("a.b@example.org, please") == Found{"email:a.b@example.org"});
    CHECK(found_in("@ home") == Found{});
    CHECK(found_in("He was negligent and lied") == Found{"allegation:negligent", "allegation:lied"});
    CHECK(found_in("reliedupon applied") == Found{});
    CHECK(found_in("The inquest is next week") == Found{"court:inquest"});
    CHECK(found_in("thank you for your courtesy") == Found{});
    CHECK(found_in("I want to end my life") == Found{"safeguarding:end my life"});
    CHECK(found_in("") == Found{});
    CHECK(found_in("Dr") == Found{});
    CHECK(found_in("Dr ") == Found{});
}

TEST_CASE("the queue of a kind holds what was found until somebody has looked at it") {
    WorkspaceFixture fixture;
    fixture.add({{"/data/q1/q1_text", "The inquest is next week"}});
    fixture.add({{"/data/q1/q1_text", "Waits are long"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto queue = [&](FindingKind kind) { return workspace::list(opened, {.finding = kind}, 0, 10).value(); };
    REQUIRE(queue(FindingKind::court).total == 1);
    CHECK(queue(FindingKind::phone).total == 0);
    REQUIRE(
        workspace::mark_reviewed(opened, fixture.ada, queue(FindingKind::court).responses[0].id, FindingKind::court)
            .has_value());
    CHECK(queue(FindingKind::court).total == 0);
    REQUIRE(workspace::undo_last(opened, fixture.ada).value().has_value());
    CHECK(queue(FindingKind::court).total == 1);
}

TEST_CASE("the same long answer in several responses is a suspicion, until they are said to be different") {
    WorkspaceFixture fixture;
    const std::string letter = "Please recruit more paramedics from schools and colleges in London.";
    fixture.add({{"/data/q3/q3_text", letter}});
    fixture.add({{"/data/q3/q3_text", "please recruit more PARAMEDICS, from schools and colleges in london"}});
    fixture.add({{"/data/q3/q3_text", "Yes."}});
    fixture.add({{"/data/q3/q3_text", "Yes."}});
    fixture.add({{"/data/q3/q3_text", letter + " And pay them."}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto groups = workspace::suspected_duplicates(opened).value();
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].size() == 2);
    REQUIRE(workspace::mark_different(opened, fixture.ada, groups[0][0]).has_value());
    CHECK(workspace::suspected_duplicates(opened).value().empty());
}

}  // namespace
}  // namespace pillarbox::tests
