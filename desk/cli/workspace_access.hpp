// SPDX-License-Identifier: GPL-3.0-or-later
//
// How commands get at a workspace: where it is, the key that opens it, who works with it, and up to which day.
#pragma once

#include <optional>
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

// Who changes or takes something out, for the audit trail: --as, --today.
struct EditorOptions {
    std::string who, today;
};
void add_editor(CLI::App& command, EditorOptions& options);
[[nodiscard]] base::Result<workspace::Editor> editor_of(const EditorOptions& options, const Context& context);

// The last day of capture that counts, by its name in the workspace or as it is: --cut-off, --until.
struct CutOffOptions {
    std::string name, until;
};
void add_cut_off(CLI::App& command, CutOffOptions& options);
[[nodiscard]] base::Result<std::optional<base::Day>> last_day(workspace::Workspace& workspace,
                                                              const CutOffOptions& options);

}  // namespace pillarbox::cli
