// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the passphrases of keys come from (core/crypto/typing.hpp reads them). Threading: one thread asks.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "core/crypto/typing.hpp"
#include "desk/keys/key_file.hpp"

namespace pillarbox::cli {

// Where passphrases come from: the first line of a file, of standard input ("-"), or the terminal where it is empty.
using PassphraseFile = std::string;

void add_passphrase_file(CLI::App& command, PassphraseFile& file);

// To open a wrapped key: asks once.
[[nodiscard]] keys::AskPassphrase ask_for(PassphraseFile file);

// To wrap a key: asks twice. usage where it is too short or the two differ.
[[nodiscard]] base::Result<crypto::SecretBytes> new_passphrase(const PassphraseFile& file);

// Ten words of random bytes: shown on the terminal, to be written down and typed back; nowhere else.
[[nodiscard]] base::Result<crypto::SecretBytes> new_words(base::Random& random);

}  // namespace pillarbox::cli
