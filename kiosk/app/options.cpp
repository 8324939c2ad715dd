// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/options.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <string_view>

#include "core/base/child_process.hpp"

namespace pillarbox::app {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int side_px_min = 240;
constexpr int side_px_max = 8192;

std::optional<int> read_side(std::string_view text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole && number >= side_px_min && number <= side_px_max ? std::optional(number) : std::nullopt;
}

// A name of assets/keys, or a path: what has a slash or a dot is no name.
std::filesystem::path keypad_file(const Options& options) {
    const bool is_name = options.keypad.find_first_of("/.") == std::string::npos;
    return is_name ? options.assets / "keys" / (options.keypad + ".json") : std::filesystem::path(options.keypad);
}

}  // namespace

void add_options(CLI::App& command, Options& options) {
    options.assets = PILLARBOX_ASSETS_DIR;
    command.add_option("--station", options.station, "The station folder, made by `pillarbox kiosk enrol`")
        ->required();
    command.add_option("--today", options.today,
                       "Act as on this day (YYYY-MM-DD), for rehearsals and demonstrations");
    command.add_option("--size", options.size, "Size of the window in pixels")->capture_default_str();
    command.add_option("--assets", options.assets, "Folder of icons, interface texts and styles")
        ->capture_default_str();
    command.add_option("--idle-seconds", options.idle_seconds, "Seconds without input before the idle warning")
        ->capture_default_str()
        ->check(CLI::Range(20U, 3600U));
    command
        .add_option("--keypad", options.keypad,
                    "What its keys mean: keyboard, navigation-keypad, ez-access, or a file (docs/guides/keypads.md)")
        ->capture_default_str();
    command.add_option("--sticks", options.sticks, "Folder under which USB sticks are mounted, for staff")
        ->capture_default_str();
    command.add_option("--sync-program", options.sync_program,
                       "The program that staff send with; pillarbox-sync beside this one where left out");
    command
        .add_option("--assistive-technology", options.assistive_technology,
                    "What a screen reader on this machine is given over AT-SPI: guarded (all but what people type), "
                    "open (that too) or off")
        ->capture_default_str()
        ->check(CLI::IsMember({"guarded", "open", "off"}));
}

Result<KioskSettings> settings_of(const Options& options, platform::Placement placement) {
    const std::string_view size = options.size;
    const auto cross = size.find('x');
    const auto width = read_side(size.substr(0, cross));
    const auto height = cross == std::string_view::npos ? std::nullopt : read_side(size.substr(cross + 1));
    if (!width.has_value() || !height.has_value()) {
        return base::fail(ErrorCode::usage, "--size", "Not a window size.",
                          "Write width x height in pixels, for example 1080x1920.");
    }
    KioskSettings settings;
    settings.station = options.station;
    settings.stage.assets = options.assets;
    settings.stage.keypad = keypad_file(options);
    settings.stage.window = {.width = *width, .height = *height, .title = "Pillarbox", .placement = placement};
    settings.timing.idle_before_warning = std::chrono::seconds{options.idle_seconds};
    settings.staff.sticks = options.sticks;
    settings.staff.sync_program =
        options.sync_program.empty() ? base::sibling_program("pillarbox-sync") : options.sync_program;
    if (options.assistive_technology != "off") {
        settings.assistive_technology = bridge::settings_from_environment(
            options.assistive_technology == "open" ? bridge::Answers::open : bridge::Answers::guarded);
    }
    return settings;
}

}  // namespace pillarbox::app
