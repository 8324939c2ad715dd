// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether another pack was put into the station's folder meanwhile.
#pragma once

#include <filesystem>

namespace pillarbox::app {

class PackWatch {
  public:
    explicit PackWatch(const std::filesystem::path& station_folder);
    // Once for each new pack.
    [[nodiscard]] bool has_changed();

  private:
    [[nodiscard]] std::filesystem::file_time_type written() const;

    std::filesystem::path path_;
    std::filesystem::file_time_type seen_;
};

}  // namespace pillarbox::app
