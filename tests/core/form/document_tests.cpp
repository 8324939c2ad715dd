// SPDX-License-Identifier: GPL-3.0-or-later
//
// docs/formats/form.md is true: its examples do what it says, and its list of functions is the list of functions.
#include <set>

#include "core/base/file.hpp"
#include "core/form/functions.hpp"
#include "scenario.hpp"

using pillarbox::tests::Scenario;

namespace {

std::string document() {
    const auto bytes = pillarbox::base::read_file(PILLARBOX_SOURCE_DIR "/docs/formats/form.md", 1'000'000);
    REQUIRE(bytes.has_value());
    return std::string(pillarbox::base::text_of(*bytes));
}

// The text between "```name" and "```", with its last line break.
std::string block(const std::string& text, const std::string& name) {
    const std::size_t start = text.find("```" + name + "\n");
    REQUIRE(start != std::string::npos);
    const std::size_t first = start + name.size() + 4;
    return text.substr(first, text.find("```", first) - first);
}

}  // namespace

TEST_CASE("the example of the form document answers as it says") {
    const std::string text = document();
    Scenario scenario(block(text, "form"));
    scenario.answer("/data/who", "self");
    scenario.answer("/data/age", "42");
    std::string answers;
    for (const std::string& line : scenario.answers()) {
        answers += line + "\n";
    }
    CHECK(answers == block(text, "answers"));
    CHECK(scenario.problems().empty());
}

TEST_CASE("the refused example of the form document is refused as it says") {
    const std::string text = document();
    std::string problems;
    for (const auto& error :
         pillarbox::form::check_workbook(pillarbox::tests::workbook_of(block(text, "refused")), "form.xlsx")) {
        problems += error.describe() + "\n";
    }
    CHECK(problems == block(text, "problems"));
}

TEST_CASE("the demo campaign's workbook is read without a problem") {
    const auto bytes = pillarbox::base::read_file(
        PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx", 1'000'000);
    REQUIRE(bytes.has_value());
    CHECK(pillarbox::form::check_workbook(*bytes, "form.xlsx").empty());
}

TEST_CASE("the form document lists the functions that there are and no others") {
    std::set<std::string> there_are;
    for (const auto table : {pillarbox::form::text_functions(), pillarbox::form::number_functions(),
                             pillarbox::form::date_functions(), pillarbox::form::node_functions(),
                             pillarbox::form::select_functions(), pillarbox::form::document_functions(),
                             pillarbox::form::geometry_functions(), pillarbox::form::random_functions()}) {
        for (const auto& function : table) {
            if (function.use != pillarbox::form::Use::documents) {
                there_are.insert(std::string(function.name));
            }
        }
    }
    const std::string text = document();
    const std::size_t first = text.find("- Text: ");
    const std::size_t last = text.find("\n\n", first);
    std::set<std::string> listed;
    for (std::size_t at = text.find('`', first); at < last; at = text.find('`', text.find('`', at + 1) + 1)) {
        listed.insert(text.substr(at + 1, text.find("()`", at) - at - 1));
    }
    CHECK(listed == there_are);
}
