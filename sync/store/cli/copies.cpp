// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes out of a store and comes into it as files and databases, and what is done after an old copy was put back.
#include <sys/stat.h>

#include "sync/store/backup.hpp"
#include "sync/store/cli/commands.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/export.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/hand_over.hpp"
#include "sync/store/key_history.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/moving.hpp"

namespace pillarbox::cli {
namespace {

using base::Result;

Result<void> export_all(const Options& options, const base::Clock&) {
    const auto database = TRY(store::open_database_of(options.data));
    const store::Keys keys = TRY(store::read_keys(options.data));
    const auto history =
        TRY(store::read_key_history(options.data, database->identity().name, keys.store_key.verify_key()));
    const auto report =
        TRY(store::export_store(*database, keys.store_key, batch::Limits{}, options.out, history.text));
    print_line("exported {} responses in {} batches of {} kiosks to {}", report.responses, report.batches,
               report.kiosks, options.out);
    if (report.branch_batches > 0) {
        print_line("besides, {} batches that contradict what is stored of their kiosks, from copies of these",
                   report.branch_batches);
    }
    if (report.unnamed > 0) {
        print_line("left out {} large envelopes that have not come as a whole, or whose batch has not come",
                   report.unnamed);
    }
    return {};
}

Result<void> import_from(const Options& options, const base::Clock& clock) {
    const auto database = TRY(store::open_database_of(options.data));
    const store::Keys keys = TRY(store::read_keys(options.data));
    const auto history =
        TRY(store::read_key_history(options.data, database->identity().name, keys.store_key.verify_key()));
    const auto imports = TRY(store::import_hand_over(*database, keys.store_key, batch::Limits{}, options.from,
                                                     clock.today(), history.text));
    Result<void> all;
    for (const store::KioskImport& import : imports) {
        if (import.outcome.has_value()) {
            print_line("{} {} new responses, stored {}", import.log_id, import.new_responses, import.stored);
        } else {
            fmt::print(stderr, "pillarbox-store: {}\n", import.outcome.error().describe());
            all = import.outcome;
        }
    }
    return all;
}

bool on_same_disk(const std::filesystem::path& left, const std::filesystem::path& right) {
    struct stat left_status{};
    struct stat right_status{};
    return ::stat(left.c_str(), &left_status) == 0 && ::stat(right.c_str(), &right_status) == 0 &&
           left_status.st_dev == right_status.st_dev;
}

Result<void> backup(const Options& options, const base::Clock&) {
    const auto database = TRY(store::open_database_of(options.data));
    const auto report = TRY(store::back_up(*database, options.to));
    print_line("backed up and verified {} responses in {} batches of {} kiosks to {}", report.responses,
               report.batches, report.kiosks, options.to);
    if (on_same_disk(options.data, options.to)) {
        fmt::print(stderr,
                   "pillarbox-store: warning: the backup is on the same disk as the store, and is lost with it. "
                   "Kiosks now delete what it covers: move it to another machine today.\n");
    }
    return {};
}

Result<void> migrate(const Options& options, const base::Clock&) {
    const std::string from = options.from.empty() ? TRY(store::database_address(options.data)) : options.from;
    const auto report =
        TRY(store::move_store(options.data, from, options.to, [](std::uint64_t batches, std::uint64_t of_batches) {
            fmt::print(stderr, "pillarbox-store: {} of {} batches\n", batches, of_batches);
        }));
    print_line("moved {} tokens, {} kiosks, {} batches and {} responses to {}, and compared them", report.tokens,
               report.kiosks, report.batches, report.responses, options.to);
    print_line("The old database stays as it was. It must not be served again: archive it.");
    return {};
}

Result<void> raise_epoch(const Options& options, const base::Clock&) {
    const auto database = TRY(store::open_database_of(options.data));
    const bool in_use = TRY(database->is_used_by_others());
    if (in_use) {
        return base::fail(base::ErrorCode::unavailable, database->where(), "Other stores work with this database.",
                          "Stop them: kiosks keep what they can't deliver.");
    }
    const std::uint64_t epoch = TRY(store::raise_epoch(*database));
    print_line("epoch {}: kiosks now show the receipts of batches that this store lacks", epoch);
    print_line("`pillarbox-store status` tells the gaps, and `pillarbox-store refill` fills them.");
    return {};
}

Result<void> refill(const Options& options, const base::Clock&) {
    const auto database = TRY(store::open_database_of(options.data));
    store::RefillReport report;
    if (store::check_address(options.from).has_value()) {
        const auto other = TRY(store::open_database(options.from));
        report = TRY(store::refill_from(*database, *other));
    } else {
        report = TRY(store::refill_from_folder(*database, options.from, batch::Limits{}));
    }
    print_line("refilled {} responses in {} batches; {} batches are still missing", report.responses, report.batches,
               report.missing);
    return {};
}

}  // namespace

void add_copies(Commands& commands) {
    Options& options = commands.options();
    commands.add("export", "write all batches as files, for the desk", export_all)
        ->add_option("--out", options.out, "a new folder")
        ->required();
    commands.add("import", "take in what kiosks exported to a USB stick, and put receipts on it", import_from)
        ->add_option("--from", options.from, "the folder that `pillarbox-sync export` wrote")
        ->required();
    commands.add("backup", "copy the database, verify the copy, and let kiosks delete what it covers", backup)
        ->add_option("--to", options.to, "a new file, on another disk")
        ->required();
    CLI::App* on_migrate = commands.add(
        "migrate", "move the store to another database; run it again if it was cut short", migrate, FolderUse::alone);
    on_migrate->add_option("--from", options.from, "sqlite:FILE or postgres://... (default: where the store is now)");
    on_migrate->add_option("--to", options.to, "sqlite:FILE or postgres://USER@HOST/NAME, empty")->required();
    const Group epoch = commands.group("epoch", "tell kiosks that this store was put back to an old copy");
    commands.add("raise", "take up what kiosks can show of batches that are lost", raise_epoch, FolderUse::alone,
                 epoch);
    commands.add("refill", "fill in what a store that was put back to an old copy lacks", refill)
        ->add_option("--from", options.from, "an export, a stick's folder, sqlite:FILE or postgres://...")
        ->required();
}

}  // namespace pillarbox::cli
