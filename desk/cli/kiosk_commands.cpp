// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/packs/enrolment.hpp"

namespace pillarbox::cli {
namespace {

struct EnrolOptions {
    std::string pack, committee_key, token, station, name, today;
};

std::string_view words_for(packs::Enrolled outcome) {
    switch (outcome) {
        case packs::Enrolled::new_station:
            return "new station";
        case packs::Enrolled::newer_pack:
            return "newer pack installed";
        case packs::Enrolled::same_pack:
            return "already up to date";
    }
    return "";
}

CommandResult enrol(const EnrolOptions& options, const Context& context) {
    packs::Enrolment enrolment;
    enrolment.committee_key = TRY(keys::parse_verify_key(options.committee_key, "--committee-key"));
    enrolment.today = context.clock.today();
    if (!options.today.empty()) {
        enrolment.today = TRY(parse_day_option(options.today, "--today"));
    }
    enrolment.pack = TRY(read_pack_file(options.pack));
    enrolment.pack_where = options.pack;
    enrolment.station_folder = options.station;
    enrolment.name = options.name;
    if (!options.token.empty()) {
        enrolment.token = options.token;
    }
    const packs::EnrolmentResult result = TRY(packs::enrol(enrolment));
    say("{}: {}: \"{}\", campaign {}, pack version {}\n", options.station, words_for(result.outcome),
        result.station.name, result.station.campaign_id, result.pack_version);
    if (result.outcome == packs::Enrolled::new_station) {
        say("next: pillarbox-sync enrol --station {}\n", options.station);
    }
    return base::ExitCode::success;
}

struct RenewOptions {
    std::string token, station;
};

CommandResult renew(const RenewOptions& options) {
    const station::Station station = TRY(packs::renew(options.station, options.token));
    say("{}: \"{}\" can take a new key, at {}\nnext: pillarbox-sync enrol --station {}\n", options.station,
        station.name, station.store.url, options.station);
    return base::ExitCode::success;
}

void add_renew(CLI::App& kiosk, Context& context) {
    CLI::App* command =
        kiosk.add_subcommand("renew", "Give an enrolled station another key, or a store whose keys are others now.");
    const auto options = std::make_shared<RenewOptions>();
    command->add_option("--token", options->token, "a new one-time token of the station's store")
        ->type_name("TOKEN")
        ->required();
    command->add_option("--station", options->station, "the station folder")->type_name("DIR")->required();
    command->footer("Example:\n  pillarbox kiosk renew --token \"$TOKEN\" --station /var/lib/pillarbox/station");
    on_run(*command, context, [options] { return renew(*options); });
}

}  // namespace

void add_kiosk_commands(CLI::App& app, Context& context) {
    CLI::App* kiosk = app.add_subcommand("kiosk", "Set up kiosks.");
    kiosk->require_subcommand(1);
    kiosk->footer("Example:\n  pillarbox kiosk enrol --help");

    add_renew(*kiosk, context);
    CLI::App* command = kiosk->add_subcommand("enrol", "Make a station folder, or put a newer pack into one.");
    const auto options = std::make_shared<EnrolOptions>();
    command->add_option("--pack", options->pack, "the signed campaign pack")->type_name("FILE")->required();
    command->add_option("--committee-key", options->committee_key, "the committee's public signing key; pinned")
        ->type_name("BASE64")
        ->required();
    command->add_option("--token", options->token, "the store's one-time token; not needed for a newer pack")
        ->type_name("TOKEN");
    command->add_option("--station", options->station, "the station folder")->type_name("DIR")->required();
    command->add_option("--name", options->name, "of the station; as the token says where left out")
        ->type_name("NAME");
    command->add_option("--today", options->today, "check the pack's expiry as on this day")->type_name("DAY");
    command->footer(
        "Example:\n  pillarbox kiosk enrol --pack campaign.pack --committee-key \"$COMMITTEE_KEY\" \\\n"
        "      --token \"$TOKEN\" --station /var/lib/pillarbox/station");
    on_run(*command, context, [options, &context] { return enrol(*options, context); });
}

}  // namespace pillarbox::cli
