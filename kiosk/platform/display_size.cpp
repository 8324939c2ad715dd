// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/display_size.hpp"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <cmath>

namespace pillarbox::platform {

std::optional<double> px_per_mm_of(const DisplaySize& size) {
    constexpr double px_per_mm_min = 1;
    constexpr double px_per_mm_max = 20;
    constexpr double squareness = 0.1;
    if (size.width_px <= 0 || size.height_px <= 0 || size.width_mm <= 0 || size.height_mm <= 0) {
        return std::nullopt;
    }
    // EDID's ratio, told as if it were a size.
    if (std::max(size.width_mm, size.height_mm) == 160 && std::min(size.width_mm, size.height_mm) == 90) {
        return std::nullopt;
    }
    const double across = static_cast<double>(size.width_px) / size.width_mm;
    const double down = static_cast<double>(size.height_px) / size.height_mm;
    const double px_per_mm = (across + down) / 2;
    if (px_per_mm < px_per_mm_min || px_per_mm > px_per_mm_max || std::abs(across - down) > squareness * px_per_mm) {
        return std::nullopt;
    }
    return px_per_mm;
}

std::optional<double> px_per_mm_of_display() {
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
    if (mode == nullptr) {
        return std::nullopt;
    }
    DisplaySize size{.width_px = mode->width, .height_px = mode->height};
    glfwGetMonitorPhysicalSize(monitor, &size.width_mm, &size.height_mm);
    return px_per_mm_of(size);
}

}  // namespace pillarbox::platform
