// SPDX-License-Identifier: GPL-3.0-or-later
//
// `pillarbox-store serve` as a process of its own, to be stopped politely or killed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace pillarbox::tests {

class StoreProcess {
  public:
    // Returns once the program says that it listens; checks that it does.
    explicit StoreProcess(const std::filesystem::path& data, const std::string& listen = "127.0.0.1:0");
    ~StoreProcess();
    StoreProcess(const StoreProcess&) = delete;
    StoreProcess& operator=(const StoreProcess&) = delete;

    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] pid_t process() const { return process_; }
    int stop();   // SIGTERM; the exit code
    void kill();  // SIGKILL

  private:
    int wait();
    pid_t process_ = -1;
    int output_ = -1;
    std::string url_;
};

}  // namespace pillarbox::tests
