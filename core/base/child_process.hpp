// SPDX-License-Identifier: GPL-3.0-or-later
//
// Another program of ours, started and watched. No shell reads its arguments; it shares this program's environment,
// standard output and error. It does not outlive the object.
//
// Threading: one thread.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::base {

// Where a program of the same installation lies: beside this one.
[[nodiscard]] std::filesystem::path sibling_program(std::string_view name);

class ChildProcess {
  public:
    // Errors: not_found where there is no such program, input_output where the system can't start it.
    [[nodiscard]] static Result<ChildProcess> start(const std::filesystem::path& program,
                                                    const std::vector<std::string>& arguments);
    // Asks it to end (SIGTERM), waits, and after five seconds kills it.
    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    // Its exit code once it has ended, 128 and the signal's number where one ended it; nothing while it runs.
    [[nodiscard]] std::optional<int> exit_code();

  private:
    explicit ChildProcess(pid_t process) : process_(process) {}
    void end();

    pid_t process_;  // 0: moved away
    std::optional<int> exit_code_;
};

}  // namespace pillarbox::base
