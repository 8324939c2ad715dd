// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may look after the fleet, and how it is.
#include <algorithm>

#include "core/crypto/secret_bytes.hpp"
#include "sync/store/cli/commands.hpp"
#include "sync/store/closing.hpp"
#include "sync/store/fleet/accounts.hpp"
#include "sync/store/fleet/typing.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/kiosks.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/parts.hpp"
#include "sync/store/revoking.hpp"

namespace pillarbox::cli {
namespace {

using base::Result;

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

Result<void> list_staff(const Options& options, const base::Clock&) {
    const auto database = TRY(store::open_database_of(options.data));
    const auto accounts = TRY(fleet::all_accounts(*database));
    for (const fleet::Account& account : accounts) {
        print_line("{} {}", account.name, fleet::name_of(account.role));
    }
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

Result<void> status(const Options& options, const base::Clock&) {
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

void add_fleet(Commands& commands) {
    Options& options = commands.options();
    const Group staff = commands.group("staff", "who may look after the fleet at /fleet");
    CLI::App* on_add = commands.add("add", "make an account, or give one a new passphrase, which is typed", add_staff,
                                    FolderUse::shared, staff);
    on_add->add_option("NAME", options.account, "letters a-z, digits, and . _ - @")->required();
    on_add->add_option("--role", options.role, "viewer, or manager: may enrol, revoke and close")
        ->capture_default_str();
    commands.add("remove", "take an account away; its sessions end", remove_staff, FolderUse::shared, staff)
        ->add_option("NAME", options.account, "as `staff list` prints it")
        ->required();
    commands.add("list", "print accounts and their roles", list_staff, FolderUse::shared, staff);
    commands.add("status", "print what is held for each kiosk", status);
}

}  // namespace pillarbox::cli
