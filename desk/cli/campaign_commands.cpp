// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "core/base/file.hpp"
#include "core/campaign/askable.hpp"
#include "core/campaign/campaign.hpp"
#include "core/form/workbook.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/typing.hpp"
#include "desk/cli/workbook_check.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/packs/summary.hpp"

namespace pillarbox::cli {
namespace {

struct BuildOptions {
    std::string workbook, expires, out;
    std::vector<std::string> recipients;
    std::uint64_t version = 0;
    Overwrite overwrite = Overwrite::refuse;
};

struct SignOptions {
    std::string pack, key, out, passphrase_file;
    Overwrite overwrite = Overwrite::refuse;
};

struct VerifyOptions {
    std::string pack, committee_key, today;
};

CommandResult check(const std::string& path) {
    const base::Bytes workbook = TRY(read_workbook_file(path));
    const bool sound = TRY(say_check(workbook, path));
    return sound ? base::ExitCode::success : base::ExitCode::bad_input;
}

CommandResult build(const BuildOptions& options) {
    TRY(refuse_to_overwrite(options.out, options.overwrite));
    const base::Day expires = TRY(parse_day_option(options.expires, "--expires"));
    std::vector<envelope::Recipient> recipients;
    for (const std::string& text : options.recipients) {
        const auto recipient = envelope::parse_recipient(text);
        if (!recipient.has_value()) {
            return base::fail(base::ErrorCode::usage, "--recipient", "This is not an age recipient (age1...).",
                              "Copy it from `pillarbox key show FILE`.");
        }
        recipients.push_back(*recipient);
    }
    const base::Bytes workbook = TRY(read_workbook_file(options.workbook));
    const form::Form form = TRY(form::read_workbook(workbook, options.workbook));
    if (const auto refused = campaign::unaskable(form, options.workbook); !refused.empty()) {
        say_problems(options.workbook, refused);
        return base::ExitCode::bad_input;
    }
    const base::Bytes pack =
        TRY(campaign::build_pack(workbook, options.workbook, options.version, expires, recipients));
    TRY(base::write_file(options.out, pack));
    say("{}: unsigned pack, version {}, {} bytes\n", options.out, options.version, pack.size());
    return base::ExitCode::success;
}

CommandResult sign(const SignOptions& options) {
    TRY(refuse_to_overwrite(options.out, options.overwrite));
    const crypto::SigningKey key = TRY(keys::read_signing_key(options.key, ask_for(options.passphrase_file)));
    const base::Bytes unsigned_pack = TRY(read_pack_file(options.pack));
    auto signed_pack = campaign::sign_pack(unsigned_pack, key);
    if (!signed_pack.has_value()) {
        base::Error error = signed_pack.error();
        error.where = error.where.empty() ? options.pack : error.where;
        return std::unexpected(error);
    }
    TRY(base::write_file(options.out, *signed_pack));
    say("{}: signed by {}\n", options.out, base::to_base64(key.verify_key().bytes));
    return base::ExitCode::success;
}

// With --today the expiry is checked as a kiosk would on that day; without it only told: packs are read long after
// their call.
CommandResult verify(const VerifyOptions& options, const Context& context) {
    campaign::Acceptance acceptance;
    acceptance.committee_key = TRY(keys::parse_verify_key(options.committee_key, "--committee-key"));
    if (!options.today.empty()) {
        acceptance.today = TRY(parse_day_option(options.today, "--today"));
    }
    const base::Bytes pack = TRY(read_pack_file(options.pack));
    const campaign::Campaign campaign = TRY(campaign::verify_pack(pack, options.pack, acceptance));
    say("{}", packs::describe_campaign(campaign));
    if (options.today.empty() && campaign.expires < context.clock.today()) {
        say("note       expired: kiosks refuse this pack from the day after {}\n",
            base::format_day(campaign.expires));
    }
    return base::ExitCode::success;
}

void add_force(CLI::App& command, Overwrite& overwrite) {
    command.add_flag_callback("--force", [&overwrite] { overwrite = Overwrite::force; }, "overwrite the output file");
}

void add_check(CLI::App& campaign, Context& context) {
    CLI::App* command =
        campaign.add_subcommand("check", "Check a workbook; lists every problem with sheet, row, column.");
    const auto path = std::make_shared<std::string>();
    command->add_option("FILE.xlsx", *path, "the XLSForm workbook")->required();
    command->footer("Exit code 3 where there is any problem.\n\nExample:\n  pillarbox campaign check form.xlsx");
    on_run(*command, context, [path] { return check(*path); });
}

void add_build(CLI::App& campaign, Context& context) {
    CLI::App* command = campaign.add_subcommand("build", "Make an unsigned campaign pack out of a workbook.");
    const auto options = std::make_shared<BuildOptions>();
    command->add_option("FILE.xlsx", options->workbook, "the XLSForm workbook")->required();
    command->add_option("--recipient", options->recipients, "public sealing key (age1...); any one of several opens")
        ->type_name("KEY")
        ->required();
    command->add_option("--version", options->version, "of the pack; a kiosk never goes back to a lower one")
        ->type_name("N")
        ->required();
    command->add_option("--expires", options->expires, "last day on which kiosks may use the pack")
        ->type_name("DAY")
        ->required();
    command->add_option("--out", options->out, "the pack to write")->type_name("FILE")->required();
    add_force(*command, options->overwrite);
    command->footer(
        "Example:\n  pillarbox campaign build form.xlsx --recipient \"$(pillarbox key show sealing.key)\" \\\n"
        "      --version 1 --expires 2023-12-31 --out unsigned.pack");
    on_run(*command, context, [options] { return build(*options); });
}

void add_sign(CLI::App& campaign, Context& context) {
    CLI::App* command = campaign.add_subcommand("sign", "Sign a campaign pack with the committee's key.");
    const auto options = std::make_shared<SignOptions>();
    command->add_option("PACK", options->pack, "the unsigned pack")->required();
    command->add_option("--key", options->key, "the committee's signing key file")->type_name("FILE")->required();
    add_passphrase_file(*command, options->passphrase_file);
    command->add_option("--out", options->out, "the signed pack to write")->type_name("FILE")->required();
    add_force(*command, options->overwrite);
    command->footer("Example:\n  pillarbox campaign sign unsigned.pack --key signing.key --out campaign.pack");
    on_run(*command, context, [options] { return sign(*options); });
}

void add_verify(CLI::App& campaign, Context& context) {
    CLI::App* command = campaign.add_subcommand("verify", "Verify a signed pack and print what it holds.");
    const auto options = std::make_shared<VerifyOptions>();
    command->add_option("PACK", options->pack, "the signed pack")->required();
    command->add_option("--committee-key", options->committee_key, "the committee's public signing key")
        ->type_name("BASE64")
        ->required();
    command->add_option("--today", options->today, "check the expiry as on this day")->type_name("DAY");
    command->footer(
        "Example:\n  pillarbox campaign verify campaign.pack --committee-key \"$(pillarbox key show signing.key)\"");
    on_run(*command, context, [options, &context] { return verify(*options, context); });
}

}  // namespace

void add_campaign_commands(CLI::App& app, Context& context) {
    CLI::App* campaign =
        app.add_subcommand("campaign", "Check and preview a workbook; build, sign and verify campaign packs.");
    campaign->require_subcommand(1);
    campaign->footer("Example:\n  pillarbox campaign check form.xlsx");
    add_check(*campaign, context);
    add_preview_command(*campaign, context);
    add_translations_command(*campaign, context);
    add_build(*campaign, context);
    add_sign(*campaign, context);
    add_verify(*campaign, context);
}

}  // namespace pillarbox::cli
