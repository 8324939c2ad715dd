// SPDX-License-Identifier: GPL-3.0-or-later
//
// The commands of `pillarbox`, one file each group. A command adds itself to the CLI::App, and runs when its words
// are parsed. Exit codes: core/base/exit_code.hpp. Words, options and examples: docs/cli.md.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "core/base/clock.hpp"
#include "core/base/exit_code.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"

namespace pillarbox::cli {

// What the world gives to commands, and how the one that ran ended.
struct Context {
    const base::Clock& clock;
    base::Random& random;
    int exit_status = 0;
};

using CommandResult = base::Result<base::ExitCode>;

// Runs `body` once the command line was understood; reports its error.
void on_run(CLI::App& command, Context& context, std::function<CommandResult()> body);

void add_key_commands(CLI::App& app, Context& context);
void add_drill_command(CLI::App& key, Context& context);   // of `key`
void add_share_commands(CLI::App& key, Context& context);  // of `key`
void add_campaign_commands(CLI::App& app, Context& context);
void add_preview_command(CLI::App& campaign, Context& context);       // of `campaign`
void add_translations_command(CLI::App& campaign, Context& context);  // of `campaign`
void add_kiosk_commands(CLI::App& app, Context& context);
void add_station_commands(CLI::App& app, Context& context);
void add_desk_command(CLI::App& app, Context& context);
void add_open_command(CLI::App& app, Context& context);
void add_export_command(CLI::App& app, Context& context);
void add_report_command(CLI::App& app, Context& context);
void add_workspace_commands(CLI::App& app, Context& context);
void add_withdraw_command(CLI::App& app, Context& context);
void add_tally_command(CLI::App& app, Context& context);
void add_verify_command(CLI::App& app, Context& context);
void add_archive_commands(CLI::App& app, Context& context);

// The whole program, for main().
[[nodiscard]] int run(int argument_count, const char* const* arguments, Context& context);

}  // namespace pillarbox::cli
