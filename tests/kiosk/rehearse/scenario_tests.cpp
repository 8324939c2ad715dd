// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "kiosk/rehearse/scenario.hpp"

using namespace pillarbox;
using rehearse::parse_scenario;
using rehearse::StepKind;

TEST_CASE("a scenario's steps are read with role name and text") {
    const auto steps = parse_scenario(
        "# a comment\n\ntap button \"Next\"   # and another\ntype text_field \"Your \\\"name\\\"\" "
        "\"Ada\\nLovelace\"\r\n"
        "press enter\nexpect heading \"عنك\"\nscreenshot 03-about\nadvance 90\naudit\nhold here\n"
        "long_press image \"Pillarbox\" 3\ndigits 480215\n"
        "write \"calm\"\nhears \"Thank you\"\nhears_no \"Ada\"\nkey_until next text_field \"Your name\"\n"
        "ask button \"Next\"\nset text_field \"Name\" \"Ada\"\n"
        "key volume_cycle\nswitch 2",
        "a.scenario");
    REQUIRE(steps.has_value());
    REQUIRE(steps->size() == 18);
    CHECK(steps->at(0).kind == StepKind::tap);
    CHECK(steps->at(0).role == semantics::Role::button);
    CHECK(steps->at(0).line == 3);
    CHECK(steps->at(1).name == "Your \"name\"");
    CHECK(steps->at(1).text == "Ada\nLovelace");
    CHECK(steps->at(3).name == "عنك");
    CHECK(steps->at(4).name == "03-about");
    CHECK(steps->at(5).seconds == 90);
    CHECK(steps->at(6).kind == StepKind::audit);
    CHECK(steps->at(7).kind == StepKind::hold);
    CHECK(steps->at(7).name == "here");
    CHECK(steps->at(8).kind == StepKind::long_press);
    CHECK(steps->at(8).role == semantics::Role::image);
    CHECK(steps->at(8).seconds == 3);
    CHECK(steps->at(9).name == "480215");
    CHECK(steps->at(10).text == "calm");
    CHECK(steps->at(11).kind == StepKind::hears);
    CHECK(steps->at(11).name == "Thank you");
    CHECK(steps->at(12).kind == StepKind::hears_no);
    CHECK(steps->at(13).command == input::Command::next);
    CHECK(steps->at(13).role == semantics::Role::text_field);
    CHECK(steps->at(13).name == "Your name");
    CHECK(steps->at(14).kind == StepKind::ask);
    CHECK(steps->at(15).kind == StepKind::set);
    CHECK(steps->at(15).text == "Ada");
    CHECK(steps->at(16).command == input::Command::volume_cycle);
    CHECK(steps->at(17).command == input::Command::switch_2);
}

TEST_CASE("a wrong step is refused with its line") {
    for (const char* wrong : {"tap",
                              "tap knob \"x\"",
                              "tap button \"x",
                              "tap button x y",
                              "jump",
                              "advance soon",
                              "advance 99999999",
                              "screenshot ../../etc",
                              "type text_field \"a\"",
                              "tap button \"\\q\"",
                              "press",
                              "ask",
                              "set text_field \"a\"",
                              "hold",
                              "audit now",
                              "long_press image \"x\"",
                              "long_press image \"x\" soon",
                              "digits",
                              "write",
                              "hears",
                              "hears a b",
                              "key_until next",
                              "key_until next knob \"x\"",
                              "key_until sideways button \"x\"",
                              "key explode",
                              "key",
                              "switch 3",
                              "switch"}) {
        CAPTURE(wrong);
        const auto steps = parse_scenario(std::string("audit\n") + wrong, "a.scenario");
        REQUIRE_FALSE(steps.has_value());
        CHECK(steps.error().code == base::ErrorCode::malformed);
        CHECK(steps.error().where == "a.scenario, line 2");
    }
}
