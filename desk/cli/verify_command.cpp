// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "desk/cli/commands.hpp"
#include "desk/cli/print.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/opening/chain_check.hpp"

namespace pillarbox::cli {
namespace {

struct VerifyOptions {
    std::string export_folder, store_key;
};

CommandResult verify(const VerifyOptions& options) {
    std::optional<crypto::VerifyKey> pinned;
    if (!options.store_key.empty()) {
        pinned = TRY(keys::parse_verify_key(options.store_key, "--store-key"));
    }
    const opening::ExportFolder folder = TRY(opening::read_export(options.export_folder));
    const opening::ExportReport report = opening::check_export(folder, pinned);
    say("store {}, epoch {}, {}\n", folder.store_name, folder.epoch,
        pinned.has_value() ? "key as given" : "key taken from the export itself");
    say("{}{}\n", opening::describe(report), report.holds() ? "everything holds" : "NOT everything holds");
    return report.holds() ? base::ExitCode::success : base::ExitCode::trust;
}

}  // namespace

void add_verify_command(CLI::App& app, Context& context) {
    CLI::App* command =
        app.add_subcommand("verify", "Verify a store's export: signatures, chains, gaps, forks, receipts.");
    const auto options = std::make_shared<VerifyOptions>();
    command->add_option("--export", options->export_folder, "the folder `pillarbox-store export` wrote")
        ->type_name("DIR")
        ->required();
    command->add_option("--store-key", options->store_key, "the store's public key, known from elsewhere")
        ->type_name("BASE64");
    command->footer("Exit code 5 where anything does not hold.\n\nExample:\n  pillarbox verify --export export");
    on_run(*command, context, [options] { return verify(*options); });
}

}  // namespace pillarbox::cli
