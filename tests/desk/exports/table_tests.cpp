// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "desk/exports/answer_table.hpp"
#include "desk/exports/display_width.hpp"
#include "desk/exports/words.hpp"
#include "example_form.hpp"

namespace pillarbox {

TEST_CASE("The table shows labels and choices in the language asked for") {
    const form::Form form = tests::example_form();
    const auto record = tests::record_of({{"/data/about/link", "used_999 council"}});
    const std::string english = exports::answer_table(form, record, {});
    CHECK(english.find("Your link") != std::string::npos);
    CHECK(english.find("I have used 999; Council") != std::string::npos);
    const std::string arabic = exports::answer_table(form, record, {.language = "ar"});
    CHECK(arabic.find("صلتك") != std::string::npos);
    CHECK(arabic.find("استخدمت الرقم 999") != std::string::npos);
}

TEST_CASE("The table sets each answer apart for right-to-left text") {
    const auto record = tests::record_of({{"/data/story", "مرحبا 999"}});
    const std::string table = exports::answer_table(tests::example_form(), record, {});
    CHECK(table.find("Your story") != std::string::npos);
    CHECK(table.find("\xE2\x81\xA8مرحبا 999\xE2\x81\xA9\n") != std::string::npos);
}

TEST_CASE("The table wraps long answers to its width and leaves them whole without wrapping") {
    const std::string words =
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
    const auto record = tests::record_of({{"/data/story", words}});
    const std::string narrow =
        exports::answer_table(tests::example_form(), record, {.language = {}, .width_cells = 60});
    CHECK(narrow.find(words) == std::string::npos);
    for (const std::string& line : exports::wrapped(narrow.substr(narrow.find('\n') + 1), 1000)) {
        CHECK(exports::display_width(line) <= 60);
    }
    const exports::TableStyle whole{.language = {}, .width_cells = exports::no_wrapping};
    CHECK(exports::answer_table(tests::example_form(), record, whole).find(words) != std::string::npos);
}

TEST_CASE("The table shows contact details in a block of their own") {
    const auto record = tests::record_of({{"/data/contact/email", "a@example.org"}, {"/data/story", "s"}});
    const std::string table = exports::answer_table(tests::example_form(), record, {});
    CHECK(table.find("Your story") < table.find("Contact details"));
    CHECK(table.find("Contact details") < table.find("a@example.org"));
}

TEST_CASE("The table names the instance of a repeat") {
    const auto record = tests::record_of({{"/data/trip[2]/stop[1]/minutes", "5"}});
    CHECK(exports::answer_table(tests::example_form(), record, {}).find("trip 2, stop 1, Minutes") !=
          std::string::npos);
}

TEST_CASE("Escape sequences and overrides in an answer never reach the terminal") {
    const std::string replacement = "\xEF\xBF\xBD";
    CHECK(exports::harmless("\x1B[2Jx") == replacement + "[2Jx");
    CHECK(exports::harmless("\xC2\x9B"
                            "31m") == replacement + "31m");
    CHECK(exports::harmless("a\xE2\x80\xAE"
                            "b") == "a" + replacement + "b");
    CHECK(exports::harmless("\xE2\x81\xA9x") == replacement + "x");
    CHECK(exports::harmless("\xFFx") == replacement + "x");
    CHECK(exports::harmless("a\tb\nc") == "a\tb\nc");
    CHECK(exports::harmless_line("a\tb\nc\x1B") == "a" + replacement + "b" + replacement + "c" + replacement);
}

TEST_CASE("Widths count marks as nothing and wide letters as two") {
    CHECK(exports::display_width("abc") == 3);
    CHECK(exports::display_width("مَن") == 2);
    CHECK(exports::display_width("e\xCC\x81") == 1);
    CHECK(exports::display_width("漢字") == 4);
    CHECK(exports::display_width("\xF0\x9F\x9A\x91") == 2);
    CHECK(exports::display_width("স্") == 1);
}

TEST_CASE("Wrapping breaks at spaces and inside words only where it must") {
    CHECK(exports::wrapped("one two three", 8) == std::vector<std::string>{"one two", "three"});
    CHECK(exports::wrapped("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
    CHECK(exports::wrapped("a\n\nb", 8) == std::vector<std::string>{"a", "", "b"});
    CHECK(exports::wrapped("", 8) == std::vector<std::string>{""});
    CHECK(exports::wrapped("漢字漢字", 3) == std::vector<std::string>{"漢", "字", "漢", "字"});
}

TEST_CASE("A choice that the list does not have stays as its name") {
    const form::Form form = tests::example_form();
    CHECK(exports::answer_in_words(form, *form.find("/data/about/link"), "council gone", "en") == "Council; gone");
}

}  // namespace pillarbox
