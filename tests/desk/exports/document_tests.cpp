// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worked example of docs/cli.md is what the code writes.
#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "desk/exports/csv.hpp"
#include "desk/exports/json.hpp"
#include "example_form.hpp"
#include "file_texts.hpp"

namespace pillarbox {
namespace {

// The lines of a file that is written, without byte order mark and line ends.
std::vector<std::string> lines_of(std::string text) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.erase(0, 3);
    }
    std::vector<std::string> lines;
    std::string line;
    for (const char letter : text) {
        if (letter == '\n') {
            lines.push_back(line);
            line.clear();
        } else if (letter != '\r') {
            line += letter;
        }
    }
    return lines;
}

}  // namespace

TEST_CASE("The worked example of the command document is what the exports write") {
    const base::Bytes bytes =
        base::read_file(std::filesystem::path(PILLARBOX_SOURCE_DIR) / "docs/cli.md", std::size_t{1} << 20U).value();
    const std::string document(base::text_of(bytes));
    const form::Form form = tests::example_form();
    const auto record = tests::record_of({{"/data/about/link", "council"},
                                          {"/data/about/age", "41"},
                                          {"/data/story", "=1+1, she said \"no\""},
                                          {"/data/trip[1]/place", "Brixton"},
                                          {"/data/trip[1]/stop[2]/minutes", "2.5"},
                                          {"/data/contact/email", "a@example.org"}});
    auto files = tests::responses_csv(form, {record});
    files.push_back(tests::contacts_csv(form, {record}).at(0));
    files.push_back({"responses.json", tests::responses_json(form, {record})});
    for (const tests::FileText& file : files) {
        for (const std::string& line : lines_of(file.text)) {
            INFO(file.file_name << ": " << line);
            CHECK(document.find(line + "\n") != std::string::npos);
        }
    }
}

}  // namespace pillarbox
