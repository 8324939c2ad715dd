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

constexpr std::size_t passphrase_size_bytes_min = 12;
constexpr std::size_t passphrase_size_bytes_max = 1024;
constexpr std::size_t new_words_count = 10;

// The terminal itself, also where standard input and output are files: what is asked there stays there.
class Terminal {
  public:
    static base::Result<Terminal> open() {
        const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
        if (descriptor < 0) {
            return base::fail(base::ErrorCode::usage, "passphrase", "There is no terminal to ask for it.",
                              "Name a file with --passphrase-file, or - for standard input.");
        }
        return Terminal(descriptor);
    }
    ~Terminal() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    Terminal(Terminal&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Terminal& operator=(Terminal&&) = delete;

    void show(base::ByteView bytes) const {
        while (!bytes.empty()) {
            const auto written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                return;  // the answer that fails to come says enough
            }
            bytes = bytes.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
    }

    // Typing is hidden before the question shows: whoever answers at once is not seen either.
    [[nodiscard]] base::Result<crypto::SecretBytes> ask(std::string_view question) const {
        base::Result<crypto::SecretBytes> line = [&] {
            const HiddenTyping hidden(descriptor_);
            show(base::view_of(question));
            return read_hidden_line(descriptor_, passphrase_size_bytes_max);
        }();
        show(base::view_of("\n"));
        return line;
    }

  private:
    explicit Terminal(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

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

HiddenTyping::HiddenTyping(int descriptor) : descriptor_(descriptor), hides_(::tcgetattr(descriptor, &before_) == 0) {
    if (hides_) {
        termios hidden = before_;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(descriptor_, TCSAFLUSH, &hidden);
    }
}

HiddenTyping::~HiddenTyping() {
    if (hides_) {
        ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    }
}

base::Result<crypto::SecretBytes> read_hidden_line(int descriptor, std::size_t size_max) {
    crypto::SecretBytes line(size_max + 1);
    std::size_t size = 0;
    while (size < line.size()) {
        const auto got = ::read(descriptor, &line.bytes()[size], 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return std::unexpected(base::error_of_errno(errno, "the line that was asked for", "read"));
        }
        if (got == 0 || line.bytes()[size] == '\n') {
            break;
        }
        ++size;
    }
    return crypto::SecretBytes::copy_of(line.view().first(size));
}

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
        const Terminal terminal = TRY(Terminal::open());
        return terminal.ask("Passphrase of " + key.filename().string() + " (not shown): ");
    };
}

base::Result<crypto::SecretBytes> new_passphrase(const PassphraseFile& file) {
    if (!file.empty()) {
        auto passphrase = TRY(read_from(file));
        TRY(check_new(passphrase));
        return passphrase;
    }
    const Terminal terminal = TRY(Terminal::open());
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
    const Terminal terminal = TRY(Terminal::open());
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
