// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "desk/workspace/cut_offs.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/officer_fields.hpp"
#include "desk/workspace/report_lines.hpp"
#include "desk/workspace/withdrawal.hpp"
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

TEST_CASE("a code has a theme until it is given none, and a theme is refused that figures could not be named by") {
    Coded fixture(1);
    const auto theme_of_mine = [&] {
        const auto codes = workspace::codebook(fixture.opened).value();
        return std::ranges::find(codes, "mine", &workspace::Code::name)->theme;
    };
    REQUIRE(workspace::set_code(fixture.opened, fixture.ada, {"mine", "My code", "Service & care"}).has_value());
    CHECK(theme_of_mine() == "Service & care");
    const std::size_t events = workspace::audit_trail(fixture.opened)->size();
    REQUIRE(workspace::set_theme(fixture.opened, fixture.ada, "mine", "Service & care").has_value());
    CHECK(workspace::audit_trail(fixture.opened)->size() == events);  // nothing changed
    REQUIRE(workspace::set_theme(fixture.opened, fixture.ada, "mine", "").has_value());
    CHECK(theme_of_mine().empty());
    for (const std::string& refused :
         {std::string("a|b"), std::string("a/b"), std::string("a\nb"), std::string(101, 'x'), std::string("\xFF")}) {
        CHECK_FALSE(workspace::set_theme(fixture.opened, fixture.ada, "mine", refused).has_value());
    }
    CHECK_FALSE(workspace::set_theme(fixture.opened, fixture.ada, "no-such", "Care").has_value());
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

TEST_CASE("a tag stands at the response as a whole or at one of its texts, and at nothing else") {
    Coded fixture(1);
    const auto id = fixture.ids[0];
    const std::string code = workspace::codebook(fixture.opened).value().at(0).name;
    REQUIRE(workspace::add_tag(fixture.opened, fixture.ada, id, code).has_value());
    REQUIRE(workspace::add_tag(fixture.opened, fixture.ada, id, code, "/data/q1/q1_text").has_value());
    for (const char* path : {"/data/q2/q2_text", "/data/contact/contact_name", "/data/q1", "nonsense"}) {
        CHECK_FALSE(workspace::add_tag(fixture.opened, fixture.ada, id, code, path).has_value());
    }
    auto tags = workspace::tags_of(fixture.opened, id).value();
    REQUIRE(tags.size() == 2);
    CHECK(tags[0].path.empty());
    CHECK(tags[1].path == "/data/q1/q1_text");
    CHECK(tags[1].coder == "Ada");
    REQUIRE(workspace::remove_tag(fixture.opened, fixture.ada, id, code).has_value());
    tags = workspace::tags_of(fixture.opened, id).value();
    REQUIRE(tags.size() == 1);
    CHECK(tags[0].path == "/data/q1/q1_text");
    CHECK(workspace::list(fixture.opened, {.tag = code}, 0, 10)->total == 1);
}

TEST_CASE(
    "officers' questions are answered from their choices, found by their answers, and go when none answers them") {
    Coded fixture(3);
    auto& opened = fixture.opened;
    REQUIRE(
        workspace::set_officer_field(opened, fixture.ada, {"priority", "How urgent", {"high", "low"}}).has_value());
    REQUIRE(workspace::set_officer_field(opened, fixture.ada, {"passed_on", "Passed on to"}).has_value());
    CHECK_FALSE(workspace::set_officer_field(opened, fixture.ada, {"Not a name", "x"}).has_value());
    CHECK_FALSE(workspace::set_officer_field(opened, fixture.ada, {"lines", "two\nlines"}).has_value());
    const auto fields = workspace::officer_fields(opened).value();
    REQUIRE(fields.size() == 2);
    CHECK(fields[1].choices == std::vector<std::string>{"high", "low"});
    const auto answer = [&](std::size_t at, const char* field, const char* value) {
        return workspace::answer_officer_field(opened, fixture.ada, fixture.ids[at], field, value);
    };
    REQUIRE(answer(0, "priority", "high").has_value());
    REQUIRE(answer(0, "passed_on", "the trust").has_value());
    REQUIRE(answer(1, "priority", "low").has_value());
    CHECK_FALSE(answer(1, "priority", "middling").has_value());
    CHECK_FALSE(answer(1, "unknown", "high").has_value());
    const auto found =
        workspace::list(opened, {.officers = {{"priority", "high"}, {"passed_on", "the trust"}}}, 0, 10);
    CHECK(ids_of(*found) == std::vector{fixture.ids[0]});
    CHECK(workspace::list(opened, {.officers = {{"priority", "high"}, {"passed_on", "us"}}}, 0, 10)->total == 0);
    CHECK_FALSE(workspace::remove_officer_field(opened, fixture.ada, "passed_on").has_value());
    REQUIRE(answer(0, "passed_on", "").has_value());
    REQUIRE(workspace::remove_officer_field(opened, fixture.ada, "passed_on").has_value());
    // Undoing the clearing would leave an answer without its question.
    const auto trail = workspace::audit_trail(opened).value();
    const auto undone = workspace::undo(opened, fixture.ada, trail.at(trail.size() - 2).event);
    REQUIRE_FALSE(undone.has_value());
    CHECK(undone.error().code == ErrorCode::conflict);
}

TEST_CASE("a cut-off is a day with a name, which everybody sees and can be undone") {
    Coded fixture(1);
    const auto day = base::parse_day("2023-01-20").value();
    REQUIRE(workspace::set_cut_off(fixture.opened, fixture.ada, {"meeting", day}).has_value());
    CHECK(workspace::cut_off_named(fixture.opened, "meeting")->day == day);
    CHECK(workspace::audit_trail(fixture.opened)->back().what == "sets the cut-off meeting 2023-01-20");
    const auto none = workspace::cut_off_named(fixture.opened, "letter");
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == ErrorCode::not_found);
    CHECK_FALSE(workspace::set_cut_off(fixture.opened, fixture.ada, {"The Meeting", day}).has_value());
    REQUIRE(workspace::undo_last(fixture.opened, fixture.ada).has_value());
    CHECK(workspace::cut_offs(fixture.opened)->empty());
}

TEST_CASE("lines of the report stay in order, and the trail tells of them without their words") {
    Coded fixture(1);
    using workspace::ReportPart;
    for (const char* text : {"first finding", "second finding"}) {
        REQUIRE(workspace::add_report_line(fixture.opened, fixture.ada, ReportPart::finding, text).has_value());
    }
    REQUIRE(workspace::add_report_line(fixture.opened, fixture.ada, ReportPart::recommendation, "do it").has_value());
    auto lines = workspace::report_lines(fixture.opened, ReportPart::finding).value();
    REQUIRE(lines.size() == 2);
    REQUIRE(workspace::remove_report_line(fixture.opened, fixture.ada, lines[0].key).has_value());
    REQUIRE(workspace::add_report_line(fixture.opened, fixture.ada, ReportPart::finding, "third").has_value());
    lines = workspace::report_lines(fixture.opened, ReportPart::finding).value();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].text == "second finding");
    CHECK(lines[1].text == "third");
    const auto trail = workspace::audit_trail(fixture.opened).value();
    for (const workspace::TrailLine& line : trail) {
        CHECK(line.what.find("second") == std::string::npos);
    }
}

TEST_CASE("what left the desk and what was withdrawn stands in the trail, and no undoing takes it back") {
    Coded fixture(1);
    REQUIRE(workspace::note_output(fixture.opened, fixture.ada, "a letter pack").has_value());
    const auto code = submission::random_withdrawal_code(fixture.random);
    REQUIRE(workspace::withdraw(fixture.opened, fixture.ada, submission::format_withdrawal_code(code)).has_value());
    const auto trail = workspace::audit_trail(fixture.opened).value();
    REQUIRE(trail.size() == 2);
    CHECK(trail[0].what == "makes a letter pack");
    for (const workspace::TrailLine& line : trail) {
        CHECK_FALSE(line.can_be_undone);
        const auto undone = workspace::undo(fixture.opened, fixture.ada, line.event);
        REQUIRE_FALSE(undone.has_value());
        CHECK(undone.error().code == ErrorCode::conflict);
    }
    CHECK_FALSE(workspace::undo_last(fixture.opened, fixture.ada).value().has_value());
    CHECK(workspace::audit_trail(fixture.opened)->size() == 2);
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
