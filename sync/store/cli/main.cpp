// SPDX-License-Identifier: GPL-3.0-or-later
//
// pillarbox-store: the command line of the committee's store.
#include "core/base/command_line.hpp"
#include "core/base/core_dumps.hpp"
#include "core/base/exit_code.hpp"
#include "sync/store/cli/commands.hpp"

int main(int argc, char** argv) {
    using namespace pillarbox;
    constexpr std::string_view program = "pillarbox-store";
    base::forbid_core_dumps_or_warn(program);
    CLI::App app("The committee's store: receives sealed responses from kiosks, keeps them, and signs for them.");
    app.set_version_flag("--version", PILLARBOX_VERSION);
    app.require_subcommand(1);
    cli::Commands commands(app);
    cli::add_serving(commands);
    cli::add_copies(commands);
    cli::add_trust(commands);
    cli::add_fleet(commands);
    if (const auto ending = base::parse_command_line(app, argc, argv)) {
        return *ending;
    }
    const auto done = commands.run();
    return done.has_value() ? 0 : base::report(program, done.error());
}
