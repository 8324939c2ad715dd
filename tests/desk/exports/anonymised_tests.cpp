// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "desk/exports/anonymised.hpp"
#include "desk/exports/consent.hpp"
#include "evidence_people.hpp"
#include "file_texts.hpp"

namespace pillarbox {
namespace {

using exports::Consent;
using exports::Record;
using tests::everybody;
using tests::Person;
using tests::story;

exports::Anonymised anonymised(const form::Form& form, exports::RecordSource& records) {
    return exports::Anonymised::of(form, records).value();
}

std::string everything_written(const form::Form& form, const std::vector<Record>& records) {
    exports::RecordList list(records);
    exports::Anonymised safe = anonymised(form, list);
    std::string all = tests::json_of(safe, safe.form()) + exports::codebook_csv(safe.form());
    exports::DataFiles files = exports::responses_csv(safe.form());
    exports::append(files, exports::contacts_csv(safe.form()));
    for (const tests::FileText& file : tests::texts_of(safe, files)) {
        all += file.text;
    }
    return all;
}

std::vector<Record> many(std::size_t count, const std::string& station, const std::string& borough,
                         std::uint8_t first) {
    std::vector<Record> records;
    for (std::size_t index = 0; index < count; ++index) {
        records.push_back(tests::record_of({{"/data/respondent", "myself"}, {"/data/borough", borough}},
                                           static_cast<std::uint8_t>(first + index)));
        records.back().station = station;
    }
    return records;
}

}  // namespace

TEST_CASE("No anonymised file holds a name, an address or a text beyond consent, over all combinations") {
    const form::Form form = tests::evidence_form();
    for (const Person& person : everybody()) {
        const std::string written = everything_written(form, {person.record(1)});
        const bool quotable = person.quote == "by_name" || person.quote == "without_name";
        CAPTURE(person.quote, person.under_18, person.respondent, person.contact_name, person.quote_name);
        CHECK((written.find(story) != std::string::npos) == quotable);
        for (const std::string identifying : {"Xavier", "Yolanda", "Zebra", "xavier@example.org", "16_17", "Brixton",
                                              "uuid:1b4e28ba", "contact", "about_you", "under_18"}) {
            CAPTURE(identifying);
            CHECK(written.find(identifying) == std::string::npos);
        }
    }
}

TEST_CASE("An attribution names nobody beyond their consent, over all combinations") {
    for (const Person& person : everybody()) {
        CAPTURE(person.quote, person.under_18, person.respondent, person.contact_name, person.quote_name);
        const std::string words = exports::attribution_of(person.record(1));
        const bool named = person.quote == "by_name" && person.under_18 != "yes";
        const bool quotable = person.quote == "by_name" || person.quote == "without_name";
        CHECK(words.empty() == !quotable);
        const bool has_name = !person.contact_name.empty() || !person.quote_name.empty();
        CHECK((words.find("Yolanda") != std::string::npos) == (named && !person.quote_name.empty()));
        CHECK((words.find("Xavier") != std::string::npos) ==
              (named && person.quote_name.empty() && !person.contact_name.empty()));
        CHECK((words.find("Zebra") != std::string::npos) ==
              (named && has_name && person.respondent == "organisation"));
    }
}

TEST_CASE("A text in which people give themselves away is not quoted without their name") {
    Person person{"without_name", "no", "myself", "Xavier Contact", ""};
    const Record record = person.record(1);
    CHECK(exports::may_quote(record, story));
    CHECK_FALSE(exports::may_quote(record, "I, XAVIER, waited"));
    CHECK_FALSE(exports::may_quote(record, "write to someone@example.org"));
    CHECK_FALSE(exports::may_quote(record, "ring 020 7946 0000"));
    CHECK(exports::may_quote(record, "It took 45 minutes on 12 May"));
    person.quote = "by_name";
    CHECK(exports::may_quote(person.record(1), "I, Xavier, waited"));
    CHECK_FALSE(exports::may_quote(person.record(1), "ring 020 7946 0000"));
}

TEST_CASE("A station is told only where ten alike answered there, a borough where five did") {
    const form::Form form = tests::evidence_form();
    std::vector<Record> records = many(10, "Brixton Library", "lambeth", 1);
    const auto some = many(9, "Sutton Hall", "sutton", 50);
    const auto few = many(4, "Camden Hall", "camden", 100);
    records.insert(records.end(), some.begin(), some.end());
    records.insert(records.end(), few.begin(), few.end());
    const std::string written = everything_written(form, records);
    exports::RecordList list(records);
    exports::Anonymised safe = anonymised(form, list);
    const std::string data = tests::json_of(safe, safe.form());
    CHECK(data.find("Brixton Library") != std::string::npos);
    CHECK(written.find("Sutton Hall") == std::string::npos);
    CHECK(data.find("sutton") != std::string::npos);
    CHECK(written.find("Camden Hall") == std::string::npos);
    CHECK(data.find("camden") == std::string::npos);
}

TEST_CASE("An anonymised export gives weeks, and does not depend on the order in which responses come") {
    const form::Form form = tests::evidence_form();
    std::vector<Record> records = many(12, "Brixton Library", "lambeth", 1);
    records[3].submission.day = base::parse_day("2023-01-18").value();
    records[5].submission.kind = submission::Kind::test;
    exports::RecordList list(records);
    exports::Anonymised first = anonymised(form, list);
    CHECK(first.size() == 11);
    CHECK(base::format_day(first.at(0)->submission.day) == "2023-01-16");
    CHECK(exports::key_of(*first.at(0)) == "uuid:00000000-0000-4000-8000-000000000001");
    const std::string before = tests::json_of(first, first.form());
    std::ranges::reverse(records);
    exports::Anonymised second = anonymised(form, list);
    CHECK(before == tests::json_of(second, second.form()));
}

}  // namespace pillarbox
