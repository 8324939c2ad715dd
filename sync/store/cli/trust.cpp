// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whom the store believes and for how long: tokens, kiosks, campaigns, its own key; and what people take back.
#include "core/crypto/fingerprint.hpp"
#include "core/crypto/system_random.hpp"
#include "core/http/client.hpp"
#include "core/station/station.hpp"
#include "core/submission/submission.hpp"
#include "sync/store/cli/commands.hpp"
#include "sync/store/closing.hpp"
#include "sync/store/enrolling.hpp"
#include "sync/store/fleet/accounts.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/key_history.hpp"
#include "sync/store/revoking.hpp"
#include "sync/store/withdrawing.hpp"

namespace pillarbox::cli {
namespace {

using base::Result;

Result<void> token(const Options& options, const base::Clock&) {
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

Result<void> revoke(const Options& options, const base::Clock&) {
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

Result<void> readmit(const Options& options, const base::Clock&) {
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

// The same line whatever there was: it must not tell whether somebody's code is one.
Result<void> withdraw(const Options& options, const base::Clock&) {
    const auto code = TRY(submission::parse_withdrawal_code(options.code));
    const auto database = TRY(store::open_database_of(options.data));
    TRY(store::withdraw(*database, submission::withdrawal_tag(code)));
    print_line("What has this code is withdrawn: it is not here any more, and not kept if it comes.");
    print_line("Backups and exports that were made before still hold it: make new ones, and destroy the old.");
    return {};
}

}  // namespace

void add_trust(Commands& commands) {
    Options& options = commands.options();
    CLI::App* on_token = commands.add("token", "print a token that enrols one kiosk, once", token);
    on_token->add_option("--station", options.station, "the station's name, such as \"Brixton Library\"")->required();
    on_token->add_option("--url", options.url, "the store's address as the kiosk reaches it: https://HOST:PORT")
        ->required();
    const Group kiosk = commands.group("kiosk", "end or renew the trust in one kiosk");
    CLI::App* on_revoke =
        commands.add("revoke", "take no more of a kiosk that was stolen or lost", revoke, FolderUse::shared, kiosk);
    CLI::App* on_readmit = commands.add("readmit", "take a revocation back", readmit, FolderUse::shared, kiosk);
    for (CLI::App* command : {on_revoke, on_readmit}) {
        command->add_option("LOG", options.log, "its log id, as `status` prints it, or the first 8 digits")
            ->required();
    }
    on_revoke->add_option("--after", options.after, "the last batch that counts (default: the last that is stored)");
    const Group campaign = commands.group("campaign", "end a campaign");
    CLI::App* on_close =
        commands.add("close", "take a campaign's batches some days longer, then from USB sticks only", close_campaign,
                     FolderUse::shared, campaign);
    on_close->add_option("CAMPAIGN", options.campaign_id, "its id, as its sheet has it")->required();
    on_close->add_option("--grace", options.grace_days, "days for kiosks that are late")->capture_default_str();
    const Group key = commands.group("key", "the key that signs receipts");
    commands.add("rotate", "put a new key in its place, which the old one introduces", rotate_key, FolderUse::alone,
                 key);
    commands.add("withdraw", "delete the sealed response of a withdrawal code, now and if it comes", withdraw)
        ->add_option("CODE", options.code, "as the respondent has it")
        ->required();
}

}  // namespace pillarbox::cli
