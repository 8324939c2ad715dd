// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/outputs/outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/file.hpp"
#include "core/batch/batch.hpp"
#include "core/zip/writer.hpp"
#include "desk/exports/anonymised.hpp"
#include "desk/exports/csv.hpp"
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

exports::DataFiles data_files(const form::Form& form) {
    exports::DataFiles files = exports::responses_csv(form);
    files.push_back(exports::responses_json(form));
    files.push_back(std::make_unique<exports::WholeFile>(exports::codebook_name, exports::codebook_csv(form)));
    return files;
}

// KEY and a column for each of the officers' questions; a row for each response that has an answer to any.
class OfficersFile final : public exports::DataFile {
  public:
    using Answers = std::map<submission::Uuid, std::map<std::string, std::string>>;  // by the question's name

    OfficersFile(std::vector<workspace::OfficerField> fields, Answers answers)
        : DataFile("officers.csv"), fields_(std::move(fields)), answers_(std::move(answers)) {}

    void begin(std::string& text) override {
        text += exports::byte_order_mark;
        exports::CsvRow row(text);
        row.cell("KEY");
        for (const workspace::OfficerField& field : fields_) {
            row.cell(field.name);
        }
        row.end();
    }

    void add(const exports::Record& record, const exports::AnswerIndex& /*answers*/, std::string& text) override {
        const auto found = answers_.find(record.submission.uuid);
        if (found == answers_.end()) {
            return;
        }
        exports::CsvRow row(text);
        row.cell(exports::key_of(record));
        for (const workspace::OfficerField& field : fields_) {
            row.cell(found->second[field.name]);
        }
        row.end();
    }

    void end(std::string& /*text*/) override {}

  private:
    std::vector<workspace::OfficerField> fields_;
    Answers answers_;
};

base::Result<exports::DataFiles> officers_csv(Workspace& workspace, workspace::Snapshot& snapshot) {
    exports::DataFiles files;
    auto fields = TRY(workspace::officer_fields(workspace));
    if (fields.empty()) {
        return files;
    }
    OfficersFile::Answers by_response;
    for (workspace::OfficerAnswer& answer : TRY(workspace::all_officer_answers(workspace))) {
        if (const auto uuid = TRY(snapshot.uuid_of(answer.response))) {
            by_response[*uuid][answer.field] = std::move(answer.value);
        }
    }
    files.push_back(std::make_unique<OfficersFile>(std::move(fields), std::move(by_response)));
    return files;
}

// What officers tagged, whoever of them did: a row for each code of a response or of one of its answers.
exports::DataFiles coding_csv(const workspace::Snapshot& snapshot) {
    exports::DataFiles files;
    if (snapshot.tags.empty()) {
        return files;
    }
    std::set<std::tuple<submission::Uuid, std::string, std::string>> once;
    for (const workspace::SnapshotTag& tag : snapshot.tags) {
        once.insert({tag.response, tag.path, tag.code});
    }
    std::string text(exports::byte_order_mark);
    exports::CsvRow(text).cell("KEY").cell("ANSWER").cell("CODE").cell("LABEL").cell("THEME").end();
    for (const auto& [response, path, name] : once) {
        const auto code = std::ranges::find(snapshot.codes, name, &workspace::Code::name);
        exports::CsvRow row(text);
        row.cell("uuid:" + submission::format_uuid(response)).cell(path).cell(name);
        row.cell(code == snapshot.codes.end() ? std::string() : code->label);
        row.cell(code == snapshot.codes.end() ? std::string() : code->theme).end();
    }
    files.push_back(std::make_unique<exports::WholeFile>("coding.csv", std::move(text)));
    return files;
}

base::Result<Export> write_export(Workspace& workspace, const ExportOrder& order, const WriteExport& write) {
    workspace::Snapshot snapshot = TRY(workspace::Snapshot::take(workspace, order.until));
    if (order.extent == Extent::anonymised) {
        exports::Anonymised safe = TRY(exports::Anonymised::of(workspace.form(), snapshot));
        const exports::DataFiles files = data_files(safe.form());
        TRY(write(safe, files));
        return Export{exports::names_of(files), snapshot.size()};
    }
    exports::DataFiles files = data_files(workspace.form());
    exports::append(files, exports::contacts_csv(workspace.form()));
    exports::append(files, TRY(officers_csv(workspace, snapshot)));
    exports::append(files, coding_csv(snapshot));
    TRY(write(snapshot, files));
    return Export{exports::names_of(files), snapshot.size()};
}

// One file of an export, piece by piece.
class Pieces {
  public:
    Pieces(exports::RecordSource& records, exports::DataFile& file) : records_(records), file_(file) {}

    base::Result<std::string> next() {
        std::string piece;
        if (std::exchange(at_begin_, false)) {
            file_.begin(piece);
        }
        while (piece.size() < piece_size_bytes && next_ < records_.size()) {
            const exports::Record record = TRY(records_.at(next_++));
            file_.add(record, exports::AnswerIndex(record.submission), piece);
        }
        if (next_ == records_.size() && !std::exchange(ended_, true)) {
            file_.end(piece);
        }
        return piece;
    }

  private:
    static constexpr std::size_t piece_size_bytes = std::size_t{64} << 10U;
    exports::RecordSource& records_;
    exports::DataFile& file_;
    std::size_t next_ = 0;
    bool at_begin_ = true, ended_ = false;
};

base::Result<report::Report> report_of(Workspace& workspace, const ReportOrder& order) {
    workspace::Snapshot snapshot = TRY(workspace::Snapshot::take(workspace, order.until));
    report::Evidence evidence;
    evidence.campaign = &workspace.campaign();
    evidence.records = &snapshot;
    evidence.coding = coding_of(snapshot);
    evidence.coding.findings = TRY(texts_of(workspace, workspace::ReportPart::finding));
    evidence.coding.recommendations = TRY(texts_of(workspace, workspace::ReportPart::recommendation));
    evidence.kind = order.kind;
    evidence.until = order.until;
    const std::vector<report::Ledger> earlier = TRY(earlier_of(workspace, order));
    report::Report made = TRY(report::make_report(evidence, earlier, order.browser));
    made.quotes_withheld += snapshot.quotes_withheld;
    return made;
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
    report::Report made = TRY(report_of(workspace, order));
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

base::Result<Export> make_export(Workspace& workspace, const workspace::Editor& editor, const ExportOrder& order,
                                 const WriteExport& write) {
    Export made = TRY(write_export(workspace, order, write));
    TRY(workspace::note_output(
        workspace, editor,
        fmt::format("{}{}", order.extent == Extent::full ? "a full export" : "an anonymised export",
                    until_in_words(order.until))));
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

base::Result<base::Bytes> zipped(exports::RecordSource& records, const exports::DataFiles& files) {
    std::vector<zip::MadeEntry> entries;
    for (const auto& file : files) {
        const auto pieces = std::make_shared<Pieces>(records, *file);
        entries.push_back({file->name(), [pieces] { return pieces->next(); }});
    }
    return zip::write(entries);
}

}  // namespace pillarbox::outputs
