// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "desk/exports/csv.hpp"
#include "desk/exports/csv_text.hpp"
#include "example_form.hpp"
#include "file_texts.hpp"

namespace pillarbox {
namespace {

const std::string key = "uuid:1b4e28ba-2fa1-41d2-883f-000000000001";
const std::string bom = "\xEF\xBB\xBF";

std::string cell(std::string_view text) {
    std::string row;
    exports::CsvRow(row).cell(text);
    return row;
}

// An RFC 4180 reader, as strict as the writer has to be: a cell's quotes close, and only a comma or CRLF may follow.
std::vector<std::vector<std::string>> parsed(std::string_view text) {
    REQUIRE(text.starts_with(bom));
    text.remove_prefix(bom.size());
    std::vector<std::vector<std::string>> rows(1);
    std::string value;
    while (!text.empty()) {
        if (text.front() == '"') {
            std::size_t at = 1;
            while (text.at(at) != '"' || (at + 1 < text.size() && text[at + 1] == '"')) {
                value += text[at];
                at += text[at] == '"' ? 2U : 1U;
            }
            text.remove_prefix(at + 1);
        } else {
            const std::size_t end = text.find_first_of(",\r");
            value = text.substr(0, end);
            text.remove_prefix(end);
        }
        rows.back().push_back(value);
        value.clear();
        if (text.starts_with("\r\n")) {
            text.remove_prefix(2);
            rows.emplace_back();
        } else {
            REQUIRE(text.starts_with(","));
            text.remove_prefix(1);
            if (text.starts_with("\r\n")) {
                rows.back().emplace_back();
            }
        }
    }
    REQUIRE(rows.back().empty());
    rows.pop_back();
    return rows;
}

}  // namespace

TEST_CASE("A cell that begins like a formula is neutralised") {
    for (const std::string text :
         {"=1+1", "+1", "@SUM(A1)", "-1+1", "-", "+447700900123", "\t=1", "\rx", "\nx", "  =1+1", "\xC2\xA0=1",
          "\xEF\xBC\x9D"
          "1",
          "=HYPERLINK(\"http://x\",\"y\")"}) {
        INFO(text);
        CHECK(exports::neutralised(text) == "'" + text);
    }
}

TEST_CASE("A cell that is a plain number or plain text stays as it is") {
    for (const std::string text : {"-3", "0.5", "-12.75", "007", "a=b", "1-2", "", "o'clock", "مرحبا", "'"}) {
        INFO(text);
        CHECK(exports::neutralised(text) == text);
    }
    CHECK_FALSE(exports::is_plain_number("-"));
    CHECK_FALSE(exports::is_plain_number("1."));
    CHECK_FALSE(exports::is_plain_number("1e5"));
}

TEST_CASE("Quotes commas and line breaks are quoted as RFC 4180 asks") {
    CHECK(cell("plain") == "plain");
    CHECK(cell("a,b") == "\"a,b\"");
    CHECK(cell("say \"no\"") == "\"say \"\"no\"\"\"");
    CHECK(cell("line\nbreak") == "\"line\nbreak\"");
    CHECK(cell("a;=1") == "\"a;=1\"");
    CHECK(cell("=1,2") == "\"'=1,2\"");
}

TEST_CASE("A row that begins with empty cells keeps its commas") {
    std::string row;
    exports::CsvRow(row).cell("").cell("").cell("x").end();
    CHECK(row == ",,x\r\n");
}

TEST_CASE("The header has group-field names and a column for each choice") {
    const form::Form form = tests::example_form();
    const auto files = tests::responses_csv(form, {});
    REQUIRE(files.size() == 3);
    CHECK(files[0].file_name == "responses.csv");
    CHECK(files[0].text == bom +
                               "today,about-link,about-link/used_999,about-link/council,about-age,story,"
                               "meta-instanceID,KEY,FormVersion,Station,Language,Assisted,Kind\r\n");
    CHECK(files[1].file_name == "responses-trip.csv");
    CHECK(files[1].text == bom + "place,PARENT_KEY,KEY\r\n");
    CHECK(files[2].file_name == "responses-stop.csv");
    CHECK(files[2].text == bom + "minutes,PARENT_KEY,KEY\r\n");
}

TEST_CASE("A response fills its row and unanswered questions are empty") {
    const form::Form form = tests::example_form();
    const auto answered = tests::record_of({{"/data/about/link", "council"}, {"/data/about/age", "-3"}});
    const auto silent = tests::record_of({}, 2);
    const auto rows = parsed(tests::responses_csv(form, {answered, silent})[0].text);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1] == std::vector<std::string>{"2023-01-20", "council", "0", "1", "-3", "", key, key, "1",
                                              "Brixton Library", "ar", "no", "response"});
    CHECK(rows[2][1].empty());
    CHECK(rows[2][2].empty());
}

TEST_CASE("Hostile answers come back exactly but for the apostrophe") {
    const form::Form form = tests::example_form();
    for (const std::string text :
         {"a \"quote\", a comma\r\nand a line", "=cmd|' /C calc'!A0", "مرحبا، \"كيف\"\nحالك؟", "আমি ৯৯৯ ব্যবহার করেছি",
          "\xF0\x9F\x9A\x91\xEF\xB8\x8F, \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x92", "\"", "\"\"", ",", "\r\n"}) {
        INFO(text);
        const auto rows = parsed(tests::responses_csv(form, {tests::record_of({{"/data/story", text}})})[0].text);
        REQUIRE(rows.size() == 2);
        CHECK(rows[1][5] == exports::neutralised(text));
    }
}

TEST_CASE("A station with a hostile name is neutralised too") {
    const form::Form form = tests::example_form();
    auto record = tests::record_of({});
    record.station = "=1+1";
    CHECK(parsed(tests::responses_csv(form, {record})[0].text)[1][9] == "'=1+1");
}

TEST_CASE("Repeats have files of their own with the keys of ODK Central") {
    const form::Form form = tests::example_form();
    const auto record = tests::record_of({{"/data/trip[1]/place", "Brixton"},
                                          {"/data/trip[2]/place", "Barnet"},
                                          {"/data/trip[2]/stop[1]/minutes", "2.5"},
                                          {"/data/trip[2]/stop[3]/minutes", "4"}});
    const auto files = tests::responses_csv(form, {record});
    CHECK(parsed(files[1].text)[1] == std::vector<std::string>{"Brixton", key, key + "/trip[1]"});
    CHECK(parsed(files[1].text)[2] == std::vector<std::string>{"Barnet", key, key + "/trip[2]"});
    const auto stops = parsed(files[2].text);
    REQUIRE(stops.size() == 3);
    CHECK(stops[1] == std::vector<std::string>{"2.5", key + "/trip[2]", key + "/trip[2]/stop[1]"});
    CHECK(stops[2] == std::vector<std::string>{"4", key + "/trip[2]", key + "/trip[2]/stop[3]"});
}

TEST_CASE("Repeats of one name are told apart") {
    form::Form form = tests::example_form();
    form::Node group = tests::node_of(form::NodeType::group, "more");
    group.children.push_back(tests::node_of(form::NodeType::repeat, "trip"));
    form.nodes.push_back(group);
    tests::set_paths(form.nodes, "/data");
    const auto files = tests::responses_csv(form, {});
    CHECK(files[1].file_name == "responses-trip~1.csv");
    CHECK(files[3].file_name == "responses-trip~2.csv");
}

TEST_CASE("Contact details go to a file of their own and to no other") {
    const form::Form form = tests::example_form();
    const auto with = tests::record_of({{"/data/story", "s"}, {"/data/contact/email", "a@example.org"}});
    const auto without = tests::record_of({{"/data/story", "t"}}, 2);
    const auto contacts = tests::contacts_csv(form, {with, without});
    REQUIRE(contacts.size() == 1);
    CHECK(contacts[0].file_name == "contacts.csv");
    CHECK(contacts[0].text == bom + "KEY,contact-email\r\n" + key + ",a@example.org\r\n");
    for (const auto& file : tests::responses_csv(form, {with, without})) {
        CHECK(file.text.find("example.org") == std::string::npos);
    }
}

TEST_CASE("A form that asks for today itself has the column once") {
    form::Form form = tests::example_form();
    form.nodes.push_back(tests::node_of(form::NodeType::today, "today"));
    tests::set_paths(form.nodes, "/data");
    const auto header = parsed(tests::responses_csv(form, {})[0].text)[0];
    CHECK(std::ranges::count(header, "today") == 1);
}

TEST_CASE("The codebook names every column and choice in every language") {
    const auto rows = parsed(exports::codebook_csv(tests::example_form()));
    CHECK(rows[0] == std::vector<std::string>{"file", "column", "path", "type", "value", "label::en", "label::ar"});
    CHECK(rows[1] == std::vector<std::string>{"responses.csv", "about-link", "/data/about/link", "select_multiple",
                                              "", "Your link", "صلتك"});
    CHECK(rows[2] == std::vector<std::string>{"responses.csv", "about-link", "/data/about/link", "select_multiple",
                                              "used_999", "I have used 999", "استخدمت الرقم 999"});
    CHECK(rows.back()[0] == "contacts.csv");
}

}  // namespace pillarbox
