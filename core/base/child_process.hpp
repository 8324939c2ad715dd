// SPDX-License-Identifier: GPL-3.0-or-later
//
// Another program of the project, started beside this one: an argument vector and no shell, nothing on standard
// input, errors where ours go, and no other descriptor of ours, not even a window's. It doesn't outlive the object.
// Never waits: it is asked from time to time. Threading: one thread.
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

enum class ChildOutput { to_read, shared };  // standard output: for new_lines(), or where ours goes

class ChildProcess {
  public:
    // not_found where there is no such program. `arguments` without its name.
    [[nodiscard]] static Result<ChildProcess> start(const std::filesystem::path& program,
                                                    const std::vector<std::string>& arguments,
                                                    ChildOutput output = ChildOutput::to_read);
    ~ChildProcess();  // asks it to stop, and kills it where it does not within two seconds
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;

    // Whole lines that came since the last call.
    [[nodiscard]] std::vector<std::string> new_lines();
    // Its exit code once it has ended, -1 where a signal ended it; nothing before. All output has come by then.
    [[nodiscard]] std::optional<int> ended();
    void ask_to_stop();  // SIGTERM

  private:
    ChildProcess(pid_t process, int output) : process_(process), output_(output) {}
    void read_output();

    pid_t process_;
    int output_;        // -1: shared, or moved away
    std::string text_;  // that is no whole line yet
    std::vector<std::string> lines_;
    std::optional<int> exit_code_;
};

// What a program that takes but a moment printed, and its exit code; none where it could not be started, or was not
// done within five seconds.
struct ChildOutcome {
    std::optional<int> exit_code;
    std::vector<std::string> lines;
};
[[nodiscard]] ChildOutcome run_to_end(const std::filesystem::path& program,
                                      const std::vector<std::string>& arguments);

}  // namespace pillarbox::base
