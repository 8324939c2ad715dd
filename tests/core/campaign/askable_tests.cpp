// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk can't ask is refused by name before anybody stands in front of it.
#include "core/campaign/askable.hpp"

#include <catch2/catch.hpp>

#include "../form/workbook_builder.hpp"
#include "core/form/workbook.hpp"

namespace pillarbox {
namespace {

std::vector<std::string> refused(std::string_view markdown) {
    const auto form = form::read_workbook(tests::workbook_of(markdown), "form.xlsx");
    INFO((form ? std::string() : form.error().describe()));
    REQUIRE(form.has_value());
    std::vector<std::string> texts;
    for (const base::Error& error : campaign::unaskable(*form, "form.xlsx")) {
        CHECK(error.code == base::ErrorCode::unsupported);
        CHECK_FALSE(error.remedy.empty());
        texts.push_back(error.where + " | " + error.what);
    }
    return texts;
}

}  // namespace

TEST_CASE("A form of texts, numbers, choices and notices can be asked") {
    CHECK(refused("| survey |\n| | type | name | label | parameters | trigger | calculation |\n"
                  "| | begin group | g | G | | | |\n| | text | t | T | | | |\n| | integer | i | I | | ${t} | 1 |\n"
                  "| | select_one c | s | S | randomize=true seed=7 | | |\n| | acknowledge | a | A | | | |\n"
                  "| | note | n | N | | | |\n| | end group | | | | | |\n| | today | d | | | | |\n"
                  "| choices |\n| | list_name | name | label |\n| | c | x | X |")
              .empty());
}

TEST_CASE("Dates, ranges, ranks and repeats can be asked") {
    CHECK(refused("| survey |\n| | type | name | label | parameters | appearance |\n"
                  "| | date | d | D | | month-year |\n| | time | t | T | | |\n| | dateTime | dt | DT | | |\n"
                  "| | range | r | R | start=0 end=10 step=2 | picker |\n| | rank c | k | K | | |\n"
                  "| | begin repeat | p | P | | |\n| | select_one c | s | S | | quick |\n| | end repeat | | | | |\n"
                  "| choices |\n| | list_name | name | label |\n| | c | x | X |\n| | c | y | Y |")
              .empty());
}

TEST_CASE("An appearance that a question can't do without is refused at its row") {
    const auto [type, appearance, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"date", "ethiopian", "Gregorian"},
        {"text", "ex:org.example.app(x=1)", "no other program"},
        {"decimal", "bearing", "no compass"},
        {"select_one c", "image-map", "no pictures"},
        {"select_one c", "map", "no maps"},
        {"text", "url", "no web pages"},
    }));
    const auto found = refused("| survey |\n| | type | name | label | appearance |\n| | " + type + " | q | Q | " +
                               appearance + " |\n| choices |\n| | list_name | name | label |\n| | c | x | X |");
    INFO(appearance);
    REQUIRE(found.size() == 1);
    CHECK(found.front().find("form.xlsx, sheet survey, row 2, column appearance | ") == 0);
    CHECK(found.front().find(expected) != std::string::npos);
}

TEST_CASE("A type that a kiosk has no means for is refused at its row") {
    const auto [type, expected] = GENERATE(table<std::string, std::string>({
        {"audio", "takes no recordings"},
        {"image", "takes no recordings"},
        {"file", "takes no recordings"},
        {"geopoint", "nothing to answer"},
        {"barcode", "nothing to answer"},
        {"deviceid", "records nothing"},
        {"start-geopoint", "records nothing"},
        {"background-audio", "records nothing"},
        {"audit", "records nothing"},
        {"select_one_from_file a.csv", "the file a.csv"},
    }));
    const auto found = refused("| survey |\n| | type | name | label |\n| | text | t | T |\n| | " + type + " | " +
                               (type == "audit" ? "" : "q") + " | Q |");
    INFO(type);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().find("form.xlsx, sheet survey, row 3, column type | ") == 0);
    CHECK(found.front().find(expected) != std::string::npos);
}

TEST_CASE("A film in sign language is refused with what to do instead") {
    const auto found = refused(
        "| survey |\n| | type | name | label | media::video |\n"
        "| | text | t | T | t.mp4 |");
    REQUIRE(found.size() == 1);
    CHECK(found.front().find("sheet survey, row 2, column media::video") != std::string::npos);
    CHECK(found.front().find("sign language") != std::string::npos);
}

TEST_CASE("Everything that a kiosk can't do is named at once") {
    const auto found = refused(
        "| survey |\n| | type | name | label | media::image | parameters | save_to |\n"
        "| | text | t | T | t.png | | |\n| | select_one c | s | S | | randomize=true | p |\n"
        "| | csv-external | towns | | | | |\n"
        "| choices |\n| | list_name | name | label | media::audio |\n| | c | x | X | x.mp3 |\n| | c | y | Y | y.mp3 "
        "|\n"
        "| entities |\n| | list_name | label |\n| | people | ${t} |\n"
        "| settings |\n| | public_key | submission_url |\n| | abc | https://example.org |");
    REQUIRE(found.size() == 7);
    CHECK(found[0].find("sheet survey, row 2, column media::image") != std::string::npos);
    CHECK(found[1].find("sheet survey, row 3, column parameters") != std::string::npos);
    CHECK(found[2].find("sheet entities, row 2, column list_name") != std::string::npos);
    CHECK(found[3].find("sheet settings, column public_key") != std::string::npos);
    CHECK(found[4].find("sheet settings, column submission_url") != std::string::npos);
    CHECK(found[5].find("sheet choices, column media::audio") != std::string::npos);
    CHECK(found[6].find("the file towns.csv") != std::string::npos);
}

}  // namespace pillarbox
