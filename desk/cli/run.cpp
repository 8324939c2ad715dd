// SPDX-License-Identifier: GPL-3.0-or-later
#include <cerrno>
#include <cstdio>
#include <string>

#include "core/base/command_line.hpp"
#include "core/base/file.hpp"
#include "desk/cli/commands.hpp"

namespace pillarbox::cli {
namespace {

constexpr std::string_view program = "pillarbox";

}  // namespace

void on_run(CLI::App& command, Context& context, std::function<CommandResult()> body) {
    command.callback([&context, body = std::move(body)] {
        const CommandResult result = body();
        context.exit_status = result.has_value() ? static_cast<int>(*result) : base::report(program, result.error());
    });
}

int run(int argument_count, const char* const* arguments, Context& context) {
    CLI::App app("The committee's desk: keys, campaign packs, enrolment, and the opening of responses.",
                 std::string(program));
    app.set_version_flag("--version", std::string(program) + " " + PILLARBOX_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Example:\n  pillarbox campaign check form.xlsx\n\n"
        "Exit codes: 0 done, 1 internal, 2 usage, 3 bad input, 4 files or disk, 5 trust, 7 damaged data.");
    add_key_commands(app, context);
    add_campaign_commands(app, context);
    add_kiosk_commands(app, context);
    add_station_commands(app, context);
    add_desk_command(app, context);
    add_open_command(app, context);
    add_export_command(app, context);
    add_report_command(app, context);
    add_workspace_commands(app, context);
    add_withdraw_command(app, context);
    add_tally_command(app, context);
    add_verify_command(app, context);
    add_archive_commands(app, context);
    const int status = base::parse_command_line(app, argument_count, arguments).value_or(context.exit_status);
    // What was printed counts only once it is out: a full disk behind a redirection is an error too.
    const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (!written && status == 0) {
        return base::report(program, base::error_of_errno(errno != 0 ? errno : EIO, "standard output", "written"));
    }
    return status;
}

}  // namespace pillarbox::cli
