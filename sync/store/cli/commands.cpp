// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/cli/commands.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "sync/store/moving.hpp"

namespace pillarbox::cli {

Group Commands::group(const char* name, const char* help) {
    CLI::App* made = app_.add_subcommand(name, help);
    made->require_subcommand(1);
    return made;
}

CLI::App* Commands::add(const char* name, const char* help, Action action, FolderUse use, Group group) {
    CLI::App* line = (group == nullptr ? &app_ : group)->add_subcommand(name, help);
    line->add_option("--data", options_.data, "the store's folder")->required();
    line->add_option("--today", options_.today, "take this day (YYYY-MM-DD) for today, for demonstrations");
    commands_.push_back({line, action, use});
    return line;
}

base::Result<void> Commands::run() {
    const auto command = std::ranges::find_if(commands_, [](const Command& each) { return each.line->parsed(); });
    PILLARBOX_CHECK(command != commands_.end());  // CLI11 requires one
    std::optional<store::FolderUse> use;
    if (command->use != FolderUse::unmade) {
        const auto kind =
            command->use == FolderUse::alone ? store::FolderUse::Kind::alone : store::FolderUse::Kind::shared;
        auto taken = store::FolderUse::take(options_.data, kind);
        if (taken.has_value()) {
            use.emplace(std::move(*taken));
        } else if (taken.error().code != base::ErrorCode::not_found) {  // of which the command itself tells
            return std::unexpected(taken.error());
        }
    }
    const auto clock = TRY(base::clock_for(options_.today));
    return command->action(options_, *clock);
}

}  // namespace pillarbox::cli
