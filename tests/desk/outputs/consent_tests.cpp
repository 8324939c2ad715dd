// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/pdf.hpp"
#include "made_outputs.hpp"

namespace pillarbox::tests {
namespace {

// Who is told of in an output, held against what each allowed. How many may be quoted in it.
std::size_t check_quoting(const std::vector<Somebody>& everybody, const std::string& output,
                          const std::set<std::string>& words) {
    std::size_t quoted = 0;
    for (const Somebody& one : everybody) {
        CAPTURE(output, one.quote, one.respondent, one.under_18, one.name_asked_in, one.text);
        CHECK(words.contains(one.story) == one.may_be_quoted());
        CHECK_FALSE(words.contains(one.staff));
        CHECK_FALSE(words.contains(one.note));
        CHECK_FALSE(words.contains(one.office));
        if (!one.name.empty()) {
            CHECK(words.contains(one.name) == (one.may_be_quoted() && one.may_be_named()));
        }
        CHECK(words.contains(one.organisation) == (one.may_be_quoted() && one.organisation_may_be_named()));
        quoted += one.may_be_quoted() ? 1U : 0U;
    }
    return quoted;
}

void check_passing_on(const std::vector<Somebody>& everybody, const std::string& output,
                      const std::set<std::string>& words) {
    for (const Somebody& one : everybody) {
        CAPTURE(output, one.quote, one.respondent, one.under_18, one.name_asked_in, one.text);
        CHECK(words.contains(one.story) == one.may_be_passed_on());
        for (const std::string& never : {one.name, one.organisation, one.staff, one.note, one.office}) {
            CHECK_FALSE((!never.empty() && words.contains(never)));
        }
    }
}

}  // namespace

TEST_CASE("no output quotes or names anybody beyond their consent, over all combinations") {
    OutputsFixture fixture(1);
    REQUIRE(fixture.everybody.size() == 5 * 4 * 3 * 3 * 4);
    const Outputs made = fixture.make_all("first");
    for (const char* output : {"report.html", "report.odt", "quotes bank"}) {
        const std::size_t quoted = check_quoting(fixture.everybody, output, words_in(made.at(output)));
        CHECK(quoted > 100);
        CHECK(quoted < fixture.everybody.size() / 2);
    }
    check_passing_on(fixture.everybody, "anonymised CSV", words_in(made.at("anonymised responses.csv")));
    check_passing_on(fixture.everybody, "anonymised JSON", words_in(made.at("anonymised responses.json")));
    check_passing_on(fixture.everybody, "open package", words_in(made.at("open package")));
    // The committee's own: everything, as redacted; and the archive's closed packages: everything as it was given. By
    // these the search above is known to find what is there.
    const auto full = words_in(made.at("full export"));
    const auto closed = words_in(made.at("closed packages"));
    const auto elsewhere = words_in(made.at("anonymised codebook.csv") + made.at("release.json"));
    for (const Somebody& one : fixture.everybody) {
        CAPTURE(one.text);
        CHECK(full.contains(one.story));
        CHECK(full.contains(one.office));
        CHECK_FALSE(full.contains(one.staff));
        CHECK(closed.contains(one.story));
        CHECK(closed.contains(one.staff));
        CHECK_FALSE(closed.contains(one.note));
        CHECK((one.name.empty() || (full.contains(one.name) && closed.contains(one.name))));
        CHECK_FALSE(elsewhere.contains(one.story));
    }
}

TEST_CASE("no printed report quotes or names anybody beyond their consent, over every seventh combination") {
    if (!fs::exists(report::debian_browser) || !is_installed("pdftotext")) {
        WARN("SKIPPED: chromium or pdftotext is not installed");
        return;
    }
    OutputsFixture fixture(7);
    Outputs made;
    fixture.make_report(fixture.temporary / "report", made, {"--pdf"});
    const Outcome read = run_program({"pdftotext", (fixture.temporary / "report/report.pdf").string(), "-"});
    REQUIRE(read.exit_code == 0);
    CHECK(check_quoting(fixture.everybody, "report.pdf", words_in(read.output)) > 10);
}

}  // namespace pillarbox::tests
