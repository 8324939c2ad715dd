// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include "core/base/file.hpp"
#include "core/campaign/askable.hpp"
#include "core/campaign/campaign.hpp"
#include "core/form/workbook.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workbook_check.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/packs/summary.hpp"
#include "desk/translations/translations.hpp"

namespace pillarbox::cli {
namespace {

struct BuildOptions {
    std::string workbook, expires, out;
    std::vector<std::string> recipients;
    std::uint64_t version = 0;
    Overwrite overwrite = Overwrite::refuse;
};

struct SignOptions {
    std::string pack, key, out;
    Overwrite overwrite = Overwrite::refuse;
};

struct VerifyOptions {
    std::string pack, committee_key, today;
};

struct TranslationOptions {
    std::string workbook, since, language;
    std::string locales = PILLARBOX_ASSETS_DIR "/locales";
};

CommandResult check(const std::string& path) {
    const base::Bytes workbook = TRY(read_workbook_file(path));
    const bool sound = TRY(say_check(workbook, path));
    return sound ? base::ExitCode::success : base::ExitCode::bad_input;
}

base::Result<campaign::Campaign> read_campaign_file(const std::string& path) {
    const base::Bytes workbook = TRY(read_workbook_file(path));
    return campaign::read_campaign_workbook(workbook, path);
}

CommandResult check_translations(const TranslationOptions& options) {
    const base::Bytes workbook = TRY(read_workbook_file(options.workbook));
    if (const auto problems = form::check_workbook(workbook, options.workbook); !problems.empty()) {
        say_problems(options.workbook, problems);  // a missing translation is one
        return base::ExitCode::bad_input;
    }
    const auto campaign = TRY(campaign::read_campaign_workbook(workbook, options.workbook));
    std::optional<campaign::Campaign> older;
    if (!options.since.empty()) {
        older = TRY(read_campaign_file(options.since));
    }
    auto reports = TRY(translations::check(campaign, older.has_value() ? &*older : nullptr, options.locales));
    if (!options.language.empty()) {
        std::erase_if(reports, [&](const auto& report) { return report.language != options.language; });
        if (reports.empty()) {
            return base::fail(base::ErrorCode::usage, "--language", "The campaign is not translated into that.",
                              "Use the code of a language of the workbook, for example ar.");
        }
    }
    say("{}", translations::describe(reports));
    const bool complete = std::ranges::all_of(reports, [](const auto& report) {
        return report.remarks.size() == translations::count(report, translations::Flaw::too_long);
    });
    return complete ? base::ExitCode::success : base::ExitCode::bad_input;
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
    const crypto::SigningKey key = TRY(keys::read_signing_key(options.key));
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

void add_translations(CLI::App& campaign, Context& context) {
    CLI::App* command = campaign.add_subcommand(
        "translations", "List what is untranslated, changed or long, for each language of a workbook.");
    const auto options = std::make_shared<TranslationOptions>();
    command->add_option("FILE.xlsx", options->workbook, "the XLSForm workbook")->required();
    command
        ->add_option("--since", options->since, "an older workbook: whose English changed, and not the translation")
        ->type_name("OLDER.xlsx");
    command->add_option("--language", options->language, "of this language only")->type_name("CODE");
    command->add_option("--locales", options->locales, "folder of the interface's texts")->capture_default_str();
    command->footer(
        "Exit code 3 where anything is untranslated or changed.\n\n"
        "Example:\n  pillarbox campaign translations form.xlsx --since form-of-last-week.xlsx --language pl");
    on_run(*command, context, [options] { return check_translations(*options); });
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
    add_translations(*campaign, context);
    add_build(*campaign, context);
    add_sign(*campaign, context);
    add_verify(*campaign, context);
}

}  // namespace pillarbox::cli
