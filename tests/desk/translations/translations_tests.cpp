// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/translations/translations.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using namespace pillarbox::translations;

namespace {

const std::filesystem::path demo_locales = std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets/locales";

const campaign::Campaign& demo() {
    static const campaign::Campaign campaign = [] {
        const std::string path = PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx";
        return campaign::read_campaign_workbook(base::read_file(path, std::size_t{16} << 20U).value(), path).value();
    }();
    return campaign;
}

campaign::Campaign demo_with_title(const std::string& language, const std::string& title) {
    campaign::Campaign campaign = demo();
    campaign.texts["title"].set(language, title);
    return campaign;
}

const Report& of(const std::vector<Report>& reports, std::string_view language) {
    return *std::ranges::find(reports, language, &Report::language);
}

std::vector<Remark> of(const Report& report, Flaw flaw) {
    std::vector<Remark> found;
    std::ranges::copy_if(report.remarks, std::back_inserter(found),
                         [flaw](const Remark& remark) { return remark.flaw == flaw; });
    return found;
}

}  // namespace

TEST_CASE("the interface and the demo campaign are complete in all of the eighteen languages and in Easy Read") {
    const auto reports = check(demo(), nullptr, demo_locales).value();
    CHECK(demo().form->languages.size() == 19);
    CHECK(reports.size() == 18);
    for (const auto& report : reports) {
        INFO(report.language);
        if (report.language == "en-simple") {  // has the buttons of English
            CHECK(report.interface_texts == 0);
            CHECK(report.form_texts > 180);
            CHECK(report.remarks.empty());
            continue;
        }
        CHECK(report.review == messages::Review::unreviewed);
        CHECK(report.form_texts > 180);
        CHECK(report.interface_texts > 100);
        for (const auto& remark : report.remarks) {
            if (remark.flaw != Flaw::too_long) {
                FAIL_CHECK(describe({report}));
            }
        }
    }
}

TEST_CASE("a text whose English has changed is changed until its translation changes too") {
    const auto older = demo_with_title("en", "London Ambulance Service plan");
    const auto reports = check(demo(), &older, demo_locales).value();
    for (const auto& report : reports) {
        const auto changed = of(report, Flaw::changed);
        REQUIRE(changed.size() == 1);
        CHECK(changed.front().where == "campaign title");
    }
    const auto translated = demo_with_title("pl", "Inny tytuł");
    const auto after = check(translated, &older, demo_locales).value();
    CHECK(of(of(after, "pl"), Flaw::changed).empty());
    CHECK(of(of(after, "ro"), Flaw::changed).size() == 1);
    CHECK(count(of(check(demo(), &demo(), demo_locales).value(), "pl"), Flaw::changed) == 0);
}

TEST_CASE("a language without a catalogue lacks every text of the interface") {
    const tests::TemporaryFolder folder;
    const std::filesystem::path locales(folder.path());
    std::ofstream(locales / "messages.txt") << "Back\nNext\n";
    std::ofstream(locales / "pl.po") << "msgid \"Back\"\nmsgstr \"Wstecz\"\n\nmsgid \"Next\"\nmsgstr \"\"\n";
    const auto reports = check(demo(), nullptr, locales).value();
    CHECK(count(of(reports, "pl"), Flaw::untranslated) == 1);
    CHECK(count(of(reports, "fr"), Flaw::untranslated) == 2);
}

TEST_CASE("a reference that a translation lost is a flaw and a long translation a warning") {
    const auto lost = demo_with_title("pl", "Strategia {date}");
    CHECK(count(of(check(lost, nullptr, demo_locales).value(), "pl"), Flaw::placeholders) == 1);
    CHECK(is_too_long("Delete", "Proszę usunąć tę jedną literę"));
    CHECK_FALSE(is_too_long("Delete", "Proszę usunąć"));    // short all the same
    CHECK_FALSE(is_too_long("Delete it", "ক্ষ্ণক্ষ্ণক্ষ্ণক্ষ্ণ"));  // marks take no room
    CHECK(is_too_long("Delete it", "请把这一个字母从这里完全删除掉吧"));
}

TEST_CASE("the report names language place and texts") {
    const auto text = describe(check(demo_with_title("pl", "Strategia {date}"), nullptr, demo_locales).value());
    CHECK(text.find("pl, campaign title: other {placeholders} than the English: \"London Ambulance Service strategy "
                    "2023-28\" is \"Strategia {date}\"") != std::string::npos);
    CHECK(text.find("ur    Urdu        unreviewed") != std::string::npos);
}
