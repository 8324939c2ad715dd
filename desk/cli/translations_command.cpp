// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <optional>

#include "core/campaign/campaign.hpp"
#include "core/form/workbook.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workbook_check.hpp"
#include "desk/translations/translations.hpp"

namespace pillarbox::cli {
namespace {

struct TranslationOptions {
    std::string workbook, since, language;
    std::string locales = PILLARBOX_ASSETS_DIR "/locales";
};

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

}  // namespace

void add_translations_command(CLI::App& campaign, Context& context) {
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

}  // namespace pillarbox::cli
