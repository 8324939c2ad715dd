// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/tally.hpp"

#include <fmt/format.h>

#include <system_error>

#include "core/base/file.hpp"
#include "core/batch/note.hpp"
#include "core/crypto/fingerprint.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "sync/client/sync_station.hpp"

namespace pillarbox::client {
namespace {

constexpr int tallies_per_day_max = 99;

std::string text_of(const station::Station& station, const outbox::Head& head, const outbox::Counts& counts,
                    base::Day day, const RunFigures& run) {
    std::string text = "pillarbox tally 1\n";
    const auto line = [&text](std::string_view name, const auto& value) {
        text += fmt::format("{} {}\n", name, value);
    };
    line("station", station.name);
    line("campaign", station.campaign_id);
    line("log", base::to_hex(head.log_id));
    line("day", base::format_day(day));
    line("waiting", counts.waiting);
    line("batched", counts.batched);
    line("acknowledged", counts.acknowledged);
    line("damaged", counts.quarantined);
    line("tests", counts.tests);
    line("since", base::format_day(run.since));
    line("run_saved", run.saved);
    line("run_assisted", run.assisted);
    line("run_paper", run.paper);
    line("run_tests", run.tests);
    line("run_discarded", run.discarded);
    line("run_failed", run.failed);
    return text;
}

base::Result<std::string> free_name(const std::filesystem::path& folder, base::Day day) {
    for (int number = 1; number <= tallies_per_day_max; ++number) {
        const auto suffix = number == 1 ? std::string() : fmt::format("-{}", number);
        auto name = fmt::format("tally-{}{}.txt", base::format_day(day), suffix);
        std::error_code ignored;
        if (!std::filesystem::exists(folder / name, ignored)) {
            return name;
        }
    }
    return base::fail(base::ErrorCode::limit_exceeded, folder.string(), "There are 99 tallies of this day already.",
                      "Move them away.");
}

}  // namespace

base::Result<SignedTally> sign_tally(const std::filesystem::path& station_folder, base::Day day,
                                     const RunFigures& run, base::Random& random) {
    const station::Station station = TRY(station::read_station(station_folder));
    auto outbox = TRY(outbox::Outbox::open(station::outbox_path(station_folder), random));
    const auto key = TRY(device_key_of(station_folder, outbox));
    const outbox::Head head = TRY(outbox.head());
    const outbox::Counts counts = TRY(outbox.counts());
    const std::string note =
        batch::sign_note(text_of(station, head, counts, day, run), "kiosk-" + base::to_hex(head.log_id), key);
    SignedTally tally;
    tally.file_name = TRY(free_name(station_folder, day));
    tally.code = crypto::short_code_of(base::view_of(note));
    TRY(base::write_file(station_folder / tally.file_name, base::view_of(note)));
    return tally;
}

}  // namespace pillarbox::client
