// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk sends to be enrolled: CBOR `[1, secret, device key, forerunner, signature]`, or, where it takes a new
// key, `[2, secret, device key, forerunner, the old key's signature, signature]`. The answer is the signed head of
// the kiosk's new, empty log: the same note as everywhere else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::protocol {

using EnrolmentSecret = std::array<std::uint8_t, 16>;  // of the one-time token

struct Enrolment {
    EnrolmentSecret secret{};
    crypto::VerifyKey device_key;
    batch::LogId forerunner{};                         // the log that this one follows; zeros for a first log
    std::optional<crypto::Signature> old_signature{};  // by the key of the forerunner, where this is another one
};

// The signature is made with the device key over "pillarbox-enrolment-1" and the first four items. It proves that
// whoever holds the token also holds the key, so that nobody can enrol a kiosk under another's key.
[[nodiscard]] base::Bytes make_enrolment(const EnrolmentSecret& secret, const batch::LogId& forerunner,
                                         const crypto::SigningKey& device_key);

// For a kiosk that goes on with another key. The old key signs "pillarbox-renewal-1", the new key and the forerunner,
// and the new one all items before its own signature, over "pillarbox-enrolment-2".
[[nodiscard]] base::Bytes make_renewal(const EnrolmentSecret& secret, const batch::LogId& forerunner,
                                       const crypto::SigningKey& old_key, const crypto::SigningKey& device_key);

// malformed for other bytes; not_authentic where the signature does not verify. Whether the old key has signed can
// only be told by who knows it:
[[nodiscard]] base::Result<Enrolment> parse_enrolment(base::ByteView bytes);
[[nodiscard]] bool is_vouched_for(const Enrolment& enrolment, const crypto::VerifyKey& old_key);

}  // namespace pillarbox::protocol
