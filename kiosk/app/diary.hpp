// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two days that a kiosk remembers for its staff (kiosk.days): the last on which it was looked after, and since when
// there have always been responses that no receipt covers.
//
// It is written when the program starts, at midnight and by staff, never because somebody answered: the file's own
// time tells nothing of respondents. So the second day is a bound: the oldest response waits at most since then.
//
//   {"format": "pillarbox days 1", "last_day": "2023-01-20", "unsent_since": "2023-01-18" or null}
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/base/day.hpp"

namespace pillarbox::app {

class Diary {
  public:
    // A file that is missing or damaged is an empty diary.
    explicit Diary(std::filesystem::path station_folder);

    [[nodiscard]] std::optional<base::Day> last_day() const { return last_day_; }
    [[nodiscard]] std::uint64_t unsent_days(base::Day today) const;  // 0 where all is acknowledged

    // A day that goes back, or far ahead, is not taken for known until accept() says so.
    void note(base::Day today, std::uint64_t unacknowledged);
    void accept(base::Day today);

  private:
    void write() const;

    std::filesystem::path path_;
    std::optional<base::Day> last_day_;
    std::optional<base::Day> unsent_since_;
};

}  // namespace pillarbox::app
