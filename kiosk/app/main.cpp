// SPDX-License-Identifier: GPL-3.0-or-later
//
// pillarbox-kiosk: the program that stands at a station.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "core/base/clock.hpp"
#include "core/base/command_line.hpp"
#include "core/base/exit_code.hpp"
#include "core/crypto/system_random.hpp"
#include "kiosk/app/harden.hpp"
#include "kiosk/app/kiosk.hpp"
#include "kiosk/app/options.hpp"
#include "kiosk/app/pack_watch.hpp"

namespace {

using namespace pillarbox;

constexpr std::string_view program = "pillarbox-kiosk";
// The longest sleep while nobody is there: how soon a new day or a repaired outbox is noticed.
constexpr std::chrono::seconds nap{30};
constexpr std::chrono::milliseconds preview_nap{200};

// Until the window is closed, with each new pack on the screen as soon as it lies in the folder.
void run_preview(app::Kiosk& kiosk, const std::filesystem::path& station) {
    app::PackWatch watch(station);
    while (kiosk.run_frame(preview_nap)) {
        if (watch.has_changed()) {
            if (const auto reloaded = kiosk.reload(); !reloaded.has_value()) {
                fmt::print(stderr, "{}: {}\n", program, reloaded.error().describe());
            }
        }
    }
}

enum class Use { station, preview };

base::Result<app::Wish> run(const app::Options& options, platform::Placement placement, Use use) {
    app::keep_heap_small();
    for (const auto& missing : app::harden_process()) {
        fmt::print(stderr, "{}: warning: {}\n", program, missing.describe());
    }
    const auto settings = TRY(app::settings_of(options, placement));
    const auto clock = TRY(base::clock_for(options.today));
    crypto::SystemRandom random;
    platform::EventQueue events;
    const auto kiosk = TRY(app::Kiosk::open(settings, *clock, random, events));
    if (const auto& without = kiosk->stage().without_touch()) {
        fmt::print(stderr, "{}: warning: {}\n", program, without->describe());
    }
    if (use == Use::preview) {
        run_preview(*kiosk, options.station);
        return kiosk->wish();
    }
    while (kiosk->run_frame(nap)) {
    }
    fmt::print("{} responses kept, {} begun and not sent\n", kiosk->tally().kept, kiosk->tally().discarded);
    return kiosk->wish();
}

}  // namespace

int main(int argument_count, char* arguments[]) try {
    CLI::App command{
        "The kiosk: asks the campaign's questions and keeps the sealed answers in the station's outbox.\n"
        "Example: pillarbox-kiosk --station /var/lib/pillarbox/station"};
    app::Options options;
    bool windowed = false;
    app::add_options(command, options);
    command.add_flag("--windowed", windowed, "Open a window instead of filling the screen");
    bool preview = false;
    command.add_flag("--preview", preview, "Show each new campaign pack in the station folder at once, for authors");
    command.set_version_flag("--version", PILLARBOX_VERSION);
    if (const auto ending = base::parse_command_line(command, argument_count, arguments)) {
        return *ending;
    }
    const auto done = run(options, windowed ? platform::Placement::windowed : platform::Placement::full_screen,
                          preview ? Use::preview : Use::station);
    if (done.has_value() && *done == app::Wish::restart) {
        ::execv("/proc/self/exe", arguments);  // what it was started with; back only where that fails
    }
    return done.has_value() ? 0 : base::report(program, done.error());
} catch (const std::exception&) {
    // What the exception says might quote what it was doing: it is not printed.
    fmt::print(stderr, "{}: internal error\n", program);
    return static_cast<int>(base::ExitCode::internal);
}
