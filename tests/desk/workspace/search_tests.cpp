// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/search_text.hpp"
#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

using workspace::Filter;
using workspace::Workspace;

std::uint64_t hits(Workspace& opened, std::string words) {
    const auto listing = workspace::list(opened, Filter{.words = std::move(words)}, 0, 100);
    if (!listing.has_value()) {
        FAIL(listing.error().describe());
    }
    return listing->total;
}

TEST_CASE("words are found in English, Bengali, Arabic and Chinese, from their first letters on") {
    WorkspaceFixture fixture;
    fixture.add({{"/data/q1/q1_text", "The ambulance took three hours. Café staff helped."}});
    fixture.add({{"/data/q1/q1_text", "অ্যাম্বুলেন্স আসতে তিন ঘণ্টা লেগেছিল। আমার বাড়ি দূরে।"}}, "2023-01-20", "bn");
    fixture.add({{"/data/q1/q1_text", "وصلت سيارة الإسعاف بعد ثلاث ساعات إلى مستشفى"}}, "2023-01-20", "ar");
    fixture.add({{"/data/q1/q1_text", "救护车等了三个小时才到,急救人员很好。"}}, "2023-01-20", "zh");
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    CHECK(hits(opened, "ambulance") == 1);
    CHECK(hits(opened, "AMBUL") == 1);
    CHECK(hits(opened, "cafe") == 1);
    CHECK(hits(opened, "ambulance hours") == 1);
    CHECK(hits(opened, "ambulance minutes") == 0);
    CHECK(hits(opened, "\"three hours\"") == 1);
    CHECK(hits(opened, "\"hours three\"") == 0);
    CHECK(hits(opened, "mbulance") == 0);
    CHECK(hits(opened, "ঘণ্টা") == 1);
    CHECK(hits(opened, "অ্যাম্বুলেন্স") == 1);
    CHECK(hits(opened, "ঘণ") == 1);
    CHECK(hits(opened, "ঘোড়া") == 0);
    CHECK(hits(opened, "\u09AC\u09BE\u09DC\u09BF") == 1);        // the letter with a dot as one
    CHECK(hits(opened, "\u09AC\u09BE\u09A1\u09BC\u09BF") == 1);  // and as two
    CHECK(hits(opened, "الإسعاف") == 1);
    CHECK(hits(opened, "الاسعاف") == 1);  // without the hamza
    CHECK(hits(opened, "الإِسْعَاف") == 1);  // with vowel signs
    CHECK(hits(opened, "مستشفي") == 1);   // yeh for alef maksura
    CHECK(hits(opened, "急救") == 1);
    CHECK(hits(opened, "救护车") == 1);
    CHECK(hits(opened, "小时") == 1);
    CHECK(hits(opened, "时小") == 0);
    CHECK(hits(opened, "救") == 1);
}

TEST_CASE("whatever is typed as words to look for is no query language") {
    WorkspaceFixture fixture;
    fixture.add({{"/data/q1/q1_text", "a plain story about near and not"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    for (const char* typed : {"\"", "\"\"", "a OR b", "NEAR(a b)", "words:story", "-", "*", "(", "a* b^2", "\"open",
                              "'; DROP TABLE response; --", "\xF0\x9F\x9A\x91", "{x}", "a\\b", "+ -"}) {
        INFO(typed);
        CHECK(workspace::list(opened, Filter{.words = typed}, 0, 10).has_value());
    }
    CHECK(hits(opened, "near") == 1);
    CHECK(hits(opened, "NOT story") == 1);
    CHECK(hits(opened, "***") == 0);
    CHECK(hits(opened, "") == 1);
}

TEST_CASE("contact details are not searched") {
    WorkspaceFixture fixture;
    fixture.add({{"/data/contact/contact_name", "Zenobia"}, {"/data/q1/q1_text", "story"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    CHECK(hits(opened, "Zenobia") == 0);
    CHECK(hits(opened, "story") == 1);
}

TEST_CASE("each filter lets pass what it says, and all together") {
    WorkspaceFixture fixture;
    const auto answers = [](std::string respondent, std::string borough, std::string rating, std::string link,
                            std::string quote) {
        return std::vector<form::Answer>{{"/data/answering_as/respondent", std::move(respondent)},
                                         {"/data/your_link/link", std::move(link)},
                                         {"/data/your_link/borough", std::move(borough)},
                                         {"/data/q1/q1_rating", std::move(rating)},
                                         {"/data/quotation/quote", std::move(quote)}};
    };
    fixture.add(answers("myself", "camden", "1", "used_999 carer", "by_name"), "2023-01-10");
    fixture.add(answers("organisation", "camden", "2", "charity", "without_name"), "2023-01-24", "bn");
    fixture.add(answers("myself", "lambeth", "1", "used_999", "do_not_quote"), "2023-01-27");
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    const auto passing = [&](const Filter& filter) { return workspace::list(opened, filter, 0, 10).value().total; };
    const auto day = [](const char* text) { return base::parse_day(text).value(); };
    CHECK(passing({}) == 3);
    CHECK(passing({.respondent = "myself"}) == 2);
    CHECK(passing({.borough = "camden"}) == 2);
    CHECK(passing({.station = "Brixton Library"}) == 3);
    CHECK(passing({.station = "Elsewhere"}) == 0);
    CHECK(passing({.language = "bn"}) == 1);
    CHECK(passing({.until = day("2023-01-24")}) == 2);
    CHECK(passing({.from = day("2023-01-24")}) == 2);
    CHECK(passing({.from = day("2023-01-24"), .until = day("2023-01-24")}) == 1);
    CHECK(passing({.consent = exports::Consent::by_name}) == 1);
    CHECK(passing({.consent = exports::Consent::none}) == 1);
    CHECK(passing({.help = workspace::Help::assisted}) == 0);
    CHECK(passing({.help = workspace::Help::alone}) == 3);
    CHECK(passing({.answers = {{"q1_rating", "1"}}}) == 2);
    CHECK(passing({.answers = {{"link", "used_999"}}}) == 2);
    CHECK(passing({.answers = {{"link", "used_999"}, {"link", "carer"}}}) == 1);
    CHECK(passing({.answers = {{"link", "used"}}}) == 0);
    CHECK(passing({.respondent = "myself", .borough = "lambeth"}) == 1);

    const auto first = workspace::list(opened, {}, 0, 1).value();
    REQUIRE(first.responses.size() == 1);
    CHECK(first.responses[0].day == "2023-01-10");
    const auto id = first.responses[0].id;
    const std::string code = workspace::codebook(opened).value().at(0).name;
    REQUIRE(workspace::add_tag(opened, fixture.ada, id, code).has_value());
    REQUIRE(workspace::set_status(opened, fixture.ada, id, workspace::Status::done).has_value());
    CHECK(passing({.tag = code}) == 1);
    CHECK(passing({.tag = "other"}) == 0);
    CHECK(passing({.status = workspace::Status::done}) == 1);
    CHECK(passing({.status = workspace::Status::unread}) == 2);
    CHECK(workspace::list(opened, {}, 1, 1).value().responses.at(0).day == "2023-01-24");
}

// More responses than are sorted by themselves, where words are found in so many that the list is walked in its
// order.
TEST_CASE("a word that many wrote is counted and listed in the same order as one that few wrote") {
    WorkspaceFixture fixture;
    fixture.add({{"/data/q1/q1_text", "one"}});
    Workspace opened = fixture.open();
    fixture.take_in(opened);
    REQUIRE(workspace::list(opened, {}, 0, 1).value().total == 1);
    REQUIRE(opened.database()
                .run("WITH RECURSIVE n(i) AS (VALUES(2) UNION ALL SELECT i + 1 FROM n WHERE i < 12001) "
                     "INSERT INTO response SELECT i, randomblob(16), zeroblob(32), zeroblob(32), "
                     "date('2023-01-20', '+' || (i % 8) || ' days'), 'Hall', 'en', 0, 0, 'myself', "
                     "CASE i % 3 WHEN 0 THEN 'camden' ELSE 'croydon' END FROM n;"
                     "INSERT INTO text_index(rowid, words) SELECT id, 'often' || CASE id % 100 WHEN 0 THEN ' rarely' "
                     "ELSE '' END FROM response WHERE id > 1")
                .has_value());
    const auto expected = [&](const Filter& filter, auto passes) {
        std::vector<workspace::ResponseId> ids;
        for (const workspace::ResponseId id : ids_of(workspace::list(opened, {}, 0, 20'000).value())) {
            if (passes(id)) {
                ids.push_back(id);
            }
        }
        const auto all = workspace::list(opened, filter, 0, 20'000).value();
        CHECK(all.total == ids.size());
        CHECK(ids_of(all) == ids);
        const auto page = workspace::list(opened, filter, 30, 20).value();
        CHECK(page.total == ids.size());
        CHECK(ids_of(page) == std::vector(ids.begin() + 30, ids.begin() + 50));
    };
    expected({.words = "often"}, [](auto id) { return id > 1; });
    expected({.words = "rarely"}, [](auto id) { return id % 100 == 0; });
    expected({.borough = "camden", .words = "often"}, [](auto id) { return id > 1 && id % 3 == 0; });
    expected({.borough = "croydon", .words = "rarely"}, [](auto id) { return id % 100 == 0 && id % 3 != 0; });
}

}  // namespace
}  // namespace pillarbox::tests
