// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workspace_access.hpp"
#include "desk/workspace/withdrawal.hpp"

namespace pillarbox::cli {
namespace {

struct WithdrawOptions {
    WorkspaceAccess access;
    std::string code, who, today;
};

base::Result<base::Day> today_of(const WithdrawOptions& options, const Context& context) {
    if (options.today.empty()) {
        return context.clock.today();
    }
    return parse_day_option(options.today, "--today");
}

CommandResult withdraw(const WithdrawOptions& options, const Context& context) {
    const base::Day today = TRY(today_of(options, context));
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    TRY(workspace::withdraw(opened.workspace, {options.who, today}, options.code));
    say("If a response with this code was here, it and all that was made of it are gone now.\n");
    return base::ExitCode::success;
}

}  // namespace

void add_withdraw_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("withdraw", "Remove a response by its withdrawal code, for good.");
    const auto options = std::make_shared<WithdrawOptions>();
    command->add_option("CODE", options->code, "the respondent's withdrawal code")->required();
    add_workspace_access(*command, options->access);
    command->add_option("--as", options->who, "who removes it, for the audit trail")->type_name("NAME")->required();
    command->add_option("--today", options->today, "the day that the audit trail tells")->type_name("DAY");
    command->footer(
        "The answer is the same for every code, so that nobody learns by it whether there is such a response.\n"
        "Withdraw it at the store too, and from folders, exports and reports made before.\n\nExample:\n"
        "  pillarbox withdraw K7QM-2XJD-9RTA-B4WE --workspace desk --identity sealing.key --as \"Ada Example\"");
    on_run(*command, context, [options, &context] { return withdraw(*options, context); });
}

}  // namespace pillarbox::cli
