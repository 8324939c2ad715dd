// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "core/campaign/campaign.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/export_check.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/typing.hpp"
#include "desk/exports/answer_table.hpp"
#include "desk/exports/csv.hpp"
#include "desk/exports/csv_text.hpp"
#include "desk/exports/json.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/opening/opener.hpp"
#include "desk/opening/output_folder.hpp"

namespace pillarbox::cli {
namespace {

constexpr unsigned jobs_max = 256;

enum class Table { none, print };

struct OpenOptions {
    std::string export_folder, pack, committee_key, store_key, out, language, passphrase_file;
    std::vector<std::string> identities;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
    opening::TestSubmissions tests = opening::TestSubmissions::leave_out;
    Table table = Table::none;
    Problems problems = Problems::refuse;
};

base::Result<campaign::Campaign> read_campaign(const OpenOptions& options) {
    campaign::Acceptance acceptance;  // without a day: responses are opened long after their pack has expired
    acceptance.committee_key = TRY(keys::parse_verify_key(options.committee_key, "--committee-key"));
    const base::Bytes pack = TRY(read_pack_file(options.pack));
    return campaign::verify_pack(pack, options.pack, acceptance);
}

std::string damaged_csv(const std::vector<opening::LostEnvelope>& lost) {
    std::string text(exports::byte_order_mark);
    exports::CsvRow(text).cell("Station").cell("batch").cell("position").cell("sha256").cell("reason").end();
    for (const opening::LostEnvelope& envelope : lost) {
        exports::CsvRow row(text);
        row.cell(envelope.station);
        row.cell(envelope.batch_file.parent_path().filename().string() + "/" +
                 envelope.batch_file.filename().string());
        row.cell(std::to_string(envelope.position)).cell(base::to_hex(envelope.digest)).cell(envelope.reason).end();
    }
    return text;
}

exports::DataFiles files_of(const form::Form& form, const opening::Opened& opened) {
    exports::DataFiles files = exports::responses_csv(form);
    files.push_back(exports::responses_json(form));
    exports::append(files, exports::contacts_csv(form));
    files.push_back(std::make_unique<exports::WholeFile>(exports::codebook_name, exports::codebook_csv(form)));
    files.push_back(std::make_unique<exports::WholeFile>("damaged.csv", damaged_csv(opened.lost)));
    return files;
}

void print_summary(const OpenOptions& options, const opening::Opened& opened, const std::vector<std::string>& names) {
    say("responses   {}\nenvelopes   {}, of which {} opened by an earlier run\n", opened.records.size(),
        opened.envelopes, opened.resumed);
    say("tests       {} {}\n", opened.tests,
        options.tests == opening::TestSubmissions::include ? "taken in" : "left out");
    say("duplicates  {} counted once", opened.duplicates);
    say("{}\n", opened.contradictions == 0 ? std::string()
                                           : fmt::format(", {} of them with other content", opened.contradictions));
    if (opened.withdrawn > 0) {
        say("withdrawn   {} at the store\n", opened.withdrawn);
    }
    say("damaged     {}{}\n", opened.lost.size(), opened.lost.empty() ? "" : ", listed in damaged.csv");
    if (opened.other_campaigns > 0) {
        say("skipped     {} batches of other campaigns\n", opened.other_campaigns);
    }
    say("written     {}: {}\n", options.out, fmt::join(names, ", "));
}

// As wide as the terminal; in a file or a pipe answers stay whole, so that they can be searched for.
std::size_t table_width_cells() {
    winsize size{};
    if (::isatty(STDOUT_FILENO) != 1) {
        return exports::no_wrapping;
    }
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void print_tables(const OpenOptions& options, const form::Form& form, const opening::Opened& opened) {
    const exports::TableStyle style{options.language, table_width_cells()};
    for (const exports::Record& record : opened.records) {
        say("{}", exports::answer_table(form, record, style));
    }
}

CommandResult open(const OpenOptions& options, const Context& context) {
    const campaign::Campaign campaign = TRY(read_campaign(options));
    const std::vector<envelope::Identity> identities =
        TRY(keys::read_sealing_keys(options.identities, ask_for(options.passphrase_file)));
    TRY(check_identities(identities, campaign, options.identities.front()));
    const opening::ExportReport report =
        TRY(check_batches(options.export_folder, options.store_key, options.problems));
    TRY(opening::prepare_output_folder(options.out));
    opening::Journal journal = TRY(opening::Journal::open(opening::journal_path(options.out)));

    opening::Progress progress("Opening", envelopes_in(report), opening::progress_style_of(stderr), context.clock);
    const opening::OpenSettings settings{campaign.id, options.tests, options.jobs};
    const opening::Opened opened = TRY(opening::open_envelopes(report, settings, identities, journal, progress));
    const exports::DataFiles files = files_of(*campaign.form, opened);
    exports::RecordList records(opened.records);
    opening::FilesTogether together(options.out);
    TRY(together.write(records, files));
    TRY(together.give_names());

    if (options.table == Table::print) {
        print_tables(options, *campaign.form, opened);
    }
    print_summary(options, opened, exports::names_of(files));
    if (!opened.lost.empty()) {
        return base::ExitCode::damaged;
    }
    return report.holds() ? base::ExitCode::success : base::ExitCode::trust;
}

void add_inputs(CLI::App& command, OpenOptions& options) {
    command.add_option("--export", options.export_folder, "the folder `pillarbox-store export` wrote")
        ->type_name("DIR")
        ->required();
    command.add_option("--pack", options.pack, "the signed campaign pack")->type_name("FILE")->required();
    command.add_option("--committee-key", options.committee_key, "the committee's public signing key")
        ->type_name("BASE64")
        ->required();
    command.add_option("--store-key", options.store_key, "the store's public key, known from elsewhere")
        ->type_name("BASE64");
    command
        .add_option("--identity", options.identities, "the committee's sealing key file; several after a rotation")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->required();
    add_passphrase_file(command, options.passphrase_file);
}

void add_outputs(CLI::App& command, OpenOptions& options) {
    command.add_option("--out", options.out, "folder for the plain responses; made private to you")
        ->type_name("DIR")
        ->required();
    command.add_option("--jobs", options.jobs, "threads; as many as there are cores where left out")
        ->type_name("N")
        ->check(CLI::Range(1U, jobs_max));
    command.add_flag_callback(
        "--include-tests", [&options] { options.tests = opening::TestSubmissions::include; },
        "take test submissions in too");
    command.add_flag_callback(
        "--table", [&options] { options.table = Table::print; }, "print every response as a table");
    command
        .add_option("--language", options.language, "of the labels in the table; the form's default where left out")
        ->type_name("CODE");
    command.add_flag_callback(
        "--despite-problems", [&options] { options.problems = Problems::go_on; },
        "open the sound batches of an export that does not verify (exit code 5 all the same)");
}

}  // namespace

void add_open_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("open", "Verify an export, open its envelopes, write CSV and JSON.");
    const auto options = std::make_shared<OpenOptions>();
    add_inputs(*command, *options);
    add_outputs(*command, *options);
    command->footer(
        "Run again at any time: what was opened before is not opened twice. Exit code 7 where envelopes were "
        "damaged.\n\n"
        "Example:\n  pillarbox open --export export --pack campaign.pack --committee-key \"$COMMITTEE_KEY\" \\\n"
        "      --identity sealing.key --out opened --table");
    on_run(*command, context, [options, &context] { return open(*options, context); });
}

}  // namespace pillarbox::cli
