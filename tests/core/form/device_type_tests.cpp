// SPDX-License-Identifier: GPL-3.0-or-later
//
// Types that a phone answers and a kiosk does not: they are read with what they are told, and their answers are
// checked.
#include "scenario.hpp"

using Catch::Matchers::Contains;
using pillarbox::form::NodeType;
using pillarbox::tests::refusals;
using pillarbox::tests::Scenario;

namespace {

std::string survey(const std::string& rows) {
    return "| survey |\n| | type | name | label | parameters | trigger | calculation |\n" + rows;
}

const pillarbox::form::Node& node(Scenario& scenario, std::string_view path) {
    const auto* found = scenario.instance().form().find(path);
    REQUIRE(found != nullptr);
    return *found;
}

}  // namespace

TEST_CASE("places, codes and files are questions of their own types") {
    const auto [written, type] = GENERATE(table<std::string, NodeType>({{"geopoint", NodeType::geopoint},
                                                                        {"location", NodeType::geopoint},
                                                                        {"geotrace", NodeType::geotrace},
                                                                        {"geoshape", NodeType::geoshape},
                                                                        {"barcode", NodeType::barcode},
                                                                        {"video", NodeType::video},
                                                                        {"file", NodeType::file}}));
    Scenario scenario(survey("| | " + written + " | q | Q | | | |"));
    CHECK(node(scenario, "/data/q").type == type);
    CHECK_THAT(refusals(survey("| | " + written + " | q | | | | |")).at(0), Contains("The question has no label"));
}

TEST_CASE("what a device fills in by itself is read without a label and stays empty") {
    const auto [written, type, property] = GENERATE(
        table<std::string, NodeType, std::string>({{"deviceid", NodeType::device_property, "deviceid"},
                                                   {"imei", NodeType::device_property, "deviceid"},
                                                   {"get phone number", NodeType::device_property, "phonenumber"},
                                                   {"username", NodeType::device_property, "username"},
                                                   {"uri:email", NodeType::device_property, "uri:email"},
                                                   {"start-geopoint", NodeType::start_geopoint, ""},
                                                   {"background-audio", NodeType::background_audio, ""}}));
    Scenario scenario(survey("| | " + written + " | q | | | | |\n| | text | t | T | | | |"));
    CHECK(node(scenario, "/data/q").type == type);
    CHECK(node(scenario, "/data/q").device_property == property);
    CHECK(scenario.answers().empty());
}

TEST_CASE("an answered place is a latitude, a longitude and what a receiver adds") {
    const auto [type, answer, sound] = GENERATE(table<std::string, std::string, bool>({
        {"geopoint", "52.5 13.4", true},
        {"geopoint", "-52.5 13.4 34.1 5", true},
        {"geopoint", "91 13.4", false},
        {"geopoint", "52.5 181", false},
        {"geopoint", "52.5", false},
        {"geopoint", "52.5 13.4;52.6 13.4", false},
        {"geopoint", "north 13.4", false},
        {"geotrace", "52.5 13.4; 52.6 13.4", true},
        {"geotrace", "52.5 13.4", false},
        {"geoshape", "0 0;0 1;1 1;0 0", true},
        {"geoshape", "0 0;0 1;1 1;1 0", false},
        {"geoshape", "0 0;0 1;0 0", false},
    }));
    Scenario scenario(survey("| | " + type + " | q | Q | | | |"));
    scenario.answer("/data/q", answer);
    INFO(type + " " + answer);
    CHECK(scenario.problems().empty() == sound);
}

TEST_CASE("parameters of places, pictures and sounds are checked") {
    const auto [type, parameters, sound] = GENERATE(table<std::string, std::string, bool>({
        {"geopoint", "allow-mock-accuracy=true capture-accuracy=5 warning-accuracy=10.5", true},
        {"geopoint", "allow-mock-accuracy=maybe", false},
        {"geopoint", "warning-accuracy=far", false},
        {"geopoint", "incremental=true", false},
        {"geotrace", "incremental=yes", true},
        {"geotrace", "warning-accuracy=5", false},
        {"image", "app=org.example.camera max-pixels=640", true},
        {"image", "app=camera", false},
        {"image", "app=_a.b", false},
        {"image", "max-pixels=many", false},
        {"background-audio", "quality=voice-only", true},
        {"background-audio", "quality=external", false},
        {"audio", "incremental=true", false},
        {"integer", "incremental=true", true},  // no client acts on it
        {"integer", "smallest=3", false},
    }));
    INFO(type + " " + parameters);
    CHECK(refusals(survey("| | " + type + " | q | Q | " + parameters + " | | |")).empty() == sound);
}

TEST_CASE("a picture's program has no meaning where the appearance opens none") {
    const std::string head = "| survey |\n| | type | name | label | parameters | appearance |\n";
    CHECK(refusals(head + "| | image | q | Q | app=camera | signature |").empty());
    CHECK(refusals(head + "| | image | q | Q | app=camera | annotate |").size() == 1);
}

TEST_CASE("an audit is kept apart from the questions with its parameters") {
    const auto form = pillarbox::form::read_workbook(
        pillarbox::tests::workbook_of(survey("| | text | q | Q | | | |\n| | audit | | | track-changes=true | | |")),
        "test.xlsx");
    REQUIRE(form.has_value());
    REQUIRE(form->audit.has_value());
    CHECK(form->audit->parameters.at("track-changes") == "true");
    CHECK(form->nodes.size() == 1);
}

TEST_CASE("an audit's parameters are checked together") {
    const auto [parameters, sound] = GENERATE(table<std::string, bool>({
        {"location-priority=balanced location-min-interval=60 location-max-age=300", true},
        {"location-priority=balanced location-min-interval=60", false},
        {"location-priority=balanced location-min-interval=300 location-max-age=60", false},
        {"location-priority=best location-min-interval=1 location-max-age=2", false},
        {"track-changes-reasons=on-form-edit", true},
        {"track-changes-reasons=always", false},
        {"identify-user=perhaps", false},
    }));
    INFO(parameters);
    CHECK(refusals(survey("| | audit | | | " + parameters + " | | |")).empty() == sound);
    CHECK_THAT(refusals(survey("| | audit | log | | | | |")).at(0), Contains("always named audit"));
}

TEST_CASE("a place in the background is taken when a question triggers it") {
    CHECK(refusals(survey("| | text | q | Q | | | |\n| | background-geopoint | p | | | ${q} | |")).empty());
    CHECK_THAT(refusals(survey("| | background-geopoint | p | | | | |")).at(0), Contains("column trigger"));
    CHECK_THAT(refusals(survey("| | text | q | Q | | | |\n| | background-geopoint | p | | | ${q} | 1 |")).at(0),
               Contains("column calculation"));
}

TEST_CASE("reference-geometry names a list, a file or a repeat with a geometry") {
    const std::string repeat =
        "| | begin repeat | r | R | | | |\n| | text | geometry | G | | | |\n| | end repeat | | | | | |\n";
    const std::string choices = "\n| choices |\n| | list_name | name | label |\n| | c | a | A |";
    const auto geometry = [&](const std::string& source) {
        return refusals(survey(
            repeat + "| | csv-external | towns | | | | |\n| | geopoint | q | Q | reference-geometry=" + source +
            " | | |" + choices));
    };
    CHECK(geometry("c").empty());
    CHECK(geometry("towns").empty());
    CHECK(geometry("${r}").empty());
    CHECK_THAT(geometry("d").at(0), Contains("row 6, column parameters"));
    CHECK_THAT(geometry("${q}").at(0), Contains("row 6, column parameters"));
}
