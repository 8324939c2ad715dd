// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of a large envelope: it travels by itself, before the batch that names the envelope, and is signed by the
// device, so that nobody else can make a store keep it. The same bytes over HTTPS and on a stick. Parts are taken in
// order, as batches are, and the store's word on how many it holds is a signed note, as a receipt is; but it promises
// nothing: only a receipt for the batch does. Byte table and worked example: docs/formats/batch.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/note.hpp"

namespace pillarbox::batch {

inline constexpr std::size_t part_size_bytes_max = std::size_t{512} << 10U;  // every part but the last has as much
inline constexpr std::size_t part_frame_size_bytes_max = 256;                // what a part takes beside its content

// How many parts an envelope of this size has, and the size of one; numbers are from 1.
[[nodiscard]] std::uint64_t part_count(std::uint64_t envelope_size_bytes);
[[nodiscard]] std::size_t part_size_bytes(std::uint64_t envelope_size_bytes, std::uint64_t number);

struct PartHeader {
    LogId log_id{};
    WithdrawalTag tag{};
    LargeEnvelope envelope;
    std::uint64_t number = 0;
    crypto::Digest digest{};  // SHA-256 of the content
    friend bool operator==(const PartHeader&, const PartHeader&) = default;
};

struct Part {
    PartHeader header;
    crypto::Signature signature{};
    base::ByteView content;  // into what was parsed
};

// Fills in the digest and signs. malformed where the content has not the size of this part, or the envelope is small
// enough to be enclosed.
[[nodiscard]] base::Result<base::Bytes> make_part(PartHeader header, base::ByteView content,
                                                  const crypto::SigningKey& device_key);

// Format, limits and the content's digest; not the signature, for which the caller first looks up the key. Errors:
// malformed, limit_exceeded, unsupported.
[[nodiscard]] base::Result<Part> parse_part(base::ByteView bytes, const Limits& limits);

// not_authentic where the device key did not sign this part.
[[nodiscard]] base::Result<void> verify_signature(const Part& part, const crypto::VerifyKey& device_key);

// The store's word on a large envelope: the first `held` of its parts need not be sent (again).
struct PartsHeld {
    LogId log_id{};
    crypto::Digest envelope{};
    std::uint64_t held = 0;
    friend bool operator==(const PartsHeld&, const PartsHeld&) = default;
};

[[nodiscard]] std::string sign_parts_held(const PartsHeld& parts, std::string_view store_name,
                                          const crypto::SigningKey& store_key);
// not_authentic where no line of the pinned key verifies; malformed for anything that is not such a note.
[[nodiscard]] base::Result<PartsHeld> verify_parts_held(std::string_view note, std::string_view store_name,
                                                        const crypto::VerifyKey& store_key);

}  // namespace pillarbox::batch
