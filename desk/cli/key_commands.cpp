// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include "core/crypto/fingerprint.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/typing.hpp"
#include "desk/keys/key_file.hpp"

namespace pillarbox::cli {
namespace {

enum class Passphrase { none, typed, words };

// How a new or a wrapped key file gets its passphrase; a file to read it from says enough by itself.
struct PassphraseChoice {
    Passphrase how = Passphrase::none;
    PassphraseFile file;

    [[nodiscard]] base::Result<crypto::SecretBytes> get(base::Random& random) const {
        return how == Passphrase::words ? new_words(random) : new_passphrase(file);
    }
};

struct NewKeyOptions {
    std::string sealing, signing;
    PassphraseChoice passphrase;
};

CommandResult make_key(const NewKeyOptions& options, Context& context) {
    TRY(keys::refuse_existing(options.sealing.empty() ? options.signing : options.sealing));
    crypto::SecretBytes passphrase;
    std::optional<keys::Wrapping> wrapping;
    if (options.passphrase.how != Passphrase::none || !options.passphrase.file.empty()) {
        passphrase = TRY(options.passphrase.get(context.random));
        wrapping.emplace(keys::Wrapping{.passphrase = passphrase.view(), .random = context.random});
    }
    const keys::Wrapping* const how = wrapping.has_value() ? &*wrapping : nullptr;
    if (!options.sealing.empty()) {
        const auto identity = envelope::Identity::generate(context.random);
        TRY(keys::write_sealing_key(options.sealing, identity, context.clock.today(), how));
        say("{}\n", envelope::format_recipient(identity.recipient()));
    } else {
        const auto key = crypto::SigningKey::generate(context.random);
        TRY(keys::write_signing_key(options.signing, key, context.clock.today(), how));
        say("{}\n", base::to_base64(key.verify_key().bytes));
    }
    return base::ExitCode::success;
}

struct ShowKeyOptions {
    std::string path;
    PassphraseFile passphrase_file;
    bool fingerprint = false;
};

CommandResult show_fingerprint(const ShowKeyOptions& options) {
    const auto key = TRY(keys::read_signing_key(options.path, ask_for(options.passphrase_file)));
    say("{}\n", crypto::fingerprint_of(key.verify_key()));
    return base::ExitCode::success;
}

CommandResult show_key(const ShowKeyOptions& options) {
    const std::vector<std::string> public_keys =
        TRY(keys::public_keys_in(options.path, ask_for(options.passphrase_file)));
    for (const std::string& key : public_keys) {
        say("{}\n", key);
    }
    return base::ExitCode::success;
}

CommandResult show_words(const std::string& committee_key) {
    const auto key = TRY(keys::parse_verify_key(committee_key, "KEY"));
    say("{}\n", crypto::key_words_of(key));
    return base::ExitCode::success;
}

struct WrapOptions {
    std::string from, out;
    PassphraseChoice passphrase;
};

CommandResult wrap_key(const WrapOptions& options, Context& context) {
    TRY(keys::refuse_existing(options.out));
    const auto passphrase = TRY(options.passphrase.get(context.random));
    TRY(keys::wrap_key_file(options.from, options.out, {.passphrase = passphrase.view(), .random = context.random}));
    say("{}: wrapped; {} still holds the key in the clear: destroy it\n", options.out, options.from);
    return base::ExitCode::success;
}

CommandResult unwrap_key(const WrapOptions& options) {
    TRY(keys::unwrap_key_file(options.from, options.out, ask_for(options.passphrase.file)));
    say("{}: holds the key in the clear: whoever has this file has the key\n", options.out);
    return base::ExitCode::success;
}

void add_new_passphrase(CLI::App& command, PassphraseChoice& choice, const char* asks) {
    auto* group = command.add_option_group("passphrase", "what wraps the key");
    if (asks != nullptr) {
        group->add_flag_callback("--passphrase", [&choice] { choice.how = Passphrase::typed; }, asks);
    }
    group->add_flag_callback(
        "--words", [&choice] { choice.how = Passphrase::words; },
        "wrap it by ten words made up now: shown on the terminal once, and typed back");
    add_passphrase_file(*group, choice.file);
    group->require_option(0, 1);
}

void add_new(CLI::App& key, Context& context) {
    CLI::App* make = key.add_subcommand("new", "Make a key file, owner-only. Prints the public key.");
    const auto options = std::make_shared<NewKeyOptions>();
    auto* kind = make->add_option_group("kind", "which key");
    kind->add_option("--sealing", options->sealing, "the key that opens responses (an age identity file)")
        ->type_name("FILE");
    kind->add_option("--signing", options->signing, "the key that signs campaign packs (Ed25519)")->type_name("FILE");
    kind->require_option(1);
    add_new_passphrase(*make, options->passphrase, "wrap it by a passphrase that is typed twice");
    make->footer(
        "An existing file is never overwritten.\n\nExample:\n  pillarbox key new --sealing sealing.key --words\n"
        "  pillarbox key new --signing signing.key --passphrase");
    on_run(*make, context, [options, &context] { return make_key(*options, context); });
}

void add_show(CLI::App& key, Context& context) {
    CLI::App* show = key.add_subcommand("show", "Print the public part of a key file, and nothing else.");
    const auto shown = std::make_shared<ShowKeyOptions>();
    show->add_option("FILE", shown->path, "a sealing or a signing key file")->required();
    show->add_flag("--fingerprint", shown->fingerprint,
                   "of a signing key: what kiosks show their staff as the committee's key");
    add_passphrase_file(*show, shown->passphrase_file);
    show->footer("Example:\n  pillarbox key show signing.key");
    on_run(*show, context, [shown] { return shown->fingerprint ? show_fingerprint(*shown) : show_key(*shown); });

    CLI::App* words =
        key.add_subcommand("words", "Print the committee's public key as six words: for the poster, and to compare.");
    const auto committee_key = std::make_shared<std::string>();
    words->add_option("KEY", *committee_key, "the committee's public signing key (base64)")->required();
    words->footer("Example:\n  pillarbox key words \"$(pillarbox key show signing.key)\"");
    on_run(*words, context, [committee_key] { return show_words(*committee_key); });
}

void add_wrap(CLI::App& key, Context& context) {
    CLI::App* wrap = key.add_subcommand("wrap", "Write a key file anew, wrapped by a passphrase.");
    const auto options = std::make_shared<WrapOptions>();
    wrap->add_option("FILE", options->from, "a key file that is not wrapped")->required();
    wrap->add_option("--out", options->out, "the wrapped file to write")->type_name("FILE")->required();
    add_new_passphrase(*wrap, options->passphrase, nullptr);
    wrap->footer(
        "Asks for the passphrase twice. The stock `age -d` opens the file too.\n\n"
        "Example:\n  pillarbox key wrap plain.key --out sealing.key");
    on_run(*wrap, context, [options, &context] { return wrap_key(*options, context); });

    CLI::App* unwrap = key.add_subcommand("unwrap", "Write a wrapped key file anew, in the clear.");
    const auto unwrapped = std::make_shared<WrapOptions>();
    unwrap->add_option("FILE", unwrapped->from, "a wrapped key file")->required();
    unwrap->add_option("--out", unwrapped->out, "the plain file to write")->type_name("FILE")->required();
    add_passphrase_file(*unwrap, unwrapped->passphrase.file);
    unwrap->footer("Example:\n  pillarbox key unwrap sealing.key --out plain.key");
    on_run(*unwrap, context, [unwrapped] { return unwrap_key(*unwrapped); });
}

}  // namespace

void add_key_commands(CLI::App& app, Context& context) {
    CLI::App* key = app.add_subcommand("key", "Make, wrap, split, show and try the committee's keys.");
    key->require_subcommand(1);
    key->footer("Example:\n  pillarbox key new --sealing sealing.key --words");
    add_new(*key, context);
    add_show(*key, context);
    add_wrap(*key, context);
    add_share_commands(*key, context);
    add_drill_command(*key, context);
}

}  // namespace pillarbox::cli
