// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names, digits, dates and plurals of the languages, against examples and against CLDR as the ICU library has it.
#include "accessibility/messages/languages.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/plurrule.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "accessibility/messages/messages.hpp"

using namespace pillarbox;
using namespace pillarbox::messages;

namespace {

// Ours is the Portuguese of Portugal; CLDR's "pt" alone is Brazil's.
icu::Locale locale_of(std::string_view language) {
    return icu::Locale(language == "pt" ? "pt_PT" : std::string(language).c_str(), nullptr, nullptr,
                       "calendar=gregorian");
}

std::string utf8(const icu::UnicodeString& text) {
    std::string result;
    return text.toUTF8String(result);
}

std::vector<std::string> months_of_cldr(std::string_view language) {
    UErrorCode problem = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(locale_of(language), problem);
    REQUIRE(U_SUCCESS(problem));
    int32_t count = 0;
    const auto* months = symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
    std::vector<std::string> result;
    for (int32_t month = 0; month < count; ++month) {
        result.push_back(utf8(months[month]));
    }
    return result;
}

}  // namespace

TEST_CASE("each language has its own name and direction") {
    CHECK(languages().size() == 19);
    CHECK(own_name_of("ar-EG") == "العربية");
    CHECK(own_name_of("en-XA") == "English (XA)");
    CHECK(own_name_of("xx") == "xx");
}

TEST_CASE("Easy Read has a name of its own and the digits and direction of its language") {
    CHECK(own_name_of("en-simple") == "Easy Read");
    CHECK(own_name_of("es-simple") == "Lectura fácil");
    CHECK(own_name_of("ar-simple") == "العربية (Easy Read)");
    CHECK(is_easy_read("en-simple"));
    CHECK_FALSE(is_easy_read("en"));
    CHECK(direction_of("ar-simple") == TextDirection::right_to_left);
    CHECK(format_number("bn-simple", 12) == format_number("bn", 12));
    for (const auto& language : languages()) {
        const bool runs_left = language.code == "ar" || language.code == "fa" || language.code == "ur";
        CHECK((direction_of(language.code) == TextDirection::right_to_left) == runs_left);
    }
}

TEST_CASE("dates and numbers are written in each language's own way") {
    const auto day = base::parse_day("2023-01-27").value();
    const std::map<std::string, std::string> expected{
        {"en", "27 January 2023"},   {"ro", "27 ianuarie 2023"},    {"es", "27 de enero de 2023"},
        {"pl", "27 stycznia 2023"},  {"bn", "২৭ জানুয়ারি ২০২৩"},     {"pt", "27 de janeiro de 2023"},
        {"gu", "27 જાન્યુઆરી, 2023"},  {"it", "27 gennaio 2023"},     {"pa", "27 ਜਨਵਰੀ 2023"},
        {"ar", "27 يناير 2023"},     {"ta", "27 ஜனவரி, 2023"},      {"tr", "27 Ocak 2023"},
        {"fr", "27 janvier 2023"},   {"ur", "27 جنوری، 2023"},      {"zh", "2023年1月27日"},
        {"so", "27 Jannaayo 2023"},  {"hi", "27 जनवरी 2023"},       {"fa", "۲۷ ژانویهٔ ۲۰۲۳"},
        {"bg", "27 януари 2023 г."}, {"pl-PL", "27 stycznia 2023"}, {"xx", "2023-01-27"},
    };
    for (const auto& [language, text] : expected) {
        INFO(language);
        CHECK(format_date(language, day) == text);
    }
    for (const auto& language : languages()) {
        CHECK(expected.contains(std::string(language.code)));
    }
    CHECK(format_number("bn", 1234) == "১২৩৪");
    CHECK(format_number("fa", 10) == "۱۰");
    CHECK(format_number("ur", 10) == "10");
}

// Bengali's and Somali's stand in a newer spelling than older CLDR has, and Chinese writes the month's number.
TEST_CASE("the months are CLDR's") {
    for (const auto& language : languages()) {
        if (language.code == "bn" || language.code == "so" || language.code == "zh") {
            continue;
        }
        INFO(language.code);
        const auto months = months_of_cldr(language.code);
        REQUIRE(months.size() == 12);
        for (unsigned month = 1; month <= 12; ++month) {
            const auto day = base::Day(std::chrono::year(2023) / std::chrono::month(month) / std::chrono::day(1));
            CHECK(format_date(language.code, day).find(" " + months[month - 1]) != std::string::npos);
        }
    }
}

// Two counts share a form exactly where they share CLDR's category.
TEST_CASE("the plural rule of every catalogue is CLDR's for whole numbers up to a thousand") {
    const auto messages = Messages::load(std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets/locales").value();
    REQUIRE(messages.languages().size() > 9);
    for (const auto& language : messages.languages()) {
        INFO(language);
        UErrorCode problem = U_ZERO_ERROR;
        const std::unique_ptr<icu::PluralRules> rules(
            icu::PluralRules::forLocale(locale_of(language), UPLURAL_TYPE_CARDINAL, problem));
        REQUIRE(U_SUCCESS(problem));
        std::map<std::string, std::size_t> form_of_category;
        std::map<std::size_t, std::string> category_of_form;
        int different = 0;
        const auto& rule = *messages.plural_rule_of(language);
        for (int count = 0; count <= 1000; ++count) {
            const auto form = rule.form_of(static_cast<std::uint64_t>(count));
            const auto category = utf8(rules->select(count));
            different += form_of_category.emplace(category, form).first->second == form ? 0 : 1;
            different += category_of_form.emplace(form, category).first->second == category ? 0 : 1;
        }
        CHECK(different == 0);
        CHECK(form_of_category.size() == rule.form_count());
    }
}
