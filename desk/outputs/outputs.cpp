// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/outputs/outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/base/file.hpp"
#include "core/batch/batch.hpp"
#include "core/zip/writer.hpp"
#include "desk/exports/anonymised.hpp"
#include "desk/exports/csv_text.hpp"
#include "desk/exports/json.hpp"
#include "desk/workspace/officer_fields.hpp"
#include "desk/workspace/report_lines.hpp"
#include "desk/workspace/withdrawal.hpp"

namespace pillarbox::outputs {
namespace {

using workspace::Workspace;

std::string until_in_words(std::optional<base::Day> until) {
    return until.has_value() ? ", until " + base::format_day(*until) : std::string();
}

base::Result<std::vector<std::string>> texts_of(Workspace& workspace, workspace::ReportPart part) {
    std::vector<std::string> texts;
    for (workspace::ReportLine& line : TRY(workspace::report_lines(workspace, part))) {
        texts.push_back(std::move(line.text));
    }
    return texts;
}

base::Result<std::vector<report::Ledger>> earlier_of(Workspace& workspace, const ReportOrder& order) {
    std::vector<report::Ledger> earlier = order.earlier;
    for (const std::string& json : TRY(workspace::releases(workspace))) {
        earlier.push_back(TRY(report::Ledger::read(json, workspace.folder().string())));
    }
    return earlier;
}

std::vector<exports::NamedText> data_files(const form::Form& form, const std::vector<exports::Record>& records) {
    std::vector<exports::NamedText> files = exports::responses_csv(form, records);
    files.push_back({"responses.json", exports::responses_json(form, records)});
    files.push_back(exports::codebook_csv(form));
    return files;
}

// KEY and a column for each of the officers' questions; a row for each response that has an answer to any.
base::Result<std::vector<exports::NamedText>> officers_csv(Workspace& workspace,
                                                           const workspace::Snapshot& snapshot) {
    const auto fields = TRY(workspace::officer_fields(workspace));
    if (fields.empty()) {
        return std::vector<exports::NamedText>{};
    }
    std::map<workspace::ResponseId, std::map<std::string, std::string>> by_response;
    for (workspace::OfficerAnswer& answer : TRY(workspace::all_officer_answers(workspace))) {
        by_response[answer.response][answer.field] = std::move(answer.value);
    }
    exports::CsvText csv;
    csv.cell("KEY");
    for (const workspace::OfficerField& field : fields) {
        csv.cell(field.name);
    }
    csv.end_row();
    for (std::size_t index = 0; index < snapshot.records.size(); ++index) {
        const auto found = by_response.find(snapshot.ids[index]);
        if (found == by_response.end()) {
            continue;
        }
        csv.cell(exports::key_of(snapshot.records[index]));
        for (const workspace::OfficerField& field : fields) {
            csv.cell(found->second[field.name]);
        }
        csv.end_row();
    }
    return std::vector<exports::NamedText>{{"officers.csv", csv.text()}};
}

// What officers tagged, whoever of them did: a row for each code of a response or of one of its answers.
std::vector<exports::NamedText> coding_csv(const workspace::Snapshot& snapshot) {
    if (snapshot.tags.empty()) {
        return {};
    }
    std::set<std::tuple<submission::Uuid, std::string, std::string>> once;
    for (const workspace::SnapshotTag& tag : snapshot.tags) {
        once.insert({tag.response, tag.path, tag.code});
    }
    exports::CsvText csv;
    for (const std::string_view name : {"KEY", "ANSWER", "CODE", "LABEL", "THEME"}) {
        csv.cell(name);
    }
    csv.end_row();
    for (const auto& [response, path, name] : once) {
        const auto code = std::ranges::find(snapshot.codes, name, &workspace::Code::name);
        csv.cell("uuid:" + submission::format_uuid(response));
        csv.cell(path);
        csv.cell(name);
        csv.cell(code == snapshot.codes.end() ? std::string() : code->label);
        csv.cell(code == snapshot.codes.end() ? std::string() : code->theme);
        csv.end_row();
    }
    return {{"coding.csv", csv.text()}};
}

}  // namespace

report::Coding coding_of(const workspace::Snapshot& snapshot) {
    report::Coding coding;
    for (const workspace::Code& code : snapshot.codes) {
        coding.themes.push_back({code.name, code.label, code.theme});
    }
    std::map<submission::Uuid, std::map<std::string, std::set<std::string>>> themes;  // by answer
    for (const workspace::SnapshotTag& tag : snapshot.tags) {
        coding.tags.push_back({tag.response, tag.path, tag.code});
        themes[tag.response][tag.path].insert(tag.code);
    }
    for (const workspace::Quote& quote : snapshot.quotes) {
        // Under the theme that its answer has, else its response; under none where that does not tell.
        const auto& of_response = themes[quote.uuid];
        std::string theme;
        for (const std::string& path : {quote.passage.path, std::string()}) {
            const auto found = of_response.find(path);
            if (theme.empty() && found != of_response.end()) {
                theme = *found->second.begin();
            }
        }
        coding.quotes.push_back({quote.uuid, quote.passage.path, quote.text, theme});
    }
    std::ranges::stable_sort(coding.quotes, {}, &report::ChosenQuote::theme);
    return coding;
}

base::Result<report::Report> make_report(Workspace& workspace, const workspace::Editor& editor,
                                         const ReportOrder& order) {
    const workspace::Snapshot snapshot = TRY(workspace::take_snapshot(workspace, order.until));
    report::Evidence evidence;
    evidence.campaign = &workspace.campaign();
    evidence.records = &snapshot.records;
    evidence.coding = coding_of(snapshot);
    evidence.coding.findings = TRY(texts_of(workspace, workspace::ReportPart::finding));
    evidence.coding.recommendations = TRY(texts_of(workspace, workspace::ReportPart::recommendation));
    evidence.kind = order.kind;
    evidence.until = order.until;
    const std::vector<report::Ledger> earlier = TRY(earlier_of(workspace, order));
    report::Report made = TRY(report::make_report(evidence, earlier, order.browser));
    made.quotes_withheld += snapshot.quotes_withheld;
    if (order.release == Release::given_out) {
        const auto ledger = std::ranges::find(made.files, "release.json", &report::File::name);
        TRY(workspace::keep_release(workspace, editor, base::text_of(ledger->content)));
    }
    const bool brief = order.kind == report::ReportKind::questioning_brief;
    TRY(workspace::note_output(
        workspace, editor,
        fmt::format("a {}{}", brief ? "questioning brief" : "letter pack", until_in_words(order.until))));
    return made;
}

base::Result<Export> make_export(Workspace& workspace, const workspace::Editor& editor, Extent extent,
                                 std::optional<base::Day> until) {
    const workspace::Snapshot snapshot = TRY(workspace::take_snapshot(workspace, until));
    Export made;
    made.responses = snapshot.records.size();
    const form::Form& form = workspace.form();
    if (extent == Extent::anonymised) {
        const exports::Anonymised safe = exports::anonymised(form, snapshot.records);
        made.files = data_files(safe.form, safe.records);
    } else {
        made.files = data_files(form, snapshot.records);
        for (auto& more : {exports::contacts_csv(form, snapshot.records), TRY(officers_csv(workspace, snapshot)),
                           coding_csv(snapshot)}) {
            made.files.insert(made.files.end(), more.begin(), more.end());
        }
    }
    TRY(workspace::note_output(workspace, editor,
                               fmt::format("{}{}", extent == Extent::full ? "a full export" : "an anonymised export",
                                           until_in_words(until))));
    return made;
}

base::Result<archive::WithdrawnTags> withdrawn_in(Workspace& workspace, const opening::ExportReport& report) {
    archive::WithdrawnTags withdrawn;
    for (const opening::LogReport& log : report.logs) {
        for (const opening::CheckedBatch& checked : log.batches) {
            const base::Bytes bytes = TRY(base::read_file(checked.file, opening::desk_limits().batch_size_bytes_max));
            const batch::Batch batch =
                TRY(batch::parse_batch(bytes, opening::desk_limits(), batch::Withdrawn::taken));
            std::vector<batch::WithdrawalTag> tags;
            std::ranges::transform(batch.items, std::back_inserter(tags), &batch::Item::tag);
            const auto here = TRY(workspace::withdrawn_among(workspace, tags));
            withdrawn.insert(here.begin(), here.end());
        }
    }
    return withdrawn;
}

base::Result<base::Bytes> zipped(const std::vector<report::File>& files) {
    std::vector<zip::Entry> entries;
    for (const report::File& file : files) {
        entries.push_back({file.name, std::string(base::text_of(file.content))});
    }
    return zip::write(entries);
}

base::Result<base::Bytes> zipped(const std::vector<exports::NamedText>& files) {
    std::vector<zip::Entry> entries;
    for (const exports::NamedText& file : files) {
        entries.push_back({file.file_name, file.text});
    }
    return zip::write(entries);
}

}  // namespace pillarbox::outputs
