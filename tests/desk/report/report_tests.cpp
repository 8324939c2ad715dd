// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "desk/report/compose.hpp"
#include "desk/report/html.hpp"
#include "desk/report/pdf.hpp"
#include "desk/report/report.hpp"
#include "desk/report/tile_grid.hpp"
#include "report_fixture.hpp"

namespace pillarbox {
namespace {

using tests::ReportFixture;

std::string html_with(const report::Evidence& evidence) {
    const auto made = report::make_report(evidence, {}, std::nullopt);
    REQUIRE(made.has_value());
    REQUIRE(made->files.front().name == "report.html");
    return std::string(base::text_of(made->files.front().content));
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("No report quotes or names anybody beyond their consent, over all combinations") {
    for (const tests::Person& person : tests::everybody()) {
        ReportFixture fixture;
        fixture.add(8, "well", "camden", 10);
        fixture.records.push_back(person.record(1));
        report::Evidence evidence = fixture.evidence();
        evidence.coding.quotes = {{fixture.records.back().submission.uuid, "/data/story", "", ""},
                                  {fixture.records.back().submission.uuid, "/data/contact/contact_name", "", ""},
                                  {fixture.records.back().submission.uuid, "/data/quote_name", "", ""}};
        CAPTURE(person.quote, person.under_18, person.respondent, person.contact_name, person.quote_name);
        const std::string page = html_with(evidence);
        const bool quotable = person.quote == "by_name" || person.quote == "without_name";
        const bool named = person.quote == "by_name" && person.under_18 != "yes";
        CHECK(holds(page, tests::story) == quotable);
        CHECK(holds(page, "Yolanda") == (named && !person.quote_name.empty()));
        CHECK(holds(page, "Xavier") == (named && person.quote_name.empty() && !person.contact_name.empty()));
        CHECK_FALSE(holds(page, "xavier@example.org"));
    }
}

TEST_CASE("A quotation of a response that was withdrawn is in no report") {
    ReportFixture fixture;
    fixture.add(8, "well", "camden", 10);
    report::Evidence evidence = fixture.evidence();
    const tests::Person gone{"by_name", "no", "myself", "Xavier Contact", ""};
    evidence.coding.quotes = {{gone.record(1).submission.uuid, "/data/story", tests::story, ""}};
    CHECK_FALSE(holds(html_with(evidence), tests::story));
}

TEST_CASE("Whatever was typed is text in a report, never markup") {
    ReportFixture fixture;
    fixture.add(8, "well", "camden", 10);
    fixture.records.push_back(tests::record_of(
        {{"/data/story", "<script>alert(1)</script> & \"'\x01"}, {"/data/quote", "without_name"}}, 1));
    fixture.records.back().station = "<b>Hall</b>";
    report::Evidence evidence = fixture.evidence();
    evidence.coding.quotes = {{fixture.records.back().submission.uuid, "/data/story", "", ""}};
    evidence.coding.findings = {"<img src=x>"};
    const std::string page = html_with(evidence);
    CHECK(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#39;\xEF\xBF\xBD"));
    for (const std::string markup : {"<script", "<img", "<b>", "style=\"", "http://", "https://"}) {
        CAPTURE(markup);
        CHECK_FALSE(holds(page, markup));
    }
}

TEST_CASE("A small count stands nowhere in a report, its complement neither") {
    ReportFixture fixture;
    fixture.add(20, "well", "camden", 10);
    fixture.add(3, "badly", "camden", 50);
    fixture.add(20, "well", "lambeth", 60);
    const report::Figures figures = report::figures_of(fixture.evidence(), {}).value();
    CHECK(figures.shown("total") == 43);
    CHECK_FALSE(figures.shown("rating/badly").has_value());
    CHECK_FALSE(figures.shown("rating/well").has_value());
    CHECK(figures.shown("borough/camden") == 23);
    CHECK_FALSE(figures.shown("rating/badly|borough/camden").has_value());
    const std::string page = html_with(fixture.evidence());
    CHECK(holds(page, "data-figure=\"rating/badly\">–<"));
    CHECK_FALSE(holds(page, "data-figure=\"rating/badly\">3<"));
}

TEST_CASE("A theme that few responses have elsewhere is not shown where it stands") {
    ReportFixture fixture;
    for (std::uint8_t number = 1; number <= 30; ++number) {
        fixture.records.push_back(tests::record_of({{"/data/story", tests::story}}, number));
    }
    report::Evidence evidence = fixture.evidence();
    evidence.coding.themes = {{"spread", "Spread"}, {"apart", "Apart"}, {"here", "Here"}};
    const auto tag = [&](std::size_t at, const std::string& path, const std::string& theme) {
        evidence.coding.tags.push_back({fixture.records[at].submission.uuid, path, theme});
    };
    for (std::size_t at = 0; at < 10; ++at) {
        tag(at, "/data/story", "spread");
        tag(at, "/data/story", "apart");
        tag(at, "/data/story", "here");
    }
    tag(12, "", "spread");  // one more: 11 anywhere, 10 here would tell of one person
    for (std::size_t at = 10; at < 16; ++at) {
        tag(at, "", "apart");
    }
    const report::Figures figures = report::figures_of(evidence, {}).value();
    CHECK(figures.shown("theme/spread|(any)") == 11);
    CHECK_FALSE(figures.shown("theme/spread|story").has_value());
    CHECK(figures.shown("theme/apart|(any)") == 16);
    CHECK(figures.shown("theme/apart|story") == 10);
    CHECK(figures.shown("theme/here|(any)") == 10);
    CHECK(figures.shown("theme/here|story") == 10);
}

TEST_CASE("A wider theme counts who has any of its parts once, and tells of no few who have another part") {
    ReportFixture fixture;
    for (std::uint8_t number = 1; number <= 40; ++number) {
        fixture.records.push_back(tests::record_of({{"/data/story", tests::story}}, number));
    }
    report::Evidence evidence = fixture.evidence();
    evidence.coding.themes = {{"doors", "Doors", "Waits"},
                              {"phone", "Phone", "Waits"},
                              {"pay", "Pay", "Work"},
                              {"rest", "Rest", "Work"},
                              {"other", "Other"}};
    const auto tag = [&](std::size_t from, std::size_t to, const std::string& theme) {
        for (std::size_t at = from; at < to; ++at) {
            evidence.coding.tags.push_back({fixture.records[at].submission.uuid, "/data/story", theme});
        }
    };
    tag(0, 10, "doors");
    tag(5, 20, "phone");  // 20 in all, five of them with both
    tag(0, 12, "pay");
    tag(6, 13, "rest");  // 13 in all: with 12 for pay, one has rest alone
    tag(0, 9, "other");
    const report::Figures figures = report::figures_of(evidence, {}).value();
    for (const std::string question : {"(any)", "story"}) {
        CHECK(figures.shown("theme/+Waits|" + question) == 20);
        CHECK(figures.shown("theme/doors|" + question) == 10);
        CHECK(figures.shown("theme/phone|" + question) == 15);
        CHECK(figures.shown("theme/+Work|" + question) == 13);
        CHECK_FALSE(figures.shown("theme/pay|" + question).has_value());
        CHECK(figures.shown("theme/rest|" + question) == 7);
        CHECK(figures.shown("theme/other|" + question) == 9);
    }
    const std::string page = html_with(evidence);
    CHECK(page.find("Waits</th>") < page.find("Waits: Doors</th>"));
    CHECK(page.find("Waits: Phone</th>") < page.find("Other</th>"));
}

TEST_CASE("A report given out before codes had themes keeps no later one from being made") {
    ReportFixture fixture;
    for (std::uint8_t number = 1; number <= 40; ++number) {
        fixture.records.push_back(tests::record_of({{"/data/story", tests::story}}, number));
    }
    report::Evidence evidence = fixture.evidence();
    evidence.coding.themes = {{"doors", "Doors"}, {"phone", "Phone"}};
    for (std::size_t at = 0; at < 20; ++at) {
        evidence.coding.tags.push_back({fixture.records[at].submission.uuid, {}, at < 10 ? "doors" : "phone"});
    }
    const report::Ledger before = report::figures_of(evidence, {}).value().ledger;
    evidence.coding.themes = {{"doors", "Doors", "Waits"}, {"phone", "Phone", "Waits"}};
    const report::Figures figures = report::figures_of(evidence, {before}).value();
    CHECK(figures.shown("theme/+Waits|(any)") == 20);
    CHECK(figures.shown("theme/doors|(any)") == 10);
}

TEST_CASE("A second report does not show what differs little from the first, if it is told of it") {
    ReportFixture fixture;
    fixture.add(20, "well", "camden", 10);
    fixture.add(20, "badly", "lambeth", 50);
    const report::Figures first = report::figures_of(fixture.evidence(), {}).value();
    const report::Ledger kept = report::Ledger::read(first.ledger.json(), "release.json").value();
    fixture.add(2, "well", "camden", 90);
    fixture.add(10, "badly", "lambeth", 100);
    CHECK(report::figures_of(fixture.evidence(), {}).value().shown("rating/well") == 22);
    const report::Figures second = report::figures_of(fixture.evidence(), {kept}).value();
    CHECK(second.shown("total") == 52);
    CHECK_FALSE(second.shown("rating/well").has_value());
    CHECK_FALSE(second.shown("rating/badly").has_value());
}

TEST_CASE("A report of fewer than five responses is refused") {
    ReportFixture fixture;
    fixture.add(4, "well", "camden", 10);
    const auto made = report::make_report(fixture.evidence(), {}, std::nullopt);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().code == base::ErrorCode::conflict);
}

TEST_CASE("The OpenDocument file says what it is in its first bytes") {
    ReportFixture fixture;
    fixture.add(9, "well", "camden", 10);
    const report::Report made = report::make_report(fixture.evidence(), {}, std::nullopt).value();
    const auto odt = std::ranges::find(made.files, "report.odt", &report::File::name);
    REQUIRE(odt != made.files.end());
    CHECK(base::text_of(odt->content).substr(30, 47) == "mimetypeapplication/vnd.oasis.opendocument.text");
}

TEST_CASE("Each of London's boroughs has a tile of its own") {
    std::set<std::pair<int, int>> places;
    std::set<std::string_view> choices;
    for (const report::BoroughTile& tile : report::borough_tiles) {
        places.emplace(tile.row, tile.column);
        choices.insert(tile.choice);
    }
    CHECK(places.size() == 33);
    CHECK(choices.size() == 33);
}

TEST_CASE("A report that shall be printed without a browser tells so") {
    const auto pdf = report::pdf_of("<p>Hello</p>", "2023-01-27", "/nowhere/chromium");
    REQUIRE_FALSE(pdf.has_value());
    CHECK(pdf.error().code == base::ErrorCode::unavailable);
}

TEST_CASE("A page printed twice by the browser is the same PDF, and leaves nothing behind") {
    if (!std::filesystem::exists(report::debian_browser)) {
        WARN("SKIPPED: chromium is not installed");
        return;
    }
    const auto prints_left = [] {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::temp_directory_path())) {
            count += entry.path().filename().string().starts_with("pillarbox-print-") ? 1U : 0U;
        }
        return count;
    };
    const std::size_t before = prints_left();
    const auto first = report::pdf_of("<h1>Hello</h1>", "2023-01-27", report::debian_browser);
    const auto second = report::pdf_of("<h1>Hello</h1>", "2023-01-27", report::debian_browser);
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    CHECK(base::text_of(*first).starts_with("%PDF-"));
    CHECK(*first == *second);
    CHECK(prints_left() == before);
}

}  // namespace pillarbox
