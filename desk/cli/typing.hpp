// SPDX-License-Identifier: GPL-3.0-or-later
//
// What people type and nobody should see: PINs and passphrases, read into locked memory. Threading: one thread asks.
#pragma once

#include <termios.h>

#include <CLI/CLI.hpp>
#include <cstddef>
#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "desk/keys/key_file.hpp"

namespace pillarbox::cli {

// While it lives, a terminal at this descriptor does not show what is typed.
class HiddenTyping {
  public:
    explicit HiddenTyping(int descriptor);
    ~HiddenTyping();
    HiddenTyping(const HiddenTyping&) = delete;
    HiddenTyping& operator=(const HiddenTyping&) = delete;

    [[nodiscard]] bool on_terminal() const { return hides_; }

  private:
    int descriptor_;
    termios before_{};
    bool hides_;
};

// A line without its end, byte by byte: no stream keeps a copy. A longer line is cut after size_max + 1 bytes, which
// tells the caller.
[[nodiscard]] base::Result<crypto::SecretBytes> read_hidden_line(int descriptor, std::size_t size_max);

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
