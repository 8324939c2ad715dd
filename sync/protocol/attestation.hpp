// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk shows a store that lacks batches which the kiosk has purged: CBOR `[1, receipt note, number, hash,
// signature]`. The receipt is the store's own word that it had them; the kiosk's key, which signed every batch of the
// log, vouches for the hash of the last one. docs/formats/protocol.md.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::protocol {

struct Attestation {
    std::string receipt_note;  // exactly as the store signed it
    std::uint64_t number = 0;  // the last batch that was purged
    crypto::Digest hash{};     // and its hash
    crypto::Signature signature{};
};

// Signs with the device key over "pillarbox-gap-1", the log id, and the first four items.
[[nodiscard]] base::Bytes make_attestation(Attestation attestation, const batch::LogId& log_id,
                                           const crypto::SigningKey& device_key);

[[nodiscard]] base::Result<Attestation> parse_attestation(base::ByteView bytes);  // malformed for other bytes
[[nodiscard]] base::Result<void> verify_attestation(const Attestation& attestation, const batch::LogId& log_id,
                                                    const crypto::VerifyKey& device_key);  // not_authentic

}  // namespace pillarbox::protocol
