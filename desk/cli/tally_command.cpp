// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "core/base/file.hpp"
#include "core/batch/note.hpp"
#include "core/crypto/fingerprint.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/print.hpp"
#include "desk/opening/export_folder.hpp"

namespace pillarbox::cli {
namespace {

struct TallyOptions {
    std::string file, export_folder;
};

CommandResult check_tally(const TallyOptions& options) {
    const auto bytes = TRY(base::read_file(options.file, batch::note_size_bytes_max));
    const auto note = base::text_of(bytes);
    const opening::ExportFolder folder = TRY(opening::read_export(options.export_folder));
    for (const opening::KioskLog& log : folder.logs) {
        const auto text = batch::verify_note(note, "kiosk-" + base::to_hex(log.log_id), log.device_key);
        if (text.has_value()) {
            say("signed by the kiosk \"{}\", check code {}\n\n{}", log.station, crypto::short_code_of(bytes), *text);
            return base::ExitCode::success;
        }
    }
    return base::fail(base::ErrorCode::not_authentic, options.file,
                      "No kiosk of this export has signed this tally, or it was changed.",
                      "Ask the station for the file again, and for its check code.");
}

}  // namespace

void add_tally_command(CLI::App& app, Context& context) {
    CLI::App* command =
        app.add_subcommand("tally", "Check who signed a kiosk's tally of a day, and print it with its check code.");
    const auto options = std::make_shared<TallyOptions>();
    command->add_option("FILE", options->file, "tally-DAY.txt of a station folder")->required();
    command->add_option("--export", options->export_folder, "the store's export, which knows the kiosks' keys")
        ->type_name("DIR")
        ->required();
    command->footer(
        "Exit code 5 where no kiosk of the export has signed it.\n\nExample:\n"
        "  pillarbox tally tally-2023-01-20.txt --export export");
    on_run(*command, context, [options] { return check_tally(*options); });
}

}  // namespace pillarbox::cli
