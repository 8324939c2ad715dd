// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Send now": the kiosk has no network code, so it starts `pillarbox-sync run --progress` and reads what that tells.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/child_process.hpp"
#include "kiosk/staff/event.hpp"

namespace pillarbox::app {

// What the exit code of pillarbox-sync means to staff (docs/cli.md).
[[nodiscard]] staff::SendingResult result_of_exit(int exit_code);

class Sender {
  public:
    Sender(std::filesystem::path program, std::filesystem::path station_folder)
        : program_(std::move(program)), station_folder_(std::move(station_folder)) {}

    void start();
    void stop();
    [[nodiscard]] bool is_running() const { return child_.has_value(); }
    // What there is to report since the last call; a SendingEnded comes last.
    [[nodiscard]] std::vector<staff::Event> news();

  private:
    void read_line(std::string_view line, std::vector<staff::Event>& news);

    std::filesystem::path program_, station_folder_;
    std::optional<base::ChildProcess> child_;
    std::optional<staff::SendingResult> not_started_;
    staff::SendingEnded result_{};
    std::optional<staff::SendingResult> refusal_;
    bool told_result_ = false;
    bool asked_to_stop_ = false;
};

}  // namespace pillarbox::app
