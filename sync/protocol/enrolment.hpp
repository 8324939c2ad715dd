// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk sends to be enrolled: CBOR `[1, secret, device key, forerunner, signature]`. The answer is the signed
// head of the kiosk's new, empty log: the same note as everywhere else.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::protocol {

using EnrolmentSecret = std::array<std::uint8_t, 16>;  // of the one-time token

struct Enrolment {
    EnrolmentSecret secret{};
    crypto::VerifyKey device_key;
    batch::LogId forerunner{};  // the log that this one follows, after a fork; zeros for a first log
};

// The signature is made with the device key over "pillarbox-enrolment-1" and the first four items. It proves that
// whoever holds the token also holds the key, so that nobody can enrol a kiosk under another's key.
[[nodiscard]] base::Bytes make_enrolment(const EnrolmentSecret& secret, const batch::LogId& forerunner,
                                         const crypto::SigningKey& device_key);

// malformed for other bytes; not_authentic where the signature does not verify.
[[nodiscard]] base::Result<Enrolment> parse_enrolment(base::ByteView bytes);

}  // namespace pillarbox::protocol
