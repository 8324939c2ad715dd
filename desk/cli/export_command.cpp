// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "core/base/file.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/opened_input.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/exports/anonymised.hpp"
#include "desk/exports/csv.hpp"
#include "desk/exports/json.hpp"
#include "desk/opening/output_folder.hpp"

namespace pillarbox::cli {
namespace {

enum class Extent { anonymised, full };

struct ExportOptions {
    OpenedInput input;
    std::string out;
    Extent extent = Extent::anonymised;
};

std::vector<exports::NamedText> data_files(const form::Form& form, const std::vector<exports::Record>& records) {
    std::vector<exports::NamedText> files = exports::responses_csv(form, records);
    files.push_back({"responses.json", exports::responses_json(form, records)});
    files.push_back(exports::codebook_csv(form));
    return files;
}

std::vector<exports::NamedText> files_of(const ExportOptions& options, const OpenedResponses& responses) {
    const form::Form& form = *responses.campaign.form;
    if (options.extent == Extent::anonymised) {
        const exports::Anonymised safe = exports::anonymised(form, responses.records);
        return data_files(safe.form, safe.records);
    }
    std::vector<exports::NamedText> files = data_files(form, responses.records);
    for (exports::NamedText& contacts : exports::contacts_csv(form, responses.records)) {
        files.push_back(std::move(contacts));
    }
    return files;
}

CommandResult write_export(const ExportOptions& options, const Context& context) {
    TRY(refuse_to_overwrite(options.out, Overwrite::refuse));
    const OpenedResponses responses = TRY(read_opened(options.input, context.clock));
    const std::vector<exports::NamedText> files = files_of(options, responses);
    TRY(base::make_folder(options.out));
    std::filesystem::permissions(options.out, std::filesystem::perms::owner_all);
    TRY(opening::write_together(options.out, files));
    std::vector<std::string_view> names;
    for (const exports::NamedText& file : files) {
        names.push_back(file.file_name);
    }
    say("responses   {}, {}\nwritten     {}: {}\n", responses.records.size(),
        options.extent == Extent::anonymised ? "anonymised" : "FULL: with contact details and every text",
        options.out, fmt::join(names, ", "));
    return base::ExitCode::success;
}

}  // namespace

void add_export_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("export", "Write opened responses as CSV and JSON, anonymised.");
    const auto options = std::make_shared<ExportOptions>();
    add_opened_input(*command, options->input);
    command->add_option("--out", options->out, "a new folder")->type_name("DIR")->required();
    command->add_flag_callback(
        "--full", [options] { options->extent = Extent::full; },
        "everything, with contact details and texts that may not be quoted: for the committee only");
    command->footer(
        "Anonymised: no contact details or names, texts by consent, weeks for days; docs/formats/exports.md.\n\n"
        "Example:\n  pillarbox export --opened opened --export export --pack campaign.pack \\\n"
        "      --committee-key \"$COMMITTEE_KEY\" --out anonymised");
    on_run(*command, context, [options, &context] { return write_export(*options, context); });
}

}  // namespace pillarbox::cli
