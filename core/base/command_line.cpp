// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/command_line.hpp"

#include <CLI/CLI.hpp>

#include "core/base/exit_code.hpp"

namespace pillarbox::base {

std::optional<int> parse_command_line(CLI::App& command, int argument_count, const char* const* arguments) {
    try {
        command.parse(argument_count, arguments);
    } catch (const CLI::ParseError& ending) {
        return command.exit(ending) == 0 ? static_cast<int>(ExitCode::success) : static_cast<int>(ExitCode::usage);
    }
    return std::nullopt;
}

}  // namespace pillarbox::base
