// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "example_form.hpp"
#include "file_texts.hpp"

namespace pillarbox {
namespace {

nlohmann::json first_of(const exports::Record& record) {
    const auto document = nlohmann::json::parse(tests::responses_json(tests::example_form(), {record}));
    return document.at("value").at(0);
}

}  // namespace

TEST_CASE("JSON nests answers by group and keeps numbers as numbers") {
    const auto response = first_of(tests::record_of({{"/data/about/link", "used_999 council"},
                                                     {"/data/about/age", "41"},
                                                     {"/data/trip[2]/stop[1]/minutes", "2.5"}}));
    CHECK(response.at("__id") == "uuid:1b4e28ba-2fa1-41d2-883f-000000000001");
    CHECK(response.at("meta").at("instanceID") == response.at("__id"));
    CHECK(response.at("about").at("link") == "used_999 council");
    CHECK(response.at("about").at("age") == 41);
    CHECK(response.at("story").is_null());
    CHECK(response.at("trip").at(0).at("__id") == "uuid:1b4e28ba-2fa1-41d2-883f-000000000001/trip[2]");
    CHECK(response.at("trip").at(0).at("stop").at(0).at("minutes") == 2.5);
    CHECK(response.at("__system").at("day") == "2023-01-20");
    CHECK(response.at("__system").at("station") == "Brixton Library");
}

TEST_CASE("JSON holds every text exactly as it was given") {
    for (const std::string text : {"=1+1", "a\"b\\c\n\t\r", "مرحبا", "\xF0\x9F\x9A\x91", "\x01"}) {
        CHECK(first_of(tests::record_of({{"/data/story", text}})).at("story") == text);
    }
}

TEST_CASE("An answer that breaks its type stays text in JSON") {
    for (const std::string text : {"about forty", "41 ", "99999999999999999999", "0x29"}) {
        CHECK(first_of(tests::record_of({{"/data/about/age", text}})).at("about").at("age") == text);
    }
}

TEST_CASE("JSON leaves contact details out and keeps answers the form does not know") {
    const auto record = tests::record_of({{"/data/contact/email", "a@example.org"}, {"/data/older/question", "yes"}});
    const auto response = first_of(record);
    CHECK_FALSE(response.contains("contact"));
    CHECK(response.dump().find("example.org") == std::string::npos);
    CHECK(response.at("__unknown").at(0).at("path") == "/data/older/question");
    CHECK(response.at("__unknown").at(0).at("value") == "yes");
}

TEST_CASE("JSON of no responses is an empty list") {
    const auto document = nlohmann::json::parse(tests::responses_json(tests::example_form(), {}));
    CHECK(document.at("value").empty());
}

}  // namespace pillarbox
