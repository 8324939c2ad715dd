// SPDX-License-Identifier: GPL-3.0-or-later
//
// pillarbox-sync: the command line of a station's sender. What it does is in the library; here it is only asked for.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/command_line.hpp"
#include "core/base/core_dumps.hpp"
#include "core/base/exit_code.hpp"
#include "core/crypto/system_random.hpp"
#include "sync/client/daemon.hpp"
#include "sync/client/enrolling.hpp"
#include "sync/client/folder_lock.hpp"
#include "sync/client/hand_over.hpp"
#include "sync/client/progress_line.hpp"
#include "sync/client/progress_records.hpp"
#include "sync/client/status.hpp"
#include "sync/client/stop_signals.hpp"
#include "sync/client/sync_station.hpp"
#include "sync/client/tally.hpp"

namespace {

using namespace pillarbox;

constexpr std::string_view program = "pillarbox-sync";
constexpr std::uint64_t daemon_batch_responses_min = 5;

struct Options {
    std::string station;
    std::string today;
    std::string proxy;
    bool daemon = false;
    bool progress = false;
    std::optional<std::uint64_t> batch_responses_min;
    std::string since;
    std::string folder;  // on a stick
    client::RunFigures run;
};

template <typename... Values>
void print_line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::print("{}\n", fmt::format(format, std::forward<Values>(values)...));
    std::fflush(stdout);
}

void print_report(const client::RoundReport& report) {
    if (report.batches_attested > 0) {
        print_line("the store had lost {} batches that were deleted here, and knows it now", report.batches_attested);
    }
    print_line(
        "sent {} responses in {} batches; the store holds batch {} and has made it safe up to {}; {} responses are "
        "still kept here",
        report.responses_sent, report.batches_sent, report.receipt.stored, report.receipt.safe,
        report.responses_kept);
}

base::Result<client::RoundReport> one_round(const Options& options, std::uint64_t batch_responses_min,
                                            const client::StopSignals& stop) {
    crypto::SystemRandom random;
    const base::SystemClock clock;
    client::ProgressLine line(stderr, clock);
    client::ProgressRecords records(stdout, clock);
    const auto progress = [&](std::uint64_t sent, std::uint64_t total) {
        options.progress ? records.update(sent, total) : line.update(sent, total);
        return stop.arrived() ? http::Proceed::stop : http::Proceed::yes;
    };
    const auto tell_refusal = [&](const batch::Refusal& refusal) {
        if (options.progress) {
            print_line("{}", client::format_refusal(refusal));
        }
    };
    return client::sync_station({options.station, options.proxy, batch_responses_min, tell_refusal}, random,
                                progress);
}

base::Result<void> enrol(const Options& options) {
    const auto lock = TRY(client::FolderLock::take(options.station));
    crypto::SystemRandom random;
    const auto report = TRY(client::enrol(options.station, options.proxy, random));
    print_line("{} as {}", report.before == client::EnrolledBefore::yes ? "enrolled before" : "enrolled",
               base::to_hex(report.log_id));
    return {};
}

base::Result<void> run_once(const Options& options) {
    const auto lock = TRY(client::FolderLock::take(options.station));
    const client::StopSignals stop;
    const auto report = TRY(one_round(options, options.batch_responses_min.value_or(1), stop));
    if (options.progress) {
        print_line("{}", client::format_result({report.responses_sent, report.responses_kept}));
    } else {
        print_report(report);
    }
    return {};
}

base::Result<void> run_daemon(const Options& options, const base::Clock& clock) {
    const auto lock = TRY(client::FolderLock::take(options.station));
    const client::StopSignals stop;
    crypto::SystemRandom random;
    std::string last_line;  // the same trouble is told once, not at every try
    const client::DaemonHooks hooks{
        [&](std::uint64_t batch_responses_min) { return one_round(options, batch_responses_min, stop); },
        [&](std::chrono::milliseconds time) { return stop.wait(time); },
        [&](const base::Result<client::RoundReport>& done) {
            const std::string line = done.has_value() ? std::string() : done.error().describe();
            if (!line.empty() && line != last_line) {
                fmt::print(stderr, "{}: {}\n", program, line);
            }
            last_line = line;
            if (done.has_value() && done->batches_sent > 0) {
                print_report(*done);
            }
        }};
    client::run_daemon(hooks, options.batch_responses_min.value_or(daemon_batch_responses_min), clock,
                       client::BackOff({}, random));
    return {};
}

base::Result<void> print_tally(const Options& options, const base::Clock& clock) {
    crypto::SystemRandom random;
    client::RunFigures run = options.run;
    run.since = options.since.empty() ? clock.today() : TRY(base::parse_day(options.since));
    const auto tally = TRY(client::sign_tally(options.station, clock.today(), run, random));
    print_line("tally {} {}", tally.file_name, tally.code);
    return {};
}

base::Result<void> export_to(const Options& options) {
    const auto lock = TRY(client::FolderLock::take(options.station));
    crypto::SystemRandom random;
    const auto report = TRY(client::export_batches(options.station, options.folder, random));
    print_line("exported {} responses in {} batches; they stay here until a receipt comes back", report.responses,
               report.batches);
    return {};
}

base::Result<void> import_from(const Options& options) {
    const auto lock = TRY(client::FolderLock::take(options.station));
    crypto::SystemRandom random;
    const auto report = TRY(client::import_receipt(options.station, options.folder, random));
    print_line("confirmed {} responses; {} responses are still kept here", report.confirmed, report.kept);
    return {};
}

base::Result<void> print_status(const Options& options) {
    crypto::SystemRandom random;
    const auto status = TRY(client::read_status(options.station, random));
    print_line("station \"{}\" store {}", status.station, status.store_url);
    print_line("log {} batch {}", status.head.has_value() ? base::to_hex(status.head->log_id) : "not enrolled yet",
               status.head.has_value() ? status.head->number : 0);
    print_line("waiting {} batched {} acknowledged {} quarantined {}", status.counts.waiting, status.counts.batched,
               status.counts.acknowledged, status.counts.quarantined);
    if (status.counts.tests > 0) {
        print_line("test responses kept here, in none of these figures: {}", status.counts.tests);
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    base::forbid_core_dumps_or_warn(program);
    CLI::App app(
        "Sends a station's sealed responses to the store, and deletes them here once the store has made them safe.");
    app.set_version_flag("--version", PILLARBOX_VERSION);
    app.require_subcommand(1);
    Options options;
    const auto command = [&](const char* name, const char* help) {
        CLI::App* sub = app.add_subcommand(name, help);
        sub->add_option("--station", options.station, "the station's folder")->required();
        sub->add_option("--today", options.today, "take this day (YYYY-MM-DD) for today, for demonstrations");
        return sub;
    };
    CLI::App* on_enrol = command("enrol", "make this kiosk's key and have the store pin it, by the one-time token");
    CLI::App* on_run = command("run", "send what waits, once");
    for (CLI::App* sub : {on_enrol, on_run}) {
        sub->add_option("--proxy", options.proxy, "an HTTP proxy to go through (the environment's is not used)");
    }
    on_run->add_flag("--daemon", options.daemon, "go on until SIGTERM, with pauses");
    on_run
        ->add_flag("--progress", options.progress,
                   "print lines for a program to read: progress SENT TOTAL (bytes), and result sent N kept N")
        ->excludes("--daemon");
    on_run->add_option(
        "--min-batch", options.batch_responses_min,
        "send only where so many responses wait (default 1; with --daemon 5, and all at the turn of a day)");
    CLI::App* on_status = command("status", "print what waits here; needs no network");
    CLI::App* on_export = command("export", "write what no receipt covers to a folder on a USB stick");
    on_export->add_option("--to", options.folder, "the folder; the store takes it in with `pillarbox-store import`")
        ->required();
    CLI::App* on_import =
        command("import-receipts", "delete what the store has confirmed, by the receipt that came back on the stick");
    on_import->add_option("--from", options.folder, "the folder, back from the store")->required();
    CLI::App* on_tally =
        command("tally", "sign the figures of a day, for staff; prints the file's name and a check code");
    on_tally->add_option("--since", options.since, "when the kiosk program was started (YYYY-MM-DD)");
    for (const auto& [name, figure] : {std::pair("--saved", &options.run.saved),
                                       {"--assisted", &options.run.assisted},
                                       {"--paper", &options.run.paper},
                                       {"--tests", &options.run.tests},
                                       {"--discarded", &options.run.discarded},
                                       {"--failed", &options.run.failed}}) {
        on_tally->add_option(name, *figure, "counted by the kiosk program since then");
    }
    if (const auto ending = base::parse_command_line(app, argc, argv)) {
        return *ending;
    }
    const auto clock = base::clock_for(options.today);
    if (!clock.has_value()) {
        return base::report(program, clock.error());
    }
    base::Result<void> done;
    if (on_enrol->parsed()) {
        done = enrol(options);
    } else if (on_status->parsed()) {
        done = print_status(options);
    } else if (on_export->parsed()) {
        done = export_to(options);
    } else if (on_import->parsed()) {
        done = import_from(options);
    } else if (on_tally->parsed()) {
        done = print_tally(options, **clock);
    } else if (on_run->parsed()) {
        done = options.daemon ? run_daemon(options, **clock) : run_once(options);
    }
    return done.has_value() ? 0 : base::report(program, done.error());
}
