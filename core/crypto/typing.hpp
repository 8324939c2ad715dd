// SPDX-License-Identifier: GPL-3.0-or-later
//
// What people type and nobody should see: PINs and passphrases, read into locked memory. Threading: one thread asks.
#pragma once

#include <termios.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

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
[[nodiscard]] base::Result<SecretBytes> read_hidden_line(int descriptor, std::size_t size_max);

inline constexpr std::size_t passphrase_size_bytes_max = 1024;

// The terminal itself, also where standard input and output are files: what is asked there stays there.
class Terminal {
  public:
    // usage where there is none; `remedy` says what else to do.
    [[nodiscard]] static base::Result<Terminal> open(const std::string& remedy);
    ~Terminal();
    Terminal(Terminal&& other) noexcept;
    Terminal& operator=(Terminal&&) = delete;

    void show(base::ByteView bytes) const;
    // Typing is hidden before the question shows: whoever answers at once is not seen either.
    [[nodiscard]] base::Result<SecretBytes> ask(std::string_view question) const;

  private:
    explicit Terminal(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace pillarbox::crypto
