// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "core/base/file.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/opened_input.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/report/coding_file.hpp"
#include "desk/report/pdf.hpp"
#include "desk/report/report.hpp"

namespace pillarbox::cli {
namespace {

constexpr std::size_t coding_size_bytes_max = std::size_t{256} << 20U;

struct ReportOptions {
    OpenedInput input;
    std::string out, coding, browser;
    std::vector<std::string> earlier;
    report::ReportKind kind = report::ReportKind::letter_pack;
};

base::Result<report::Coding> coding_of(const ReportOptions& options) {
    if (options.coding.empty()) {
        return report::Coding{};
    }
    const base::Bytes bytes = TRY(base::read_file(options.coding, coding_size_bytes_max));
    return report::read_coding(base::text_of(bytes), options.coding);
}

base::Result<std::vector<report::Ledger>> earlier_of(const ReportOptions& options) {
    std::vector<report::Ledger> ledgers;
    for (const std::string& file : options.earlier) {
        const base::Bytes bytes = TRY(base::read_file(file, coding_size_bytes_max));
        ledgers.push_back(TRY(report::Ledger::read(base::text_of(bytes), file)));
    }
    return ledgers;
}

CommandResult write_report(const ReportOptions& options, const Context& context) {
    TRY(refuse_to_overwrite(options.out, Overwrite::refuse));
    const OpenedResponses responses = TRY(read_opened(options.input, context.clock));
    report::Evidence evidence;
    evidence.campaign = &responses.campaign;
    evidence.records = &responses.records;
    evidence.coding = TRY(coding_of(options));
    evidence.kind = options.kind;
    evidence.until = responses.until;
    std::optional<std::filesystem::path> browser;
    if (!options.browser.empty()) {
        browser = options.browser;
    }
    const std::vector<report::Ledger> earlier = TRY(earlier_of(options));
    const report::Report made = TRY(report::make_report(evidence, earlier, browser));
    TRY(base::make_folder(options.out));
    std::filesystem::permissions(options.out, std::filesystem::perms::owner_all);
    say("responses   {}\nfigures     {}\nquotations  {}, {} withheld by consent\n", made.responses, made.figures,
        made.quotes, made.quotes_withheld);
    for (const report::File& file : made.files) {
        const std::filesystem::path path = std::filesystem::path(options.out) / file.name;
        TRY(base::write_file(path, file.content, base::FileMode::owner_only));
        say("written     {}\n", path.string());
    }
    return base::ExitCode::success;
}

void add_kind(CLI::App& report, Context& context, const std::string& name, const std::string& description,
              report::ReportKind kind) {
    CLI::App* command = report.add_subcommand(name, description);
    const auto options = std::make_shared<ReportOptions>();
    options->kind = kind;
    add_opened_input(*command, options->input);
    command->add_option("--out", options->out, "a new folder")->type_name("DIR")->required();
    command->add_option("--coding", options->coding, "themes, tags, quotations and findings")->type_name("FILE");
    command
        ->add_option("--earlier", options->earlier,
                     "release.json of every report on this call that was given out before")
        ->type_name("FILE");
    command->add_flag_callback(
        "--pdf", [options] { options->browser = report::debian_browser; }, "print a PDF too, by Debian's chromium");
    command->add_option("--browser", options->browser, "print a PDF too, by this chromium")->type_name("FILE");
    command->footer("Example:\n  pillarbox report " + name +
                    " --opened opened --export export --pack campaign.pack \\\n"
                    "      --committee-key \"$COMMITTEE_KEY\" --out " +
                    name + " --pdf");
    on_run(*command, context, [options, &context] { return write_report(*options, context); });
}

}  // namespace

void add_report_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("report", "Write a report with figures, tables, charts and quotations.");
    command->require_subcommand(1);
    add_kind(*command, context, "brief", "The questioning brief: what came by a first cut-off (--until).",
             report::ReportKind::questioning_brief);
    add_kind(*command, context, "letter", "The letter pack: everything, with room for recommendations.",
             report::ReportKind::letter_pack);
}

}  // namespace pillarbox::cli
