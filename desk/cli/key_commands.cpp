// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "core/crypto/fingerprint.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/print.hpp"
#include "desk/keys/key_file.hpp"

namespace pillarbox::cli {
namespace {

struct NewKeyOptions {
    std::string sealing, signing;
};

CommandResult make_key(const NewKeyOptions& options, Context& context) {
    if (!options.sealing.empty()) {
        const auto identity = envelope::Identity::generate(context.random);
        TRY(keys::write_sealing_key(options.sealing, identity, context.clock.today()));
        say("{}\n", envelope::format_recipient(identity.recipient()));
    } else {
        const auto key = crypto::SigningKey::generate(context.random);
        TRY(keys::write_signing_key(options.signing, key, context.clock.today()));
        say("{}\n", base::to_base64(key.verify_key().bytes));
    }
    return base::ExitCode::success;
}

struct ShowKeyOptions {
    std::string path;
    bool fingerprint = false;
};

CommandResult show_fingerprint(const std::string& path) {
    const auto key = TRY(keys::read_signing_key(path));
    say("{}\n", crypto::fingerprint_of(key.verify_key()));
    return base::ExitCode::success;
}

CommandResult show_key(const std::string& path) {
    const std::vector<std::string> public_keys = TRY(keys::public_keys_in(path));
    for (const std::string& key : public_keys) {
        say("{}\n", key);
    }
    return base::ExitCode::success;
}

}  // namespace

void add_key_commands(CLI::App& app, Context& context) {
    CLI::App* key = app.add_subcommand("key", "Make and show the committee's keys.");
    key->require_subcommand(1);
    key->footer("Example:\n  pillarbox key new --sealing sealing.key");

    CLI::App* make = key->add_subcommand("new", "Make a key file, owner-only. Prints the public key.");
    const auto options = std::make_shared<NewKeyOptions>();
    auto* kind = make->add_option_group("kind", "which key");
    kind->add_option("--sealing", options->sealing, "the key that opens responses (an age identity file)")
        ->type_name("FILE");
    kind->add_option("--signing", options->signing, "the key that signs campaign packs (Ed25519)")->type_name("FILE");
    kind->require_option(1);
    make->footer(
        "An existing file is never overwritten.\n\nExample:\n  pillarbox key new --sealing sealing.key\n"
        "  pillarbox key new --signing signing.key");
    on_run(*make, context, [options, &context] { return make_key(*options, context); });

    CLI::App* show = key->add_subcommand("show", "Print the public part of a key file, and nothing else.");
    const auto shown = std::make_shared<ShowKeyOptions>();
    show->add_option("FILE", shown->path, "a sealing or a signing key file")->required();
    show->add_flag("--fingerprint", shown->fingerprint,
                   "of a signing key: what kiosks show their staff as the committee's key");
    show->footer("Example:\n  pillarbox key show signing.key");
    on_run(*show, context,
           [shown] { return shown->fingerprint ? show_fingerprint(shown->path) : show_key(shown->path); });
}

}  // namespace pillarbox::cli
