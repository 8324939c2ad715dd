// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/cli/typing.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "core/base/file.hpp"
#include "core/crypto/words.hpp"
#include "desk/cli/print.hpp"

namespace pillarbox::cli {
namespace {

using crypto::passphrase_size_bytes_max;
using crypto::read_hidden_line;
using crypto::Terminal;

constexpr std::size_t passphrase_size_bytes_min = 12;
constexpr const char* without_terminal = "Name a file with --passphrase-file, or - for standard input.";
constexpr std::size_t new_words_count = 10;

base::Result<crypto::SecretBytes> read_from(const PassphraseFile& file) {
    if (file == "-") {
        return read_hidden_line(STDIN_FILENO, passphrase_size_bytes_max);
    }
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return std::unexpected(base::error_of_errno(errno, file, "opened"));
    }
    auto line = read_hidden_line(descriptor, passphrase_size_bytes_max);
    ::close(descriptor);
    return line;
}

base::Result<void> check_new(const crypto::SecretBytes& passphrase) {
    if (passphrase.size() < passphrase_size_bytes_min || passphrase.size() > passphrase_size_bytes_max) {
        return base::fail(base::ErrorCode::usage, "passphrase", "It must have 12 to 1024 letters.",
                          "Take several words that nobody expects together, or ten words made up by --words.");
    }
    return {};
}

bool equal(const crypto::SecretBytes& one, const crypto::SecretBytes& other) {
    return base::text_of(one.view()) == base::text_of(other.view());
}

}  // namespace

void add_passphrase_file(CLI::App& command, PassphraseFile& file) {
    command
        .add_option("--passphrase-file", file,
                    "its first line is the passphrase, - is standard input; the terminal asks where left out")
        ->type_name("FILE");
}

keys::AskPassphrase ask_for(PassphraseFile file) {
    return [file = std::move(file)](const std::filesystem::path& key) -> base::Result<crypto::SecretBytes> {
        if (!file.empty()) {
            return read_from(file);
        }
        const Terminal terminal = TRY(Terminal::open(without_terminal));
        return terminal.ask("Passphrase of " + key.filename().string() + " (not shown): ");
    };
}

base::Result<crypto::SecretBytes> new_passphrase(const PassphraseFile& file) {
    if (!file.empty()) {
        auto passphrase = TRY(read_from(file));
        TRY(check_new(passphrase));
        return passphrase;
    }
    const Terminal terminal = TRY(Terminal::open(without_terminal));
    auto passphrase = TRY(terminal.ask("New passphrase, 12 letters or more (not shown): "));
    TRY(check_new(passphrase));
    const auto again = TRY(terminal.ask("The same passphrase again: "));
    if (!equal(passphrase, again)) {
        return base::fail(base::ErrorCode::usage, "passphrase", "The two passphrases are not the same.",
                          "Try again.");
    }
    return passphrase;
}

base::Result<crypto::SecretBytes> new_words(base::Random& random) {
    const Terminal terminal = TRY(Terminal::open(without_terminal));
    crypto::SecretBytes bytes(new_words_count);
    random.fill(bytes.bytes());
    auto words = crypto::words_of(bytes.view());
    terminal.show(base::view_of("Write these ten words down; nobody can show them again:\n\n    "));
    terminal.show(words.view());
    terminal.show(base::view_of("\n\n"));
    const auto typed = TRY(terminal.ask("Now type them from your paper (not shown): "));
    if (!equal(words, typed)) {
        return base::fail(base::ErrorCode::usage, "passphrase", "These are not the ten words. No key was made.",
                          "Start again: there will be other words.");
    }
    return words;
}

}  // namespace pillarbox::cli
