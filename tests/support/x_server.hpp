// SPDX-License-Identifier: GPL-3.0-or-later
//
// One X server process of a test, on a display that it finds free itself.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace pillarbox::tests {

class XServer {
  public:
    // `words` is the command, without -displayfd. Waits until the server answers, and sets DISPLAY for this process
    // and its children. None where it isn't installed or doesn't come up.
    [[nodiscard]] static std::optional<XServer> start(std::vector<std::string> words);
    ~XServer();  // stops it
    XServer(XServer&& other) noexcept;
    XServer& operator=(XServer&&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }  // ":99"

  private:
    explicit XServer(pid_t process) : process_(process) {}
    pid_t process_;
    std::string name_;
};

}  // namespace pillarbox::tests
