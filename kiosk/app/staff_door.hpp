// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may open the staff screens. Three wrong PINs are free; after that each one doubles the wait, up to a quarter of
// an hour. The number of tries is on disk before the PIN is looked at, so pulling the plug saves no guess; waiting is
// measured by the monotonic clock and begins anew with the program, so neither a restart nor a clock set back
// shortens it. The file (staff.tries) holds a number and no time.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::app {

// How long after so many wrong tries in a row the next one waits.
[[nodiscard]] std::chrono::milliseconds wait_after(std::uint64_t wrong_tries);

enum class Admission { admitted, refused };

class StaffDoor {
  public:
    // `now` is monotonic, here and below.
    StaffDoor(std::filesystem::path station_folder, std::chrono::milliseconds now);

    enum class Pin { set, missing };
    [[nodiscard]] Pin pin() const;
    [[nodiscard]] std::chrono::milliseconds wait_left(std::chrono::milliseconds now) const;

    // Refused without a look while there is a wait left.
    [[nodiscard]] Admission try_pin(std::string_view pin, std::chrono::milliseconds now);
    // A key of 256 random bits can't be guessed: it knows no wait, and takes the wait of others away.
    [[nodiscard]] Admission try_key(base::ByteView key_file);

  private:
    void note_tries(std::uint64_t tries);

    std::filesystem::path folder_;
    std::uint64_t wrong_tries_ = 0;
    std::chrono::milliseconds locked_until_{0};
};

}  // namespace pillarbox::app
