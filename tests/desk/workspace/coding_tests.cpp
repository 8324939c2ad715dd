// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "desk/workspace/events.hpp"
#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;
using workspace::Agreement;
using workspace::Status;
using workspace::Workspace;

struct Coded : WorkspaceFixture {
    explicit Coded(int responses = 4) {
        for (int number = 0; number < responses; ++number) {
            add({{"/data/q1/q1_text", "story " + std::to_string(number)}});
        }
        take_in(opened);
        ids = ids_of(workspace::list(opened, {}, 0, 1'000).value());
    }
    Workspace opened = open();
    std::vector<workspace::ResponseId> ids;
};

TEST_CASE("the codebook starts with the campaign's five themes and takes more") {
    Coded fixture;
    CHECK(workspace::codebook(fixture.opened).value().size() == 5);
    REQUIRE(workspace::set_code(fixture.opened, fixture.ada, {"handover", "Waits at hospital doors"}).has_value());
    CHECK(workspace::codebook(fixture.opened).value().size() == 6);
    CHECK_FALSE(workspace::set_code(fixture.opened, fixture.ada, {"Hand over", "x"}).has_value());
    REQUIRE(workspace::add_tag(fixture.opened, fixture.ada, fixture.ids[0], "handover").has_value());
    const auto used = workspace::remove_code(fixture.opened, fixture.ada, "handover");
    REQUIRE_FALSE(used.has_value());
    CHECK(used.error().code == ErrorCode::conflict);
    const auto unknown = workspace::add_tag(fixture.opened, fixture.ada, fixture.ids[0], "unknown");
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == ErrorCode::not_found);
}

TEST_CASE("tags, notes and statuses hold after the workspace was closed, and belong to who made them") {
    std::string code;
    Coded fixture;
    code = workspace::codebook(fixture.opened).value().at(0).name;
    REQUIRE(workspace::add_tag(fixture.opened, fixture.ada, fixture.ids[0], code).has_value());
    REQUIRE(workspace::add_tag(fixture.opened, fixture.ben, fixture.ids[0], code).has_value());
    REQUIRE(workspace::add_note(fixture.opened, fixture.ada, fixture.ids[0], "ask LAS about this").has_value());
    REQUIRE(workspace::set_status(fixture.opened, fixture.ada, fixture.ids[0], Status::attention).has_value());
    Workspace again = fixture.open();
    CHECK(workspace::tags_of(again, fixture.ids[0]).value().size() == 2);
    CHECK(workspace::notes_of(again, fixture.ids[0]).value().at(0).text == "ask LAS about this");
    CHECK(workspace::status_of(again, fixture.ids[0]).value() == Status::attention);
    REQUIRE(workspace::remove_tag(again, fixture.ben, fixture.ids[0], code).has_value());
    const auto tags = workspace::tags_of(fixture.opened, fixture.ids[0]).value();
    REQUIRE(tags.size() == 1);
    CHECK(tags[0].coder == "Ada");
}

TEST_CASE("every change can be undone, the undoing too, and later changes first") {
    Coded fixture;
    const auto id = fixture.ids[0];
    const auto first = workspace::make_change(fixture.opened, fixture.ada,
                                              {workspace::CellKind::status, id, {}, std::string("read")});
    const auto second = workspace::make_change(fixture.opened, fixture.ada,
                                               {workspace::CellKind::status, id, {}, std::string("done")});
    const auto early = workspace::undo(fixture.opened, fixture.ada, **first);
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().code == ErrorCode::conflict);
    const auto undone = workspace::undo(fixture.opened, fixture.ben, **second);
    REQUIRE(undone.has_value());
    CHECK(workspace::status_of(fixture.opened, id).value() == Status::read);
    REQUIRE(workspace::undo(fixture.opened, fixture.ben, *undone).has_value());
    CHECK(workspace::status_of(fixture.opened, id).value() == Status::done);
    const auto same = workspace::make_change(fixture.opened, fixture.ada,
                                             {workspace::CellKind::status, id, {}, std::string("done")});
    CHECK_FALSE(same->has_value());
}

TEST_CASE("undoing everything in turn gives the workspace back as it was taken in") {
    Coded fixture;
    const auto id = fixture.ids[0];
    const std::string code = workspace::codebook(fixture.opened).value().at(1).name;
    REQUIRE(workspace::set_code(fixture.opened, fixture.ada, {"mine", "My code"}).has_value());
    REQUIRE(workspace::add_tag(fixture.opened, fixture.ada, id, code).has_value());
    REQUIRE(workspace::add_note(fixture.opened, fixture.ada, id, "note").has_value());
    REQUIRE(workspace::set_status(fixture.opened, fixture.ada, id, Status::done).has_value());
    REQUIRE(workspace::remove_tag(fixture.opened, fixture.ada, id, code).has_value());
    int undone = 0;
    while (workspace::undo_last(fixture.opened, fixture.ada).value().has_value()) {
        ++undone;
    }
    CHECK(undone == 5);
    CHECK(workspace::codebook(fixture.opened).value().size() == 5);
    CHECK(workspace::tags_of(fixture.opened, id).value().empty());
    CHECK(workspace::notes_of(fixture.opened, id).value().empty());
    CHECK(workspace::status_of(fixture.opened, id).value() == Status::unread);
    CHECK(workspace::audit_trail(fixture.opened).value().size() == 10);
}

TEST_CASE("the audit trail says who did what on which day, and nothing that anybody wrote") {
    Coded fixture;
    const auto id = fixture.ids[0];
    const std::string code = workspace::codebook(fixture.opened).value().at(0).name;
    REQUIRE(workspace::add_tag(fixture.opened, fixture.ada, id, code).has_value());
    REQUIRE(workspace::add_note(fixture.opened, fixture.ben, id, "SECRET-NOTE").has_value());
    REQUIRE(workspace::set_status(fixture.opened, fixture.ben, id, Status::done).has_value());
    const auto trail = workspace::audit_trail(fixture.opened, id).value();
    REQUIRE(trail.size() == 3);
    CHECK(trail[0].who == "Ada");
    CHECK(trail[0].day == "2023-01-28");
    CHECK(trail[0].what == "adds the tag " + code);
    CHECK(trail[2].what == "sets the status done");
    for (const auto& line : trail) {
        CHECK(line.what.find("SECRET") == std::string::npos);
        CHECK(line.what.find("story") == std::string::npos);
    }
}

TEST_CASE("a change needs a name and a response") {
    Coded fixture;
    const auto nameless = workspace::set_status(fixture.opened, {"", fixture.ada.day}, fixture.ids[0], Status::read);
    REQUIRE_FALSE(nameless.has_value());
    CHECK(nameless.error().code == ErrorCode::usage);
    const auto nowhere = workspace::set_status(fixture.opened, fixture.ada, 99'999, Status::read);
    REQUIRE_FALSE(nowhere.has_value());
    CHECK(nowhere.error().code == ErrorCode::not_found);
}

TEST_CASE("kappa is Cohen's") {
    // Wikipedia's and many textbooks' example: 50 proposals, 20 both yes, 15 both no: 0.4.
    CHECK(std::abs(Agreement{.both = 20, .first_only = 5, .second_only = 10, .neither = 15}.kappa() - 0.4) < 1e-12);
    CHECK(Agreement{.both = 3, .first_only = 0, .second_only = 0, .neither = 4}.kappa() == 1);
    CHECK(Agreement{.both = 9, .first_only = 0, .second_only = 0, .neither = 0}.kappa() == 1);
    CHECK(std::abs(Agreement{.both = 0, .first_only = 5, .second_only = 5, .neither = 0}.kappa() + 1) < 1e-12);
    CHECK(std::isnan(Agreement{}.kappa()));
}

TEST_CASE("agreement counts the responses that both have coded, with or without tags") {
    Coded fixture(5);
    const std::string code = workspace::codebook(fixture.opened).value().at(0).name;
    auto& opened = fixture.opened;
    REQUIRE(workspace::add_tag(opened, fixture.ada, fixture.ids[0], code).has_value());
    REQUIRE(workspace::add_tag(opened, fixture.ben, fixture.ids[0], code).has_value());
    REQUIRE(workspace::add_tag(opened, fixture.ada, fixture.ids[1], code).has_value());
    REQUIRE(workspace::finish_coding(opened, fixture.ben, fixture.ids[1]).has_value());
    REQUIRE(workspace::finish_coding(opened, fixture.ada, fixture.ids[2]).has_value());
    REQUIRE(workspace::finish_coding(opened, fixture.ben, fixture.ids[2]).has_value());
    REQUIRE(workspace::add_tag(opened, fixture.ada, fixture.ids[3], code).has_value());  // Ben has not coded it
    const auto all = workspace::agreement(opened, "Ada", "Ben").value();
    REQUIRE(all.size() == 5);
    CHECK(all[0].code == code);
    CHECK(all[0].both == 1);
    CHECK(all[0].first_only == 1);
    CHECK(all[0].second_only == 0);
    CHECK(all[0].neither == 1);
}

TEST_CASE("undoing never leaves a tag whose code the codebook has not") {
    WorkspaceFixture fixture;
    fixture.add({{"/data/q1/q1_text", "story"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto id = workspace::list(opened, {}, 0, 1).value().responses.at(0).id;
    REQUIRE(workspace::set_code(opened, fixture.ada, {"waits", "Waits"}).has_value());
    REQUIRE(workspace::add_tag(opened, fixture.ada, id, "waits").has_value());
    const auto trail = workspace::audit_trail(opened).value();
    const auto added_code = trail.at(trail.size() - 2).event;
    CHECK(workspace::undo(opened, fixture.ada, added_code).error().code == base::ErrorCode::conflict);

    REQUIRE(workspace::remove_tag(opened, fixture.ada, id, "waits").has_value());
    const auto removed_tag = workspace::audit_trail(opened).value().back().event;
    REQUIRE(workspace::remove_code(opened, fixture.ada, "waits").has_value());
    CHECK(workspace::undo(opened, fixture.ada, removed_tag).error().code == base::ErrorCode::conflict);
    CHECK(workspace::tags_of(opened, id).value().empty());
}

}  // namespace
}  // namespace pillarbox::tests
