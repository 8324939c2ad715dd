// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a program and waits for it: the real binaries of the project, and stock tools to compare with.
#pragma once

#include <string>
#include <vector>

namespace pillarbox::tests {

struct Outcome {
    int exit_code = -1;  // -1 where it was ended by a signal
    std::string output;  // stdout
    std::string errors;  // stderr
};

// `arguments[0]` is looked up on PATH unless it has a slash. `environment` entries ("NAME=value") are set on top of
// this process's; "NAME=" unsets. `input` goes to stdin.
[[nodiscard]] Outcome run_program(const std::vector<std::string>& arguments,
                                  const std::vector<std::string>& environment = {}, const std::string& input = {});

[[nodiscard]] std::string built_program(const std::string& name);  // the path of one of the project's own
[[nodiscard]] bool is_installed(const std::string& name);          // on PATH

}  // namespace pillarbox::tests
