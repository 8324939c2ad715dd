// SPDX-License-Identifier: GPL-3.0-or-later
//
// code_responses WORKSPACE IDENTITY: codes the responses of a workspace by a rule, as officers would by hand, and
// prints what it did as JSON, for recompute.py: {"tags": [{"response", "path", "theme"}], "themes": the wider
// theme of each.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "core/base/check.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/quotes.hpp"
#include "desk/workspace/report_lines.hpp"
#include "desk/workspace/responses.hpp"

namespace {

using namespace pillarbox;

constexpr std::array<std::string_view, 3> questions = {"q1", "q2", "q5"};

base::Result<nlohmann::json> code_all(workspace::Workspace& workspace, const workspace::Editor& editor) {
    TRY(workspace::set_code(workspace, editor, {"waits", "Waits at hospital doors", "Service & care"}));
    TRY(workspace::set_code(workspace, editor, {"staff", "Pay & <conditions>"}));
    TRY(workspace::set_code(workspace, editor, {"rare", "Something rare", "Service & care"}));
    TRY(workspace::add_report_line(workspace, editor, workspace::ReportPart::finding, "Waits come first."));
    nlohmann::json tags = nlohmann::json::array();
    std::size_t number = 0;
    for (const workspace::Listed& listed : TRY(workspace::list(workspace, {}, 0, 1'000'000)).responses) {
        const exports::Record record = TRY(workspace::read_response(workspace, listed.id));
        const exports::AnswerIndex answers(record.submission);
        const auto tag = [&](const std::string& code, const std::string& path) -> base::Result<void> {
            tags.push_back({{"response", exports::key_of(record)}, {"path", path}, {"theme", code}});
            return workspace::add_tag(workspace, editor, listed.id, code, path);
        };
        for (const std::string_view question : questions) {
            const std::string path = fmt::format("/data/{0}/{0}_text", question);
            const std::string& answer = answers.at(path);
            if (!answer.empty()) {
                TRY(tag(number % 97 == 0 ? "rare" : number % 2 == 0 ? "waits" : "staff", path));
                // Refused where it may not be quoted.
                static_cast<void>(workspace::pick_quote(workspace, editor, listed.id, {path, 0, answer.size()}));
            }
        }
        if (number % 5 == 0) {
            TRY(tag("staff", {}));
        }
        ++number;
    }
    return tags;
}

}  // namespace

int main(int count, char** words) {
    PILLARBOX_CHECK(count == 3);
    const auto identities = keys::read_sealing_key(words[2], {});
    PILLARBOX_CHECK(identities.has_value());
    auto opened = workspace::Workspace::open(words[1], *identities);
    PILLARBOX_CHECK(opened.has_value());
    const auto tags = code_all(*opened, {"Ada", base::parse_day("2023-01-28").value()});
    PILLARBOX_CHECK(tags.has_value());
    fmt::print("{}\n", nlohmann::json(
                           {{"tags", *tags}, {"themes", {{"waits", "Service & care"}, {"rare", "Service & care"}}}})
                           .dump());
}
