// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/cli/workspace_access.hpp"

#include "desk/cli/options.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/workspace/cut_offs.hpp"

namespace pillarbox::cli {

void add_workspace_access(CLI::App& command, WorkspaceAccess& access) {
    command.add_option("--workspace", access.folder, "the workspace's folder")->type_name("DIR")->required();
    command.add_option("--identity", access.identities, "a committee's sealing key file; several after a rotation")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->required();
    add_passphrase_file(command, access.passphrase_file);
}

base::Result<OpenedWorkspace> open_workspace(const WorkspaceAccess& access) {
    auto identities = TRY(keys::read_sealing_keys(access.identities, ask_for(access.passphrase_file)));
    auto opened = TRY(workspace::Workspace::open(access.folder, identities));
    return OpenedWorkspace{std::move(identities), std::move(opened)};
}

void add_editor(CLI::App& command, EditorOptions& options) {
    command.add_option("--as", options.who, "who does it, for the audit trail")->type_name("NAME")->required();
    command.add_option("--today", options.today, "the day that the audit trail tells")->type_name("DAY");
}

base::Result<workspace::Editor> editor_of(const EditorOptions& options, const Context& context) {
    const base::Day day =
        options.today.empty() ? context.clock.today() : TRY(parse_day_option(options.today, "--today"));
    return workspace::Editor{options.who, day};
}

void add_cut_off(CLI::App& command, CutOffOptions& options) {
    CLI::Option* named =
        command.add_option("--cut-off", options.name, "only up to this cut-off of the workspace")->type_name("NAME");
    command.add_option("--until", options.until, "only responses given on this day or before")
        ->type_name("DAY")
        ->excludes(named);
}

base::Result<std::optional<base::Day>> last_day(workspace::Workspace& workspace, const CutOffOptions& options) {
    std::optional<base::Day> day;
    if (!options.name.empty()) {
        day = TRY(workspace::cut_off_named(workspace, options.name)).day;
    } else if (!options.until.empty()) {
        day = TRY(parse_day_option(options.until, "--until"));
    }
    return day;
}

}  // namespace pillarbox::cli
