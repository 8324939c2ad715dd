// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/display_size.hpp"

#include <catch2/catch.hpp>

namespace pillarbox::platform {

TEST_CASE("a display's pixels are measured from the millimetres it tells") {
    CHECK(px_per_mm_of({1080, 1920, 268, 476}).value() == Approx(4.03).margin(0.01));
    CHECK(px_per_mm_of({1920, 1200, 216, 135}).value() == Approx(8.89).margin(0.01));
}

TEST_CASE("a display that tells nonsense about its size is not believed") {
    CHECK_FALSE(px_per_mm_of({1080, 1920, 0, 0}).has_value());
    CHECK_FALSE(px_per_mm_of({1080, 1920, -1, 476}).has_value());
    CHECK_FALSE(px_per_mm_of({1920, 1080, 160, 90}).has_value());     // a ratio
    CHECK_FALSE(px_per_mm_of({1080, 1920, 90, 160}).has_value());     // the same, turned
    CHECK_FALSE(px_per_mm_of({1080, 1920, 476, 268}).has_value());    // turned, and its millimetres were not
    CHECK_FALSE(px_per_mm_of({1920, 1080, 4000, 2250}).has_value());  // a projector
    CHECK_FALSE(px_per_mm_of({1920, 1080, 16, 9}).has_value());
}

}  // namespace pillarbox::platform
