// SPDX-License-Identifier: GPL-3.0-or-later
//
// pillarbox-store: the command line of the committee's store. What it does is in the library; here it is only asked
// for.
#include <fmt/format.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>

#include "core/base/command_line.hpp"
#include "core/base/core_dumps.hpp"
#include "core/base/exit_code.hpp"
#include "core/crypto/fingerprint.hpp"
#include "core/crypto/system_random.hpp"
#include "core/http/client.hpp"
#include "core/http/listen_address.hpp"
#include "core/http/server.hpp"
#include "core/station/station.hpp"
#include "core/submission/submission.hpp"
#include "sync/store/backup.hpp"
#include "sync/store/closing.hpp"
#include "sync/store/enrolling.hpp"
#include "sync/store/event_log.hpp"
#include "sync/store/export.hpp"
#include "sync/store/fleet/accounts.hpp"
#include "sync/store/fleet/serving.hpp"
#include "sync/store/fleet/typing.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/hand_over.hpp"
#include "sync/store/key_history.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/moving.hpp"
#include "sync/store/parts.hpp"
#include "sync/store/revoking.hpp"
#include "sync/store/service.hpp"
#include "sync/store/withdrawing.hpp"

namespace {

using namespace pillarbox;
using base::Result;

struct Options {
    std::string data;
    std::string database;
    std::string name;
    std::vector<std::string> hosts;
    bool sole_copy = false;
    std::string station;
    std::string url;
    std::string listen = "127.0.0.1:8443";
    std::string to;
    std::string out;
    std::string from;
    std::string today;
    std::string log;
    std::optional<std::uint64_t> after;
    std::string account;
    std::string role = "viewer";
    std::string campaign_id;
    std::uint64_t grace_days = store::grace_days_default;
    std::string code;
};

template <typename... Values>
void print_line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::print("{}\n", fmt::format(format, std::forward<Values>(values)...));
    std::fflush(stdout);
}

Result<void> init(const Options& options, const base::Clock& clock) {
    crypto::SystemRandom random;
    const store::Identity identity{options.name, 1,
                                   options.sole_copy ? store::Copies::sole : store::Copies::backed_up};
    std::vector<std::string> hosts = options.hosts;
    if (hosts.empty()) {
        hosts = {"localhost", "127.0.0.1"};
    }
    const auto address = options.database.empty() ? std::nullopt : std::optional(options.database);
    TRY(store::make_store(options.data, identity, hosts, clock.today(), random, address));
    print_line("store {} is ready in {}", options.name, options.data);
    print_line(
        "Copy store.key, tls.key and tls.crt to a safe place now: kiosks have to be enrolled again without them.");
    return {};
}

Result<void> token(const Options& options) {
    const auto database = TRY(store::open_database_of(options.data));
    const store::Keys keys = TRY(store::read_keys(options.data));
    const auto pin = TRY(http::pin_of(keys.certificate.certificate_pem));
    TRY(http::check_base_url(options.url));
    const station::StorePin store_pin{database->identity().name, options.url, keys.store_key.verify_key(), pin};
    crypto::SystemRandom random;
    const auto issued = TRY(store::issue_token(*database, store_pin, options.station, random));
    print_line("{}", station::format_token(issued));
    return {};
}

// Blocks in this thread and, inherited, in every thread started later: only wait_for_stop() takes them.
sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

// Bodies of megabytes come and go in several threads. One arena, and every large block a mapping of its own, give
// that memory back at once: measured with hundreds of clients that hold on, 35 MiB at most instead of 42.
void keep_memory_small() {
    constexpr int large_block_bytes = 256 * 1024;
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, large_block_bytes);
    mallopt(M_TRIM_THRESHOLD, large_block_bytes);
}

Result<void> serve(const Options& options, const base::Clock& clock) {
    keep_memory_small();
    const sigset_t stop_signals = block_stop_signals();
    auto database = TRY(store::open_database_of(options.data));
    TRY(database->check_ready());
    store::Keys keys = TRY(store::read_keys(options.data));
    auto key_history =
        TRY(store::read_key_history(options.data, database->identity().name, keys.store_key.verify_key()));
    store::EventLog log(store::make_error_logger(), clock);
    const batch::Limits limits;

    crypto::SystemRandom random;
    const station::StorePin pin{database->identity().name, options.url, keys.store_key.verify_key(),
                                TRY(http::pin_of(keys.certificate.certificate_pem))};
    http::ServerSettings settings;
    TRY(http::set_listen_address(settings, options.listen));
    settings.certificate = std::move(keys.certificate);
    settings.threads = std::max(settings.threads, database->transactions_max());
    store::Database& rows = *database;
    store::Service service(std::move(database), std::move(keys.store_key), limits, clock, log,
                           std::move(key_history));
    const std::string metrics_token = TRY(fleet::metrics_token(options.data, random));
    fleet::Front front(rows, service, pin, metrics_token, clock, random);
    settings.body_limit = [&front](http::Method method, std::string_view path) {
        return front.body_limit(method, path);
    };
    auto server = TRY(http::Server::start(std::move(settings),
                                          [&front](const http::Request& request) { return front.handle(request); }));
    const std::string host = options.listen.substr(0, options.listen.rfind(':'));
    print_line("listening on https://{}:{}", host, server.port());
    log.write(store::EventCode::started);
    int signal = 0;
    sigwait(&stop_signals, &signal);
    server.stop();
    log.write(store::EventCode::stopped);
    return {};
}

Result<void> export_all(const Options& options) {
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

Result<void> backup(const Options& options) {
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

Result<void> migrate(const Options& options) {
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

Result<void> revoke(const Options& options) {
    const auto database = TRY(store::open_database_of(options.data));
    const store::Kiosk kiosk = TRY(store::revoke(*database, options.log, options.after));
    print_line("revoked {} \"{}\" after batch {}: later ones are kept apart and are in no export",
               base::to_hex(kiosk.log_id), kiosk.station, *kiosk.revoked_after);
    if (kiosk.stored > *kiosk.revoked_after) {
        print_line("Of the batches that are stored, {} to {} are now in no export either.", *kiosk.revoked_after + 1,
                   kiosk.stored);
    }
    return {};
}

Result<void> readmit(const Options& options) {
    const auto database = TRY(store::open_database_of(options.data));
    const store::Kiosk kiosk = TRY(store::readmit(*database, options.log));
    print_line("readmitted {} \"{}\": it sends again what was refused", base::to_hex(kiosk.log_id), kiosk.station);
    return {};
}

Result<void> close_campaign(const Options& options, const base::Clock& clock) {
    const auto database = TRY(store::open_database_of(options.data));
    const auto closed = TRY(store::close_campaign(*database, options.campaign_id, options.grace_days, clock.today()));
    print_line("campaign {} closed: batches come in by network until {}, and from a USB stick also later", closed.id,
               base::format_day(closed.last_day));
    return {};
}

Result<void> raise_epoch(const Options& options) {
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

Result<void> rotate_key(const Options& options, const base::Clock& clock) {
    const auto database = TRY(store::open_database_of(options.data));
    crypto::SystemRandom random;
    const auto key = TRY(store::rotate_store_key(options.data, database->identity().name, random));
    TRY(fleet::note_in_audit(*database, clock.today(), "operator", "store_key_rotated", crypto::fingerprint_of(key)));
    print_line("{}", base::to_base64(key.bytes));
    print_line(
        "This key signs from the next `serve` on; kiosks take it up by the old one's word, and tokens that were "
        "made before stay good.");
    print_line("Copy store.key and successions.txt to a safe place now, and to every other machine of this store.");
    return {};
}

Result<void> refill(const Options& options) {
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

// The same line whatever there was: it must not tell whether somebody's code is one.
Result<void> withdraw(const Options& options) {
    const auto code = TRY(submission::parse_withdrawal_code(options.code));
    const auto database = TRY(store::open_database_of(options.data));
    TRY(store::withdraw(*database, submission::withdrawal_tag(code)));
    print_line("What has this code is withdrawn: it is not here any more, and not kept if it comes.");
    print_line("Backups and exports that were made before still hold it: make new ones, and destroy the old.");
    return {};
}

// What `status` says of batches that the store lost, an alarm; nothing of kiosks without.
Result<std::string> gaps_of(store::Database& database, const store::Kiosk& kiosk) {
    const auto gaps = TRY(store::open_gaps(database, kiosk));
    std::string text;
    for (const storage::Gap& gap : gaps) {
        text += fmt::format(" MISSING {}-{} since {}", gap.first, gap.last, gap.day);
    }
    return text;
}

Result<void> add_staff(const Options& options, const base::Clock& clock) {
    const auto database = TRY(store::open_database_of(options.data));
    const fleet::Role role = TRY(fleet::parse_role(options.role));
    const crypto::SecretBytes passphrase = TRY(fleet::type_new_passphrase());
    TRY(fleet::put_account(*database, {options.account, role}, passphrase.view()));
    TRY(fleet::note_in_audit(*database, clock.today(), "operator", "account_changed", options.account));
    print_line("account {} may sign in at /fleet as a {}", options.account, fleet::name_of(role));
    return {};
}

Result<void> remove_staff(const Options& options, const base::Clock& clock) {
    const auto database = TRY(store::open_database_of(options.data));
    TRY(fleet::remove_account(*database, options.account));
    TRY(fleet::note_in_audit(*database, clock.today(), "operator", "account_removed", options.account));
    print_line("removed {}: its sessions end with their next request", options.account);
    return {};
}

Result<void> list_staff(const Options& options) {
    const auto database = TRY(store::open_database_of(options.data));
    const auto accounts = TRY(fleet::all_accounts(*database));
    for (const fleet::Account& account : accounts) {
        print_line("{} {}", account.name, fleet::name_of(account.role));
    }
    return {};
}

// What `status` says of a revoked kiosk, and nothing of others.
Result<std::string> revocation_of(store::Database& database, const store::Kiosk& kiosk) {
    if (!kiosk.revoked_after.has_value()) {
        return std::string();
    }
    const auto quarantine = TRY(store::quarantine_size(database, kiosk));
    return fmt::format(" revoked after {} quarantined {}", *kiosk.revoked_after, quarantine.batches);
}

// What `status` says of a log that goes on where another ended, and nothing of others.
std::string forerunner_of(const store::Kiosk& kiosk) {
    return kiosk.forerunner == batch::LogId{}
               ? std::string()
               : fmt::format(" follows {}", base::to_hex(kiosk.forerunner).substr(0, 8));
}

// What `status` says of large envelopes that have not come as a whole, or whose batch has not come.
std::string unnamed_of(const std::vector<storage::UnnamedSize>& sizes, const store::Kiosk& kiosk) {
    const auto found = std::ranges::find(sizes, kiosk.log_id, &storage::UnnamedSize::log_id);
    return found == sizes.end() ? std::string()
                                : fmt::format(" incomplete {} ({} bytes)", found->envelopes, found->size_bytes);
}

Result<void> status(const Options& options) {
    const auto database = TRY(store::open_database_of(options.data));
    const store::Identity& identity = database->identity();
    const auto kiosks = TRY(store::all_kiosks(*database));
    const auto closed = TRY(store::closed_campaigns(*database));
    print_line("store {} epoch {} copies {}", identity.name, identity.epoch,
               identity.copies == store::Copies::sole ? "sole" : "backed-up");
    for (const auto& campaign : closed) {
        print_line("campaign {} closed, by network until {}", campaign.id, base::format_day(campaign.last_day));
    }
    const auto unnamed = TRY(store::unnamed_sizes(*database));
    for (const store::Kiosk& kiosk : kiosks) {
        const batch::Receipt receipt = store::receipt_for(kiosk, *database, batch::Limits{});
        const std::uint64_t forks = TRY(store::count_forks(*database, kiosk));
        const std::string revocation = TRY(revocation_of(*database, kiosk));
        const std::string gaps = TRY(gaps_of(*database, kiosk));
        print_line("{} \"{}\" stored {} safe {} responses {} last {} forks {}{}{}{}{}", base::to_hex(kiosk.log_id),
                   kiosk.station, receipt.stored, receipt.safe, kiosk.responses,
                   kiosk.last_day.empty() ? "never" : kiosk.last_day, forks, forerunner_of(kiosk), revocation,
                   unnamed_of(unnamed, kiosk), gaps);
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    constexpr std::string_view program = "pillarbox-store";
    base::forbid_core_dumps_or_warn(program);
    CLI::App app("The committee's store: receives sealed responses from kiosks, keeps them, and signs for them.");
    app.set_version_flag("--version", PILLARBOX_VERSION);
    app.require_subcommand(1);
    Options options;
    const auto command = [&](const char* name, const char* help) {
        CLI::App* sub = app.add_subcommand(name, help);
        sub->add_option("--data", options.data, "the store's folder")->required();
        sub->add_option("--today", options.today, "take this day (YYYY-MM-DD) for today, for demonstrations");
        return sub;
    };
    CLI::App* on_init = command("init", "make a store: keys, certificate and an empty database");
    on_init->add_option("--name", options.name, "its name in receipts, such as store.example.org")->required();
    on_init->add_option("--host", options.hosts, "host names and addresses for its certificate (default: localhost)");
    on_init->add_option("--database", options.database,
                        "postgres://USER@HOST/NAME, without a password (default: a file in the folder)");
    on_init->add_flag("--sole-copy", options.sole_copy, "let kiosks delete what is stored, before any backup");
    CLI::App* on_serve = command("serve", "answer kiosks until SIGTERM");
    on_serve->add_option("--listen", options.listen, "numeric address and port; port 0 takes any free one")
        ->capture_default_str();
    CLI::App* on_token = command("token", "print a token that enrols one kiosk, once");
    on_token->add_option("--station", options.station, "the station's name, such as \"Brixton Library\"")->required();
    on_token->add_option("--url", options.url, "the store's address as the kiosk reaches it: https://HOST:PORT")
        ->required();
    CLI::App* on_export = command("export", "write all batches as files, for the desk");
    on_export->add_option("--out", options.out, "a new folder")->required();
    CLI::App* on_import = command("import", "take in what kiosks exported to a USB stick, and put receipts on it");
    on_import->add_option("--from", options.from, "the folder that `pillarbox-sync export` wrote")->required();
    CLI::App* on_backup =
        command("backup", "copy the database, verify the copy, and let kiosks delete what it covers");
    on_backup->add_option("--to", options.to, "a new file, on another disk")->required();
    CLI::App* on_migrate = command("migrate", "move the store to another database; run it again if it was cut short");
    on_migrate->add_option("--from", options.from, "sqlite:FILE or postgres://... (default: where the store is now)");
    on_migrate->add_option("--to", options.to, "sqlite:FILE or postgres://USER@HOST/NAME, empty")->required();
    CLI::App* on_kiosk = app.add_subcommand("kiosk", "end or renew the trust in one kiosk");
    on_kiosk->require_subcommand(1);
    const auto kiosk_command = [&](const char* name, const char* help) {
        CLI::App* sub = on_kiosk->add_subcommand(name, help);
        sub->add_option("--data", options.data, "the store's folder")->required();
        sub->add_option("LOG", options.log, "its log id, as `status` prints it, or the first 8 digits")->required();
        return sub;
    };
    CLI::App* on_revoke = kiosk_command("revoke", "take no more of a kiosk that was stolen or lost");
    on_revoke->add_option("--after", options.after, "the last batch that counts (default: the last that is stored)");
    CLI::App* on_readmit = kiosk_command("readmit", "take a revocation back");
    CLI::App* on_campaign = app.add_subcommand("campaign", "end a campaign");
    on_campaign->require_subcommand(1);
    CLI::App* on_close =
        on_campaign->add_subcommand("close", "take a campaign's batches some days longer, then from USB sticks only");
    on_close->add_option("--data", options.data, "the store's folder")->required();
    on_close->add_option("--today", options.today, "take this day (YYYY-MM-DD) for today, for demonstrations");
    on_close->add_option("CAMPAIGN", options.campaign_id, "its id, as its sheet has it")->required();
    on_close->add_option("--grace", options.grace_days, "days for kiosks that are late")->capture_default_str();
    CLI::App* on_epoch = app.add_subcommand("epoch", "tell kiosks that this store was put back to an old copy");
    on_epoch->require_subcommand(1);
    CLI::App* on_raise = on_epoch->add_subcommand("raise", "take up what kiosks can show of batches that are lost");
    on_raise->add_option("--data", options.data, "the store's folder")->required();
    CLI::App* on_key = app.add_subcommand("key", "the key that signs receipts");
    on_key->require_subcommand(1);
    CLI::App* on_rotate =
        on_key->add_subcommand("rotate", "put a new key in its place, which the old one introduces");
    on_rotate->add_option("--data", options.data, "the store's folder")->required();
    on_rotate->add_option("--today", options.today, "take this day (YYYY-MM-DD) for today, for demonstrations");
    CLI::App* on_refill = command("refill", "fill in what a store that was put back to an old copy lacks");
    on_refill->add_option("--from", options.from, "an export, a stick's folder, sqlite:FILE or postgres://...")
        ->required();
    CLI::App* on_withdraw =
        command("withdraw", "delete the sealed response of a withdrawal code, now and if it comes");
    on_withdraw->add_option("CODE", options.code, "as the respondent has it")->required();
    on_serve->add_option("--url", options.url,
                         "this store's address as kiosks reach it, for tokens of the fleet page");
    CLI::App* on_staff = app.add_subcommand("staff", "who may look after the fleet at /fleet");
    on_staff->require_subcommand(1);
    const auto staff_command = [&](const char* name, const char* help) {
        CLI::App* sub = on_staff->add_subcommand(name, help);
        sub->add_option("--data", options.data, "the store's folder")->required();
        sub->add_option("--today", options.today, "take this day (YYYY-MM-DD) for today, for demonstrations");
        return sub;
    };
    CLI::App* on_staff_add = staff_command("add", "make an account, or give one a new passphrase, which is typed");
    on_staff_add->add_option("NAME", options.account, "letters a-z, digits, and . _ - @")->required();
    on_staff_add->add_option("--role", options.role, "viewer, or manager: may enrol, revoke and close")
        ->capture_default_str();
    CLI::App* on_staff_remove = staff_command("remove", "take an account away; its sessions end");
    on_staff_remove->add_option("NAME", options.account, "as `staff list` prints it")->required();
    CLI::App* on_staff_list = staff_command("list", "print accounts and their roles");
    CLI::App* on_status = command("status", "print what is held for each kiosk");

    if (const auto ending = base::parse_command_line(app, argc, argv)) {
        return *ending;
    }
    base::Result<void> done;
    std::optional<store::FolderUse> use;
    if (!on_init->parsed()) {
        auto taken =
            store::FolderUse::take(options.data, on_migrate->parsed() || on_raise->parsed() || on_rotate->parsed()
                                                     ? store::FolderUse::Kind::alone
                                                     : store::FolderUse::Kind::shared);
        if (taken.has_value()) {
            use.emplace(std::move(*taken));
        } else if (taken.error().code != base::ErrorCode::not_found) {  // of which the command itself tells
            return base::report(program, taken.error());
        }
    }
    const auto clock = base::clock_for(options.today);
    if (!clock.has_value()) {
        return base::report(program, clock.error());
    }
    if (on_init->parsed()) {
        done = init(options, **clock);
    } else if (on_serve->parsed()) {
        done = serve(options, **clock);
    } else if (on_token->parsed()) {
        done = token(options);
    } else if (on_export->parsed()) {
        done = export_all(options);
    } else if (on_import->parsed()) {
        done = import_from(options, **clock);
    } else if (on_backup->parsed()) {
        done = backup(options);
    } else if (on_migrate->parsed()) {
        done = migrate(options);
    } else if (on_revoke->parsed()) {
        done = revoke(options);
    } else if (on_readmit->parsed()) {
        done = readmit(options);
    } else if (on_close->parsed()) {
        done = close_campaign(options, **clock);
    } else if (on_raise->parsed()) {
        done = raise_epoch(options);
    } else if (on_rotate->parsed()) {
        done = rotate_key(options, **clock);
    } else if (on_refill->parsed()) {
        done = refill(options);
    } else if (on_withdraw->parsed()) {
        done = withdraw(options);
    } else if (on_staff_add->parsed()) {
        done = add_staff(options, **clock);
    } else if (on_staff_remove->parsed()) {
        done = remove_staff(options, **clock);
    } else if (on_staff_list->parsed()) {
        done = list_staff(options);
    } else if (on_status->parsed()) {
        done = status(options);
    }
    return done.has_value() ? 0 : base::report(program, done.error());
}
