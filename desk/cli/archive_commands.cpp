// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <thread>

#include "core/base/file.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/archive/disposal.hpp"
#include "desk/archive/hand_over.hpp"
#include "desk/archive/package.hpp"
#include "desk/archive/withdrawal.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/typing.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/opening/output_folder.hpp"
#include "desk/outputs/outputs.hpp"

namespace pillarbox::cli {
namespace {

namespace fs = std::filesystem;

struct MakeOptions {
    std::string export_folder, committee_key, store_key, passphrase_file, out, withdrawn, retention, released, day,
        workspace, who;
    std::vector<std::string> packs, identities;
    std::uint64_t bag_size_mib = 2048;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
};

base::Result<base::Day> day_or_today(const std::string& day, const Context& context) {
    return day.empty() ? base::Result<base::Day>(context.clock.today()) : parse_day_option(day, "--day");
}

base::Result<archive::PackageSettings> settings_of(const MakeOptions& options, const Context& context) {
    archive::PackageSettings settings;
    campaign::Acceptance acceptance;  // without a day: the archive is made long after the packs have expired
    acceptance.committee_key = TRY(keys::parse_verify_key(options.committee_key, "--committee-key"));
    for (const std::string& path : options.packs) {
        base::Bytes pack = TRY(read_pack_file(path));
        campaign::Campaign campaign = TRY(campaign::verify_pack(pack, path, acceptance));
        acceptance.campaign_id = campaign.id;
        settings.packs.push_back({std::move(campaign), std::move(pack)});
    }
    settings.day = TRY(day_or_today(options.day, context));
    if (!options.withdrawn.empty()) {
        settings.withdrawn = TRY(archive::read_withdrawn(options.withdrawn));
    }
    if (!options.retention.empty()) {
        settings.retention = TRY(archive::read_retention(options.retention));
    }
    settings.released = options.released;
    settings.bag_size_bytes_max = options.bag_size_mib << 20U;
    settings.jobs = options.jobs;
    return settings;
}

// What only the officers' workspace knows: what was withdrawn there, and the responses as anyone may read them.
base::Result<void> add_from_workspace(const MakeOptions& options, workspace::Workspace& workspace,
                                      const opening::ExportReport& checked, archive::PackageSettings& settings) {
    const archive::WithdrawnTags withdrawn = TRY(outputs::withdrawn_in(workspace, checked));
    settings.withdrawn.insert(withdrawn.begin(), withdrawn.end());
    const workspace::Editor editor{options.who, settings.day};
    settings.write_anonymised = [editor,
                                 &workspace](const fs::path& folder) -> base::Result<std::vector<std::string>> {
        opening::FilesTogether together(folder);
        outputs::Export made =
            TRY(outputs::make_export(workspace, editor, {outputs::Extent::anonymised, std::nullopt},
                                     [&](exports::RecordSource& records, const exports::DataFiles& files) {
                                         return together.write(records, files);
                                     }));
        TRY(together.give_names());
        return std::move(made.files);
    };
    return {};
}

CommandResult make(const MakeOptions& options, const Context& context) {
    archive::PackageSettings settings = TRY(settings_of(options, context));
    const auto identities = TRY(keys::read_sealing_keys(options.identities, ask_for(options.passphrase_file)));
    std::optional<crypto::VerifyKey> pinned;
    if (!options.store_key.empty()) {
        pinned = TRY(keys::parse_verify_key(options.store_key, "--store-key"));
    }
    const opening::ExportFolder folder = TRY(opening::read_export(options.export_folder));
    const opening::ExportReport checked = opening::check_export(folder, pinned);
    if (!checked.holds()) {
        say_error("{}", opening::describe(checked));
        return base::fail(base::ErrorCode::conflict, options.export_folder,
                          "Not everything in the export holds, so nothing was archived.",
                          "Settle it with the store's admin.");
    }
    std::optional<workspace::Workspace> workspace;
    if (!options.workspace.empty()) {
        workspace = TRY(workspace::Workspace::open(options.workspace, identities));
        TRY(add_from_workspace(options, *workspace, checked, settings));
    }
    std::uint64_t total = 0;
    for (const opening::LogReport& log : checked.logs) {
        total += log.envelopes;
    }
    opening::Progress progress("Archiving", total, opening::progress_style_of(stderr), context.clock);
    const archive::PackageReport report =
        TRY(archive::make_packages(options.out, folder, checked, identities, settings, progress));
    say("responses   {}\nduplicates  {} left out\ntests       {} left out\ndamaged     {}\nwithdrawn   {} taken "
        "out\n",
        report.responses, report.duplicates, report.tests, report.damaged, report.withdrawn);
    if (report.other_campaigns > 0) {
        say("skipped     {} batches of other campaigns: their digests only were kept\n", report.other_campaigns);
    }
    for (const std::string& bag : report.bags) {
        say("bag         {}/{}\n", options.out, bag);
    }
    return base::ExitCode::success;
}

base::Result<std::vector<fs::path>> all_bags(const std::vector<std::string>& folders) {
    std::vector<fs::path> bags;
    for (const std::string& folder : folders) {
        const auto found = TRY(archive::bags_in(folder));
        bags.insert(bags.end(), found.begin(), found.end());
    }
    return bags;
}

CommandResult verify(const std::vector<std::string>& folders) {
    bool holds = true;
    const std::vector<fs::path> bags = TRY(all_bags(folders));
    for (const fs::path& bag : bags) {
        const archive::BagReport report = TRY(archive::check_bag(bag));
        say("{}", archive::describe(report));
        holds = holds && report.holds();
    }
    return holds ? base::ExitCode::success : base::ExitCode::damaged;
}

std::uint64_t size_of_folder(const fs::path& folder) {
    std::uint64_t size_bytes = 0;
    std::error_code problem;
    for (fs::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        std::error_code ignored;
        size_bytes += entry->is_regular_file(ignored) ? entry->file_size(ignored) : 0;
    }
    return size_bytes;
}

struct HandOverOptions {
    std::vector<std::string> bags;
    std::string to, target;
};

CommandResult hand_over(const HandOverOptions& options, const Context& context) {
    const std::vector<fs::path> bags = TRY(all_bags(options.bags));
    std::uint64_t total = 0;
    for (const fs::path& bag : bags) {
        total += size_of_folder(bag);
    }
    opening::Progress progress("Handing over (bytes)", total, opening::progress_style_of(stderr), context.clock);
    std::uint64_t done_bytes = 0;
    std::unique_ptr<archive::RemotePlace> place;
    if (!options.target.empty()) {
        const archive::ArchiveTarget target = TRY(archive::read_target(options.target));
        place = TRY(archive::RemotePlace::open(target));
    }
    for (const fs::path& bag : bags) {
        const auto outcome =
            TRY(place == nullptr ? archive::hand_over_to_folder(bag, options.to, progress, done_bytes)
                                 : archive::hand_over_to_server(bag, *place, progress, done_bytes));
        if (outcome.was_there) {
            say("{}: was there already, and is whole\n", bag.filename().string());
        } else {
            say("{}: handed over, {} files sent, {} were there; read back and valid\n", bag.filename().string(),
                outcome.files_sent, outcome.files_there);
        }
    }
    return base::ExitCode::success;
}

struct DisposalOptions {
    std::string bag, certificate, retention, early, day, key, passphrase_file;
};

CommandResult dispose(const DisposalOptions& options, const Context& context) {
    archive::DisposalOrder order;
    order.bag = options.bag;
    order.certificate = options.certificate;
    order.day = TRY(day_or_today(options.day, context));
    order.early_reason = options.early;
    if (!options.retention.empty()) {
        order.retention = TRY(archive::read_retention(options.retention));
    }
    std::optional<crypto::SigningKey> key;
    if (!options.key.empty()) {
        key = TRY(keys::read_signing_key(options.key, ask_for(options.passphrase_file)));
        order.committee_key = &*key;
    }
    const std::string certificate = TRY(archive::dispose(order));
    say("{}", certificate);
    return base::ExitCode::success;
}

struct WithdrawOptions {
    std::vector<std::string> bags;
    std::string withdrawn, day;
};

CommandResult withdraw(const WithdrawOptions& options, const Context& context) {
    const archive::WithdrawnTags withdrawn = TRY(archive::read_withdrawn(options.withdrawn));
    const base::Day day = TRY(day_or_today(options.day, context));
    const std::vector<fs::path> bags = TRY(all_bags(options.bags));
    bool released = false;
    bool changed = false;
    base::Result<void> first_problem;  // one bag that can't be read keeps no other from being made anew
    for (const fs::path& bag : bags) {
        const auto outcome = archive::withdraw_from_bag(bag, withdrawn, day);
        if (!outcome.has_value()) {
            say("{}: NOT made anew\n", bag.filename().string());
            first_problem = first_problem.has_value() ? std::unexpected(outcome.error()) : std::move(first_problem);
            continue;
        }
        say("{}: {}\n", bag.filename().string(),
            outcome->taken_out == 0 ? std::string("holds none of them, unchanged")
                                    : fmt::format("{} taken out, made anew", outcome->taken_out));
        released = released || outcome->has_released_files;
        changed = changed || outcome->taken_out > 0;
    }
    if (changed) {
        say("Copies that were handed over before still hold them: let the archive dispose of those, and hand the new "
            "bags over.\n");
    }
    if (released) {
        say("Files that were released are as they were: export and release them anew where they hold a withdrawn "
            "response.\n");
    }
    TRY(std::move(first_problem));
    return base::ExitCode::success;
}

void add_archive_make(CLI::App& archive, Context& context) {
    CLI::App* command = archive.add_subcommand("make", "Make bags of an export: closed and open packages.");
    const auto options = std::make_shared<MakeOptions>();
    command->add_option("--export", options->export_folder, "the folder `pillarbox-store export` wrote")
        ->type_name("DIR")
        ->required();
    command
        ->add_option("--pack", options->packs, "the signed pack; every version that was given out, the last one last")
        ->type_name("FILE")
        ->required();
    command->add_option("--committee-key", options->committee_key, "the committee's public signing key")
        ->type_name("BASE64")
        ->required();
    command
        ->add_option("--identity", options->identities, "the committee's sealing key file; several after a rotation")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->required();
    add_passphrase_file(*command, options->passphrase_file);
    command->add_option("--store-key", options->store_key, "the store's public key, known from elsewhere")
        ->type_name("BASE64");
    command->add_option("--out", options->out, "a new folder for the bags")->type_name("DIR")->required();
    CLI::Option* workspace =
        command
            ->add_option("--workspace", options->workspace,
                         "the officers' workspace: leaves out what was withdrawn there, and adds the responses, "
                         "anonymised and as redacted, to the open package")
            ->type_name("DIR");
    CLI::Option* as = command->add_option("--as", options->who, "who makes them, for the workspace's audit trail")
                          ->type_name("NAME")
                          ->needs(workspace);
    workspace->needs(as);
    command->add_option("--withdrawn", options->withdrawn, "withdrawal tags or codes, one a line, to leave out")
        ->type_name("FILE");
    command->add_option("--released", options->released, "files that the committee released, for the open package")
        ->type_name("DIR");
    command->add_option("--retention", options->retention, "how long each class is kept (JSON)")->type_name("FILE");
    command->add_option("--day", options->day, "the day that stands in the bags; today where left out")
        ->type_name("DAY");
    command->add_option("--bag-size", options->bag_size_mib, "in MiB, that a bag's payload may have")
        ->type_name("MIB")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 30U));
    command->add_option("--jobs", options->jobs, "threads; as many as there are cores where left out")
        ->type_name("N")
        ->check(CLI::Range(1U, 256U));
    command->footer(
        "The same input and day give the same bytes.\n\nExample:\n"
        "  pillarbox archive make --export export --pack campaign.pack --committee-key \"$COMMITTEE_KEY\" \\\n"
        "      --identity sealing.key --withdrawn withdrawn.txt --retention retention.json --out bags");
    on_run(*command, context, [options, &context] { return make(*options, context); });
}

void add_archive_verify(CLI::App& archive, Context& context) {
    CLI::App* command = archive.add_subcommand("verify", "Verify bags: complete, unchanged, nothing added.");
    const auto bags = std::make_shared<std::vector<std::string>>();
    command->add_option("BAG", *bags, "bags, or folders of bags")->required();
    command->footer("Exit code 7 where a bag is not valid.\n\nExample:\n  pillarbox archive verify bags");
    on_run(*command, context, [bags] { return verify(*bags); });
}

void add_archive_hand_over(CLI::App& archive, Context& context) {
    CLI::App* command = archive.add_subcommand("hand-over", "Copy bags to the archive, and verify them there.");
    const auto options = std::make_shared<HandOverOptions>();
    command->add_option("BAG", options->bags, "bags, or folders of bags")->required();
    CLI::Option_group* where = command->add_option_group("where", "to where");
    where->add_option("--to", options->to, "the archive's folder, which is there")->type_name("DIR");
    where->add_option("--target", options->target, "the archive's server: WebDAV, S3 or SFTP (JSON)")
        ->type_name("FILE");
    where->require_option(1);
    command->footer(
        "Run again after an interruption: it goes on where it was. A bag of another's is never overwritten.\n\n"
        "Example:\n  pillarbox archive hand-over bags --to /mnt/archive\n"
        "  pillarbox archive hand-over bags --target archive.json");
    on_run(*command, context, [options, &context] { return hand_over(*options, context); });
}

void add_archive_disposal(CLI::App& archive, Context& context) {
    CLI::App* command = archive.add_subcommand("disposal", "Delete a bag whose time has come, with a certificate.");
    const auto options = std::make_shared<DisposalOptions>();
    command->add_option("BAG", options->bag, "the bag")->required();
    command->add_option("--certificate", options->certificate, "the file to write")->type_name("FILE")->required();
    command->add_option("--retention", options->retention, "the rules in force (JSON); the bag's own where left out")
        ->type_name("FILE");
    command->add_option("--early", options->early, "why it goes before its time")->type_name("REASON");
    command->add_option("--key", options->key, "the committee's signing key, which signs the certificate")
        ->type_name("FILE");
    add_passphrase_file(*command, options->passphrase_file);
    command->add_option("--day", options->day, "the day of disposal; today where left out")->type_name("DAY");
    command->footer(
        "Exit code 5 where the bag is to be kept longer.\n\nExample:\n"
        "  pillarbox archive disposal bags/las-closed-contacts-001 --retention retention.json --key signing.key \\\n"
        "      --certificate contacts-disposed.txt");
    on_run(*command, context, [options, &context] { return dispose(*options, context); });
}

void add_archive_withdraw(CLI::App& archive, Context& context) {
    CLI::App* command = archive.add_subcommand("withdraw", "Take withdrawn responses out of bags made before.");
    const auto options = std::make_shared<WithdrawOptions>();
    command->add_option("BAG", options->bags, "bags, or folders of bags")->required();
    command->add_option("--withdrawn", options->withdrawn, "withdrawal tags or codes, one a line")
        ->type_name("FILE")
        ->required();
    command->add_option("--day", options->day, "the day that stands in the bag; today where left out")
        ->type_name("DAY");
    command->footer("Example:\n  pillarbox archive withdraw bags --withdrawn withdrawn.txt");
    on_run(*command, context, [options, &context] { return withdraw(*options, context); });
}

}  // namespace

void add_archive_commands(CLI::App& app, Context& context) {
    CLI::App* archive = app.add_subcommand("archive", "Make, verify, hand over and dispose of bags (BagIt).");
    archive->require_subcommand(1);
    archive->footer("Example:\n  pillarbox archive verify bags");
    add_archive_make(*archive, context);
    add_archive_verify(*archive, context);
    add_archive_hand_over(*archive, context);
    add_archive_withdraw(*archive, context);
    add_archive_disposal(*archive, context);
}

}  // namespace pillarbox::cli
