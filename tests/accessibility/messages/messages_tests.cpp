// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "accessibility/messages/messages.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using namespace pillarbox::messages;

namespace {
constexpr const char* polish = R"(msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"
"X-Pillarbox-Review: reviewed\n"

msgid "Next"
msgstr "Dalej"

msgctxt "keyboard"
msgid "Done"
msgstr "Gotowe"

#, fuzzy
msgid "Back"
msgstr "Wstecz?"

msgid "{count} envelope"
msgid_plural "{count} envelopes"
msgstr[0] "{count} koperta"
msgstr[1] "{count} koperty"
msgstr[2] "{count} kopert"
)";

std::filesystem::path write(const tests::TemporaryFolder& folder, const char* name, std::string_view text) {
    const auto path = std::filesystem::path(folder.path()) / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
}
}  // namespace

TEST_CASE("a translation is found by language and English text") {
    const tests::TemporaryFolder folder;
    write(folder, "pl.po", polish);
    const auto messages = Messages::load(folder.path()).value();
    CHECK(messages.text("pl", "Next") == "Dalej");
    CHECK(messages.text("pl-PL", "Next") == "Dalej");
    CHECK(messages.text_in_context("pl", "keyboard", "Done") == "Gotowe");
    CHECK(messages.text("pl", "Done") == "Done");
    CHECK(messages.text("pl", "Back") == "Back");  // fuzzy
    CHECK(messages.text("en", "Next") == "Next");
    CHECK(messages.text("zz", "Next") == "Next");
    CHECK(messages.review_of("pl") == Review::reviewed);
    CHECK(messages.plural("pl", "{count} envelope", "{count} envelopes", 1) == "{count} koperta");
    CHECK(messages.plural("pl", "{count} envelope", "{count} envelopes", 22) == "{count} koperty");
    CHECK(messages.plural("pl", "{count} envelope", "{count} envelopes", 12) == "{count} kopert");
    CHECK(messages.plural("en", "{count} envelope", "{count} envelopes", 2) == "{count} envelopes");
}

TEST_CASE("a catalogue that is only looked at is English until it is needed") {
    const tests::TemporaryFolder folder;
    write(folder, "pl.po", polish);
    write(folder, "ro.po", "rubbish\n");
    auto messages = Messages::open(folder.path()).value();
    CHECK(messages.languages() == std::vector<std::string>{"pl", "ro"});
    CHECK(messages.text("pl", "Next") == "Next");
    CHECK(messages.need("pl-PL").has_value());
    CHECK(messages.text("pl", "Next") == "Dalej");
    CHECK(messages.review_of("pl") == Review::reviewed);
    CHECK(messages.need("pl").has_value());
    CHECK(messages.need("xx").has_value());
    CHECK(messages.need("ro").error().code == base::ErrorCode::malformed);
    CHECK(messages.text("ro", "Next") == "Next");
}

TEST_CASE("a damaged catalogue is an error that names the file and line") {
    const tests::TemporaryFolder folder;
    const auto text =
        GENERATE("msgid \"Next\"\nmsgstr \"Dalej\n", "not a po file at all\n", "msgid \"a\"\nmsgid \"b\"\n",
                 "msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n", "msgid \"a\"\nmsgstr \"\xff\"\n");
    write(folder, "pl.po", text);
    const auto messages = Messages::load(folder.path());
    REQUIRE_FALSE(messages.has_value());
    CHECK(messages.error().code == base::ErrorCode::malformed);
    CHECK(messages.error().where.find("pl.po") != std::string::npos);
    write(folder, "pl.po", polish);
    CHECK(Messages::load(folder.path()).has_value());  // the reader works again after a mistake
}

TEST_CASE("a file with a hundred mistakes does not end the program") {
    const tests::TemporaryFolder folder;
    std::string text;
    for (int line = 0; line < 100; ++line) {
        text += "rubbish\n";
    }
    write(folder, "pl.po", text);
    CHECK_FALSE(Messages::load(folder.path()).has_value());
}

TEST_CASE("a missing folder is an error") {
    CHECK(Messages::load("/nowhere/at/all").error().code == base::ErrorCode::not_found);
}

TEST_CASE("a plural rule that can't be read is refused") {
    CHECK(PluralRule::parse("nplurals=2; plural=n != 1;").has_value());
    CHECK(PluralRule::parse("nplurals=1; plural=0;")->form_of(5) == 0);
    CHECK(PluralRule::parse("nplurals=2; plural=n/0;")->form_of(5) == 1);
    CHECK(PluralRule::parse("nplurals=2; plural=n-7;")->form_of(5) == 1);
    CHECK_FALSE(PluralRule::parse("nplurals=0; plural=0;").has_value());
    CHECK_FALSE(PluralRule::parse("nplurals=2; plural=system(1);").has_value());
    CHECK_FALSE(PluralRule::parse("nplurals=2; plural=(n;").has_value());
    CHECK_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(500, '(')).has_value());
    CHECK_FALSE(PluralRule::parse("").has_value());
}

TEST_CASE("values are filled in by name and never looked into") {
    CHECK(fill("Question {number} of {total}", {{"number", "2"}, {"total", "9"}}) == "Question 2 of 9");
    CHECK(fill("{a}{b}", {{"a", "{b}"}, {"b", "x"}}) == "{b}x");
    CHECK(fill("{unknown} {open", {}) == "{unknown} {open");
}

TEST_CASE("the check finds what a translator has still to do") {
    const tests::TemporaryFolder folder;
    const auto path = write(folder, "pl.po",
                            "msgid \"a {x}\"\nmsgstr \"b {y}\"\n\nmsgid \"c\"\nmsgstr \"\"\n\n"
                            "#, fuzzy\nmsgid \"e\"\nmsgstr \"f\"\n");
    std::vector<std::string> sentences;
    const auto findings = check_catalogue(path, {"a {x}", "d"}).value();
    for (const auto& finding : findings) {
        sentences.push_back(describe(finding));
    }
    CHECK(sentences == std::vector<std::string>{
                           "The translation of \"a {x}\" has other {placeholders} than the English.",
                           "\"c\" is not translated.",
                           "\"e\" is fuzzy.",
                           "\"d\" is not translated.",
                       });
}

TEST_CASE("every message of the screens is translated into every language that has a catalogue") {
    const std::filesystem::path locales = std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets/locales";
    const auto texts = interface_texts(locales).value();
    REQUIRE(texts.size() > 50);
    const auto messages = Messages::load(locales).value();
    for (const auto& language : messages.languages()) {
        const auto findings = check_catalogue(locales / (language + ".po"), texts).value();
        for (const auto& finding : findings) {
            FAIL_CHECK(language << ": " << describe(finding));
        }
        INFO(language);
        CHECK(messages.review_of(language) == Review::unreviewed);  // until a native speaker says otherwise
    }
    CHECK(messages.languages().size() == 17);
    CHECK(messages.text("ar", "Next") == "التالي");
    CHECK(messages.text("bn", "Back") == "পেছনে");
    CHECK(messages.plural("ar", "{count} second left", "{count} seconds left", 3) == "بقيت {count} ثوانٍ");
}
