// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/typing.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "core/base/file.hpp"

namespace pillarbox::fleet {
namespace {

constexpr std::size_t line_size_bytes_max = 1024;

// What is typed is not shown, for as long as this lives.
class HiddenTyping {
  public:
    explicit HiddenTyping(int descriptor) : descriptor_(descriptor), hides_(::tcgetattr(descriptor, &before_) == 0) {
        if (hides_) {
            termios hidden = before_;
            hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            ::tcsetattr(descriptor_, TCSAFLUSH, &hidden);
        }
    }
    ~HiddenTyping() {
        if (hides_) {
            ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
        }
    }
    HiddenTyping(const HiddenTyping&) = delete;
    HiddenTyping& operator=(const HiddenTyping&) = delete;

  private:
    int descriptor_;
    termios before_{};
    bool hides_;
};

void show(int descriptor, std::string_view text) {
    static_cast<void>(::write(descriptor, text.data(), text.size()) < 0);
}

base::Result<crypto::SecretBytes> ask(int descriptor, std::string_view question) {
    const HiddenTyping hidden(descriptor);
    show(descriptor, question);
    crypto::SecretBytes line(line_size_bytes_max + 1);
    std::size_t size = 0;
    while (size < line.size()) {
        const auto got = ::read(descriptor, &line.bytes()[size], 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return std::unexpected(base::error_of_errno(errno, "the passphrase", "read"));
        }
        if (got == 0 || line.bytes()[size] == '\n') {
            break;
        }
        ++size;
    }
    show(descriptor, "\n");
    return crypto::SecretBytes::copy_of(line.view().first(size));
}

}  // namespace

base::Result<crypto::SecretBytes> type_new_passphrase() {
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0) {
        return base::fail(base::ErrorCode::usage, "passphrase", "There is no terminal to ask for it.",
                          "Run this command at a terminal.");
    }
    auto first = ask(terminal, "Passphrase of 12 or more letters (not shown): ");
    auto second = ask(terminal, "The same again: ");
    ::close(terminal);
    if (!first.has_value() || !second.has_value()) {
        return std::unexpected(first.has_value() ? second.error() : first.error());
    }
    if (base::text_of(first->view()) != base::text_of(second->view())) {
        return base::fail(base::ErrorCode::usage, "passphrase", "The two are not the same.", "Try again.");
    }
    return first;
}

}  // namespace pillarbox::fleet
