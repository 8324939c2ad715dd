// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line that pillarbox-kiosk and pillarbox-rehearse share.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "kiosk/app/kiosk.hpp"

namespace CLI {
class App;
}

namespace pillarbox::app {

struct Options {
    std::filesystem::path station;
    std::filesystem::path assets;
    std::string today;                // "YYYY-MM-DD", or empty for the system's
    std::string size = "1080x1920";   // of the window, px
    unsigned idle_seconds = 90;       // before the warning that a session will be wiped
    std::string keypad = "keyboard";  // of assets/keys, or the path of a file of key bindings
    std::filesystem::path sticks = "/media";
    std::string assistive_technology = "guarded";  // over AT-SPI: guarded, open or off
    std::filesystem::path sync_program;            // empty: pillarbox-sync beside this program
};

void add_options(CLI::App& command, Options& options);

[[nodiscard]] base::Result<KioskSettings> settings_of(const Options& options, platform::Placement placement);

}  // namespace pillarbox::app
