// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "desk/cli/commands.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workspace_access.hpp"
#include "desk/workspace/withdrawal.hpp"

namespace pillarbox::cli {
namespace {

struct WithdrawOptions {
    WorkspaceAccess access;
    EditorOptions editor;
    std::string code;
    workspace::Late late = workspace::Late::refuse;
};

CommandResult withdraw(const WithdrawOptions& options, const Context& context) {
    const workspace::Editor editor = TRY(editor_of(options.editor, context));
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    TRY(workspace::withdraw(opened.workspace, editor, options.code, options.late));
    say("If a response with this code was here, it and all that was made of it are gone now.\n");
    return base::ExitCode::success;
}

}  // namespace

void add_withdraw_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("withdraw", "Remove a response by its withdrawal code, for good.");
    const auto options = std::make_shared<WithdrawOptions>();
    command->add_option("CODE", options->code, "the respondent's withdrawal code")->required();
    command->add_flag_callback(
        "--late", [options] { options->late = workspace::Late::honour; },
        "also after the campaign's last day to withdraw: the committee decided so, or the law asks for it");
    add_workspace_access(*command, options->access);
    add_editor(*command, options->editor);
    command->footer(
        "The answer is the same for every code, so that nobody learns by it whether there is such a response.\n"
        "Exit code 5 after the campaign's last day to withdraw, unless --late is given.\n"
        "Withdraw it at the store too, and from folders, exports and reports made before.\n\nExample:\n"
        "  pillarbox withdraw K7QM-2XJD-9RTA-B4WE --workspace desk --identity sealing.key --as \"Ada Example\"");
    on_run(*command, context, [options, &context] { return withdraw(*options, context); });
}

}  // namespace pillarbox::cli
