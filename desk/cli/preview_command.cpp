// SPDX-License-Identifier: GPL-3.0-or-later
//
// `pillarbox campaign preview`: a kiosk in a window beside the author's spreadsheet. Each time the workbook is saved
// it is checked, and what the kiosk can ask is on its screen a moment later, at the same page.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/child_process.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/interruption.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workbook_check.hpp"
#include "desk/packs/preview_station.hpp"

namespace pillarbox::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds glance{200};

struct PreviewOptions {
    std::string workbook, today, size = "540x960";
};

// A spreadsheet writes its file anew, or puts another in its place: both change what is compared here.
struct Edition {
    fs::file_time_type written{};
    std::uintmax_t size_bytes = 0;
    bool operator==(const Edition&) const = default;
};

std::optional<Edition> edition_of(const fs::path& path) {
    std::error_code failed;
    const Edition edition{fs::last_write_time(path, failed), failed ? 0 : fs::file_size(path, failed)};
    return failed ? std::nullopt : std::optional(edition);
}

// One author, one workbook, one kiosk.
class Preview {
  public:
    Preview(const PreviewOptions& options, packs::PreviewStation station, const base::Clock& clock)
        : options_(options), station_(std::move(station)), clock_(clock) {}

    // Until the kiosk's window is closed, or Ctrl-C.
    CommandResult run() {
        const Interruption interruption;
        TRY(take());
        std::optional<Edition> seen = taken_;
        while (!interruption.came_within(glance)) {
            if (kiosk_.has_value() && kiosk_->ended().has_value()) {
                return *kiosk_->ended() == 0 ? base::ExitCode::success : base::ExitCode::machine;
            }
            // Only once it lies still: a spreadsheet program may be in the middle of writing it.
            const auto now = edition_of(options_.workbook);
            if (now.has_value() && now != taken_ && now == seen) {
                TRY(take());
            }
            seen = now;
        }
        return base::ExitCode::success;
    }

  private:
    // Checks the workbook as it is now; a sound one goes to the kiosk, and of another one the problems are told while
    // the kiosk keeps what it has.
    base::Result<void> take() {
        taken_ = edition_of(options_.workbook);
        const auto workbook = read_workbook_file(options_.workbook);
        if (!workbook.has_value()) {
            return kiosk_.has_value() ? base::Result<void>{} : std::unexpected(workbook.error());
        }
        const auto sound = say_check(*workbook, options_.workbook);
        const bool usable = sound.has_value() && *sound;
        if (usable) {
            TRY(station_.install(*workbook, options_.workbook));
        }
        if (usable && !kiosk_.has_value()) {
            TRY(start_kiosk(*workbook));
        }
        say("{}\n", !usable             ? "waiting for the workbook to be mended and saved; Ctrl-C ends"
                    : installed_++ == 0 ? "opened; save the workbook to see it change, close the window to end"
                                        : "shown");
        std::fflush(stdout);
        return {};
    }

    base::Result<void> start_kiosk(base::ByteView workbook) {
        const base::Day today = options_.today.empty()
                                    ? TRY(packs::preview_day(workbook, options_.workbook, clock_.today()))
                                    : TRY(parse_day_option(options_.today, "--today"));
        kiosk_.emplace(TRY(
            base::ChildProcess::start(base::sibling_program("pillarbox-kiosk"),
                                      {"--preview", "--windowed", "--station", station_.folder().string(), "--today",
                                       base::format_day(today), "--size", options_.size, "--idle-seconds", "3600"},
                                      base::ChildOutput::shared)));
        return {};
    }

    const PreviewOptions& options_;
    packs::PreviewStation station_;
    const base::Clock& clock_;
    std::optional<base::ChildProcess> kiosk_;  // after the station, so that it ends before its folder goes
    std::optional<Edition> taken_;
    int installed_ = 0;
};

}  // namespace

void add_preview_command(CLI::App& campaign, Context& context) {
    CLI::App* command = campaign.add_subcommand("preview", "Open a workbook on a kiosk; shows each change you save.");
    const auto options = std::make_shared<PreviewOptions>();
    command->add_option("FILE.xlsx", options->workbook, "the XLSForm workbook")->required();
    command->add_option("--size", options->size, "of the window in pixels")->type_name("WxH")->capture_default_str();
    command->add_option("--today", options->today, "act as on this day; a day within the call where left out")
        ->type_name("DAY");
    command->footer(
        "Answers given there are sealed to a key that nobody has, and go with the window.\n\n"
        "Example:\n  pillarbox campaign preview form.xlsx --size 540x960");
    on_run(*command, context, [options, &context]() -> CommandResult {
        return Preview(*options, TRY(packs::PreviewStation::make(context.random)), context.clock).run();
    });
}

}  // namespace pillarbox::cli
