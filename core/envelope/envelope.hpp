// SPDX-License-Identifier: GPL-3.0-or-later
//
// Envelopes: sealed bytes that any one of several recipients can open, in the age v1 format (C2SP age), X25519
// recipients only. The stock `age` tool opens ours and we open its. Layout and a worked example:
// docs/formats/envelope.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::envelope {

// A committee's public key, "age1..." in text (Bech32).
struct Recipient {
    std::array<std::uint8_t, 32> bytes{};
    friend bool operator==(const Recipient&, const Recipient&) = default;
};
[[nodiscard]] base::Result<Recipient> parse_recipient(std::string_view text);
[[nodiscard]] std::string format_recipient(const Recipient& recipient);
// False for a point of low order: seal() refuses it.
[[nodiscard]] bool is_usable(const Recipient& recipient);

// A committee's secret key, "AGE-SECRET-KEY-1..." in text.
class Identity {
  public:
    [[nodiscard]] static Identity generate(base::Random& random);
    [[nodiscard]] static base::Result<Identity> parse(std::string_view text);
    [[nodiscard]] crypto::SecretBytes format() const;  // the text, in locked memory, without a newline
    [[nodiscard]] const Recipient& recipient() const { return recipient_; }
    [[nodiscard]] base::ByteView secret() const { return secret_.view(); }

  private:
    Identity(crypto::SecretBytes secret, Recipient recipient);
    crypto::SecretBytes secret_;
    Recipient recipient_;
};

// The identities of an age key file: one a line, '#' comments and blank lines allowed.
[[nodiscard]] base::Result<std::vector<Identity>> parse_identity_file(base::ByteView text);

inline constexpr std::size_t recipients_max = 20;

// `recipients`: 1 to recipients_max. The plaintext's size shows in the envelope's: pad it first (core/submission
// does).
[[nodiscard]] base::Result<base::Bytes> seal(base::ByteView plaintext, const std::vector<Recipient>& recipients,
                                             base::Random& random);

// not_authentic where no identity fits or any byte was altered; malformed where it is not age v1; limit_exceeded past
// the cap.
[[nodiscard]] base::Result<crypto::SecretBytes> open(base::ByteView envelope, const std::vector<Identity>& identities,
                                                     std::size_t plaintext_size_max);

}  // namespace pillarbox::envelope
