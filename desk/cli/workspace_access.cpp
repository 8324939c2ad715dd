// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/cli/workspace_access.hpp"

#include "desk/keys/key_file.hpp"

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

}  // namespace pillarbox::cli
