// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "core/base/file.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workspace_access.hpp"
#include "desk/opening/output_folder.hpp"
#include "desk/outputs/outputs.hpp"

namespace pillarbox::cli {
namespace {

struct ExportOptions {
    WorkspaceAccess access;
    EditorOptions editor;
    CutOffOptions cut_off;
    std::string out;
    outputs::Extent extent = outputs::Extent::anonymised;
};

CommandResult write_export(const ExportOptions& options, const Context& context) {
    TRY(refuse_to_overwrite(options.out, Overwrite::refuse));
    const workspace::Editor editor = TRY(editor_of(options.editor, context));
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    const auto until = TRY(last_day(opened.workspace, options.cut_off));
    TRY(base::make_folder(options.out));
    std::filesystem::permissions(options.out, std::filesystem::perms::owner_all);
    opening::FilesTogether together(options.out);
    const outputs::Export made =
        TRY(outputs::make_export(opened.workspace, editor, {options.extent, until},
                                 [&](exports::RecordSource& records, const exports::DataFiles& files) {
                                     return together.write(records, files);
                                 }));
    TRY(together.give_names());
    say("responses   {}, {}\nwritten     {}: {}\n", made.responses,
        options.extent == outputs::Extent::anonymised ? "anonymised" : "FULL: with contact details and every text",
        options.out, fmt::join(made.files, ", "));
    return base::ExitCode::success;
}

}  // namespace

void add_export_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("export", "Write a workspace's responses as CSV and JSON, anonymised.");
    const auto options = std::make_shared<ExportOptions>();
    add_workspace_access(*command, options->access);
    add_editor(*command, options->editor);
    add_cut_off(*command, options->cut_off);
    command->add_option("--out", options->out, "a new folder")->type_name("DIR")->required();
    command->add_flag_callback(
        "--full", [options] { options->extent = outputs::Extent::full; },
        "everything, with contact details and texts that may not be quoted: for the committee only");
    command->footer(
        "Anonymised: no contact details or names, texts by consent, weeks for days; docs/formats/exports.md.\n"
        "Redacted passages are in neither; what was set aside or withdrawn isn't, either.\n\n"
        "Example:\n  pillarbox export --workspace desk --identity sealing.key --as \"Ada Example\" --out anonymised");
    on_run(*command, context, [options, &context] { return write_export(*options, context); });
}

}  // namespace pillarbox::cli
