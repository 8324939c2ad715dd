// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include "core/campaign/campaign.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/typing.hpp"
#include "desk/keys/drill.hpp"
#include "desk/keys/key_file.hpp"

namespace pillarbox::cli {
namespace {

struct DrillOptions {
    std::vector<std::string> identities;
    std::string pack, committee_key;
    PassphraseFile passphrase_file;
};

std::string_view told(keys::DrillOutcome outcome) {
    switch (outcome) {
        case keys::DrillOutcome::opened:
            return "opened";
        case keys::DrillOutcome::no_key:
            return "not tried: its key is not here";
        case keys::DrillOutcome::failed:
            return "NOT OPENED by its own key";
    }
    return {};
}

base::Result<std::vector<envelope::Identity>> read_identities(const DrillOptions& options,
                                                              const campaign::Campaign& campaign) {
    std::vector<envelope::Identity> all;
    for (const std::string& path : options.identities) {
        std::vector<envelope::Identity> identities =
            TRY(keys::read_sealing_key(path, ask_for(options.passphrase_file)));
        const bool fits = std::ranges::any_of(identities, [&](const envelope::Identity& identity) {
            return std::ranges::find(campaign.recipients, identity.recipient()) != campaign.recipients.end();
        });
        if (!fits) {
            return base::fail(base::ErrorCode::not_authentic, path, "The campaign does not seal to this key.",
                              "Hand out no pack before you have found the right key, or built the pack anew.");
        }
        std::ranges::move(identities, std::back_inserter(all));
    }
    return all;
}

CommandResult drill(const DrillOptions& options, Context& context) {
    campaign::Acceptance acceptance;  // without a day: keys are tried after a call, too
    acceptance.committee_key = TRY(keys::parse_verify_key(options.committee_key, "--committee-key"));
    const base::Bytes pack = TRY(read_pack_file(options.pack));
    const campaign::Campaign campaign = TRY(campaign::verify_pack(pack, options.pack, acceptance));
    const std::vector<envelope::Identity> identities = TRY(read_identities(options, campaign));
    const std::vector<keys::DrillResult> results =
        TRY(keys::drill(campaign, identities, context.clock.today(), context.random));
    bool any_failed = false;
    for (const keys::DrillResult& result : results) {
        say("{}  {}\n", envelope::format_recipient(result.recipient), told(result.outcome));
        any_failed = any_failed || result.outcome == keys::DrillOutcome::failed;
    }
    return any_failed ? base::ExitCode::trust : base::ExitCode::success;
}

}  // namespace

void add_drill_command(CLI::App& key, Context& context) {
    CLI::App* command = key.add_subcommand(
        "drill", "Seal a test response as a kiosk would, and open it: proves that a key opens the campaign's.");
    const auto options = std::make_shared<DrillOptions>();
    command->add_option("--identity", options->identities, "a sealing key file; may be given several times")
        ->type_name("FILE")
        ->required();
    command->add_option("--pack", options->pack, "the signed campaign pack")->type_name("FILE")->required();
    command->add_option("--committee-key", options->committee_key, "the committee's public signing key")
        ->type_name("BASE64")
        ->required();
    add_passphrase_file(*command, options->passphrase_file);
    command->footer(
        "Prints a line for each recipient of the campaign.\n\n"
        "Example:\n  pillarbox key drill --identity sealing.key --pack campaign.pack \\\n"
        "      --committee-key \"$COMMITTEE_KEY\"");
    on_run(*command, context, [options, &context] { return drill(*options, context); });
}

}  // namespace pillarbox::cli
