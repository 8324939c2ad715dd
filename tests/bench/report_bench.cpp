// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report of many synthetic responses, HTML and OpenDocument, with a tenth of them tagged and a brief given out
// before; and their anonymised export. Processor time, of one thread; making the responses is not counted.
#include <CLI/CLI.hpp>
#include <vector>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "desk/exports/anonymised.hpp"
#include "desk/exports/csv.hpp"
#include "desk/exports/json.hpp"
#include "desk/report/figures.hpp"
#include "desk/report/report.hpp"
#include "tests/bench/paired.hpp"
#include "tests/responses/respondent.hpp"

namespace {

using namespace pillarbox;

constexpr std::string_view workbook = PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx";
constexpr std::uint64_t seed = 1;

std::vector<exports::Record> make_records(const campaign::Campaign& campaign, std::uint64_t count) {
    const tests::Respondents respondents(campaign, seed);
    std::vector<exports::Record> records;
    for (std::uint64_t index = 0; index < count; ++index) {
        records.push_back({respondents.answer(index).submission, fmt::format("Library {}", index % 24 + 1), {}});
    }
    return records;
}

report::Coding coding_of(const std::vector<exports::Record>& records) {
    report::Coding coding;
    for (int number = 0; number < 20; ++number) {
        coding.themes.push_back({fmt::format("theme-{}", number), fmt::format("Theme {}", number)});
    }
    for (std::size_t index = 0; index < records.size(); index += 10) {
        coding.tags.push_back({records[index].submission.uuid, "/data/q1/q1_text",
                               coding.themes[index / 10 % coding.themes.size()].name});
    }
    return coding;
}

}  // namespace

int main(int argument_count, char** arguments) {
    int pairs = 3;
    std::uint64_t count = 100'000;
    CLI::App app("Measures reports and anonymised exports.");
    app.add_option("--pairs", pairs);
    app.add_option("--responses", count);
    CLI11_PARSE(app, argument_count, arguments);

    const base::Bytes bytes = base::read_file(workbook, campaign::pack_size_bytes_max).value();
    const campaign::Campaign campaign = campaign::read_campaign_workbook(bytes, workbook).value();
    const std::vector<exports::Record> records = make_records(campaign, count);
    report::Evidence evidence;
    evidence.campaign = &campaign;
    exports::RecordList all(records);
    evidence.records = &all;
    evidence.coding = coding_of(records);
    const std::vector<exports::Record> before(records.begin(),
                                              records.end() - static_cast<std::ptrdiff_t>(count / 10));
    report::Evidence brief = evidence;
    exports::RecordList list_before(before);
    brief.records = &list_before;
    const std::vector<report::Ledger> earlier = {report::figures_of(brief, {})->ledger};

    for (int pair = 0; pair < pairs; ++pair) {
        const double report_us = bench::measure(bench::Time::processor, 1, [&] {
            PILLARBOX_CHECK(report::make_report(evidence, earlier, std::nullopt).has_value());
        });
        const double export_us = bench::measure(bench::Time::processor, 1, [&] {
            exports::Anonymised safe = exports::Anonymised::of(*campaign.form, all).value();
            exports::DataFiles files = exports::responses_csv(safe.form());
            files.push_back(exports::responses_json(safe.form()));
            std::size_t size_bytes = 0;
            PILLARBOX_CHECK(exports::write_files(safe, files, [&](std::size_t, std::string_view piece) {
                                size_bytes += piece.size();
                                return base::Result<void>{};
                            }).has_value());
            PILLARBOX_CHECK(size_bytes > 0);
        });
        bench::print_pair("report", report_us / 1e6, 0);
        bench::print_pair("export", export_us / 1e6, 0);
    }
    return 0;
}
