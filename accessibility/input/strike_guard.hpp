// SPDX-License-Identifier: GPL-3.0-or-later
//
// A trembling hand strikes a key twice and means it once (EN 301 549, 5.8): the same key again within the person's
// span is not heard. Another key in between is heard always.
#pragma once

#include <chrono>
#include <optional>

namespace pillarbox::input {

// Whatever tells one key from another.
struct StruckKey {
    int code = 0;
    int scancode = 0;
    int key = 0;
    char32_t character = 0;
    bool operator==(const StruckKey&) const = default;
};

class StrikeGuard {
  public:
    // Whether the strike counts. A span of 0 lets all through. Measured from the last strike that counted.
    [[nodiscard]] bool accepts(const StruckKey& key, std::chrono::milliseconds time, std::chrono::milliseconds span) {
        if (last_ == key && time - at_ < span) {
            return false;
        }
        last_ = key;
        at_ = time;
        return true;
    }
    void forget() { *this = StrikeGuard(); }

  private:
    std::optional<StruckKey> last_;
    std::chrono::milliseconds at_{0};
};

}  // namespace pillarbox::input
