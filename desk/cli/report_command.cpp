// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "core/base/file.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workspace_access.hpp"
#include "desk/outputs/outputs.hpp"
#include "desk/report/pdf.hpp"

namespace pillarbox::cli {
namespace {

constexpr std::size_t ledger_size_bytes_max = std::size_t{256} << 20U;

struct ReportOptions {
    WorkspaceAccess access;
    EditorOptions editor;
    CutOffOptions cut_off;
    std::string out, browser;
    std::vector<std::string> earlier;
    report::ReportKind kind = report::ReportKind::letter_pack;
    outputs::Release release = outputs::Release::draft;
};

base::Result<std::vector<report::Ledger>> earlier_of(const ReportOptions& options) {
    std::vector<report::Ledger> ledgers;
    for (const std::string& file : options.earlier) {
        const base::Bytes bytes = TRY(base::read_file(file, ledger_size_bytes_max));
        ledgers.push_back(TRY(report::Ledger::read(base::text_of(bytes), file)));
    }
    return ledgers;
}

CommandResult write_report(const ReportOptions& options, const Context& context) {
    TRY(refuse_to_overwrite(options.out, Overwrite::refuse));
    const workspace::Editor editor = TRY(editor_of(options.editor, context));
    outputs::ReportOrder order{.kind = options.kind, .until = {}, .release = options.release};
    order.earlier = TRY(earlier_of(options));
    if (!options.browser.empty()) {
        order.browser = options.browser;
    }
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    order.until = TRY(last_day(opened.workspace, options.cut_off));
    const report::Report made = TRY(outputs::make_report(opened.workspace, editor, order));
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
    add_workspace_access(*command, options->access);
    add_editor(*command, options->editor);
    add_cut_off(*command, options->cut_off);
    command->add_option("--out", options->out, "a new folder")->type_name("DIR")->required();
    command->add_flag_callback(
        "--given-out", [options] { options->release = outputs::Release::given_out; },
        "this report will be given out: the workspace keeps its figures, so that no later report tells the "
        "difference");
    command
        ->add_option("--earlier", options->earlier,
                     "release.json of a report that was given out and that the workspace does not know")
        ->type_name("FILE");
    command->add_flag_callback(
        "--pdf", [options] { options->browser = report::debian_browser; }, "print a PDF too, by Debian's chromium");
    command->add_option("--browser", options->browser, "print a PDF too, by this chromium")->type_name("FILE");
    command->footer("Example:\n  pillarbox report " + name +
                    " --workspace desk --identity sealing.key --as \"Ada Example\" \\\n      --out " + name +
                    " --pdf --given-out");
    on_run(*command, context, [options, &context] { return write_report(*options, context); });
}

}  // namespace

void add_report_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("report", "Write a report with figures, tables, charts and quotations.");
    command->require_subcommand(1);
    add_kind(*command, context, "brief", "The questioning brief: what came by a first cut-off.",
             report::ReportKind::questioning_brief);
    add_kind(*command, context, "letter", "The letter pack: everything, with room for recommendations.",
             report::ReportKind::letter_pack);
}

}  // namespace pillarbox::cli
