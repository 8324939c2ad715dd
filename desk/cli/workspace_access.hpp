// SPDX-License-Identifier: GPL-3.0-or-later
//
// How commands get at a workspace: where it is, the key that opens it, and who works with it.
#pragma once

#include <string>
#include <vector>

#include "desk/cli/commands.hpp"
#include "desk/cli/typing.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::cli {

struct WorkspaceAccess {
    std::string folder;
    std::vector<std::string> identities;
    PassphraseFile passphrase_file;
};

void add_workspace_access(CLI::App& command, WorkspaceAccess& access);

struct OpenedWorkspace {
    std::vector<envelope::Identity> identities;
    workspace::Workspace workspace;
};
[[nodiscard]] base::Result<OpenedWorkspace> open_workspace(const WorkspaceAccess& access);

}  // namespace pillarbox::cli
