// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one place where CLI11's way of ending a program (an exception) becomes an exit code of ours.
#pragma once

#include <optional>

namespace CLI {
class App;
}

namespace pillarbox::base {

// nullopt: go on. Otherwise the exit code to end with now: 0 after --help or --version, ExitCode::usage after a
// mistake, which CLI11 has explained on stderr.
[[nodiscard]] std::optional<int> parse_command_line(CLI::App& command, int argument_count,
                                                    const char* const* arguments);

}  // namespace pillarbox::base
