// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/x_display.hpp"

namespace pillarbox::tests {

std::unique_ptr<XDisplay> XDisplay::start(int width, int height) {
    const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
    auto server = XServer::start({"Xvfb", "-screen", "0", screen, "-nolisten", "tcp"});
    return server ? std::unique_ptr<XDisplay>(new XDisplay(*std::move(server))) : nullptr;
}

}  // namespace pillarbox::tests
