// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/typing.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "core/base/file.hpp"

namespace pillarbox::crypto {

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

base::Result<SecretBytes> read_hidden_line(int descriptor, std::size_t size_max) {
    SecretBytes line(size_max + 1);
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
    return SecretBytes::copy_of(line.view().first(size));
}

base::Result<Terminal> Terminal::open(const std::string& remedy) {
    const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return base::fail(base::ErrorCode::usage, "passphrase", "There is no terminal to ask for it.", remedy);
    }
    return Terminal(descriptor);
}

Terminal::~Terminal() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Terminal::Terminal(Terminal&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

void Terminal::show(base::ByteView bytes) const {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return;  // the answer that fails to come says enough
        }
        bytes = bytes.subspan(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

base::Result<SecretBytes> Terminal::ask(std::string_view question) const {
    base::Result<SecretBytes> line = [&] {
        const HiddenTyping hidden(descriptor_);
        show(base::view_of(question));
        return read_hidden_line(descriptor_, passphrase_size_bytes_max);
    }();
    show(base::view_of("\n"));
    return line;
}

}  // namespace pillarbox::crypto
