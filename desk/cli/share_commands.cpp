// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include "desk/cli/commands.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/typing.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/keys/share_file.hpp"

namespace pillarbox::cli {
namespace {

struct SplitOptions {
    std::string key, out, passphrase_file;
    crypto::SharePlan plan;
};

CommandResult split(const SplitOptions& options, Context& context) {
    const auto identities = TRY(keys::read_sealing_key(options.key, ask_for(options.passphrase_file)));
    if (identities.size() != 1) {
        return base::fail(base::ErrorCode::usage, options.key, "The file holds more than one key.",
                          "Split a file with one key, as `pillarbox key new --sealing` makes it.");
    }
    const auto shares = TRY(keys::split_identity(identities.front(), options.plan, context.random));
    const auto paths = TRY(keys::write_shares(options.out, shares));
    for (std::size_t index = 0; index < shares.size(); ++index) {
        say("{}: {}\n", paths[index].string(), keys::words_of_share(shares[index]));
    }
    say("Any {} of them give the key back. Give each to another person; {} still holds the whole key.\n",
        options.plan.need, options.key);
    return base::ExitCode::success;
}

struct JoinOptions {
    std::vector<std::string> shares;
    std::string out, passphrase_file;
    bool words = false, passphrase = false;
};

CommandResult join(const JoinOptions& options, Context& context) {
    TRY(keys::refuse_existing(options.out));
    std::vector<keys::KeyShare> shares;
    for (const std::string& path : options.shares) {
        shares.push_back(TRY(keys::read_share(path)));
    }
    const envelope::Identity identity = TRY(keys::join_identity(std::move(shares)));
    crypto::SecretBytes passphrase;
    std::optional<keys::Wrapping> wrapping;
    if (options.words || options.passphrase || !options.passphrase_file.empty()) {
        auto typed = options.words ? new_words(context.random) : new_passphrase(options.passphrase_file);
        passphrase = TRY(std::move(typed));
        wrapping.emplace(keys::Wrapping{.passphrase = passphrase.view(), .random = context.random});
    }
    TRY(keys::write_sealing_key(options.out, identity, context.clock.today(),
                                wrapping.has_value() ? &*wrapping : nullptr));
    say("{}\n", envelope::format_recipient(identity.recipient()));
    return base::ExitCode::success;
}

CommandResult show_share_words(const std::string& path) {
    const keys::KeyShare share = TRY(keys::read_share(path));
    say("share {} of {}, {} needed\nkey   {}\nwords {}\n", share.share.number, share.of, share.need,
        envelope::format_recipient(share.recipient), keys::words_of_share(share));
    return base::ExitCode::success;
}

}  // namespace

void add_share_commands(CLI::App& key, Context& context) {
    CLI::App* splits = key.add_subcommand("split", "Split a sealing key into shares, of which some give it back.");
    const auto options = std::make_shared<SplitOptions>();
    splits->add_option("FILE", options->key, "a sealing key file")->required();
    splits->add_option("--shares", options->plan.shares, "how many; 3 where left out")->type_name("N");
    splits->add_option("--need", options->plan.need, "how many of them give the key back; 2 where left out")
        ->type_name("N");
    splits->add_option("--out", options->out, "the folder for the share files")->type_name("DIR")->required();
    add_passphrase_file(*splits, options->passphrase_file);
    splits->footer("Example:\n  pillarbox key split sealing.key --shares 3 --need 2 --out /media/stick/shares");
    on_run(*splits, context, [options, &context] { return split(*options, context); });

    CLI::App* joins = key.add_subcommand("join", "Put a sealing key together from its shares.");
    const auto joined = std::make_shared<JoinOptions>();
    joins->add_option("SHARE", joined->shares, "share files, as many as are needed")->required();
    joins->add_option("--out", joined->out, "the key file to write")->type_name("FILE")->required();
    auto* group = joins->add_option_group("passphrase", "what wraps the key");
    group->add_flag("--words", joined->words, "wrap it by ten words made up now");
    group->add_flag("--passphrase", joined->passphrase, "wrap it by a passphrase that is typed twice");
    add_passphrase_file(*group, joined->passphrase_file);
    group->require_option(0, 1);
    joins->footer("Example:\n  pillarbox key join share-1-of-3.txt share-3-of-3.txt --out sealing.key");
    on_run(*joins, context, [joined, &context] { return join(*joined, context); });

    CLI::App* words = key.add_subcommand("share-words", "Print the words of a share, to compare copies by.");
    const auto path = std::make_shared<std::string>();
    words->add_option("SHARE", *path, "a share file")->required();
    words->footer("Example:\n  pillarbox key share-words share-1-of-3.txt");
    on_run(*words, context, [path] { return show_share_words(*path); });
}

}  // namespace pillarbox::cli
