// SPDX-License-Identifier: GPL-3.0-or-later
//
// A batch: the numbered, hash-chained, device-signed parcel in which envelopes leave a kiosk, by network or USB. Pure
// bytes in, bytes out; one definition for kiosk, store, stick and desk. Byte table and worked example:
// docs/formats/batch.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::batch {

using LogId = std::array<std::uint8_t, 16>;          // one kiosk's chain: log_id_of its device key and its forerunner
using WithdrawalTag = std::array<std::uint8_t, 32>;  // hash of the respondent's withdrawal code

// The tag of every test response: it holds nobody's answers, so nobody withdraws it, and whoever counts responses
// without opening them leaves it out. (What it is to the desk, the sealed submission's kind says.)
[[nodiscard]] const WithdrawalTag& test_tag();

// An envelope that is too large for a batch: the batch names it, and it travels in parts of its own (part.hpp).
struct LargeEnvelope {
    crypto::Digest digest{};  // SHA-256 of the envelope
    std::uint64_t size_bytes = 0;
    friend bool operator==(const LargeEnvelope&, const LargeEnvelope&) = default;
};

// What a kiosk keeps of one response: the envelope, and the tag by which its respondent can withdraw it.
struct Item {
    WithdrawalTag tag{};
    base::Bytes envelope;
    // SHA-256 of an envelope that was withdrawn at the store: it stands for the envelope, which is empty then.
    std::optional<crypto::Digest> withdrawn{};
    std::optional<LargeEnvelope> large{};  // it is elsewhere, and `envelope` is empty
    friend bool operator==(const Item&, const Item&) = default;
};

// A batch of version 1 encloses all of its envelopes; one of version 2 names at least one that travels in parts.
inline constexpr std::uint64_t enclosing_version = 1;
inline constexpr std::uint64_t naming_version = 2;

struct Header {
    std::string campaign_id;  // 1 to 64 of A-Z a-z 0-9 - _
    LogId log_id{};
    std::uint64_t number = 0;       // 1, 2, 3 ... without gaps; at most number_max
    crypto::Digest previous{};      // hash of batch number-1; for number 1 the log's genesis hash
    std::uint64_t count = 0;        // items in this batch
    crypto::Digest items_digest{};  // SHA-256 over, for each item, tag and SHA-256(envelope)
    crypto::Digest pack_digest{};   // of the campaign pack the answers were given under
    std::uint64_t version = 1;      // 2 where the batch names large envelopes
    friend bool operator==(const Header&, const Header&) = default;
};

struct Batch {
    Header header;
    crypto::Signature signature{};
    std::vector<Item> items;
};

struct Limits {
    std::size_t batch_size_bytes_max = std::size_t{8} << 20U;
    std::size_t envelope_size_bytes_max = std::size_t{16} << 20U;
    friend bool operator==(const Limits&, const Limits&) = default;
};

inline constexpr std::uint64_t number_max = (std::uint64_t{1} << 53U) - 1;  // exact in JSON and in every database
inline constexpr std::size_t campaign_id_size_bytes_max = 64;
[[nodiscard]] bool is_campaign_id(std::string_view id);
// Envelopes over this are not in a batch but named in it, where the store takes them so.
inline constexpr std::size_t enclosed_size_bytes_max = std::size_t{512} << 10U;
// All that one batch names: with as much again from a batch that was never ended, it is what a store keeps unnamed.
inline constexpr std::uint64_t named_size_bytes_max = std::uint64_t{32} << 20U;
// A store says whether it takes parts by the envelope that its receipt lets in: without them it was at most 1 MiB.
[[nodiscard]] constexpr bool takes_parts(const Limits& limits) {
    return limits.envelope_size_bytes_max > std::size_t{1} << 20U;
}
// What a batch takes beside its envelopes: at most so much once, and at most so much for each item.
inline constexpr std::size_t frame_size_bytes_max = 272;
inline constexpr std::size_t item_overhead_bytes_max = 44;
inline constexpr std::size_t named_item_size_bytes_max = 80;  // an item that names a large envelope

[[nodiscard]] LogId log_id_of(const crypto::VerifyKey& device_key,
                              const LogId& forerunner);  // forerunner: zeros for a first log
[[nodiscard]] crypto::Digest genesis_hash(const LogId& log_id);
[[nodiscard]] crypto::Digest hash_of(const Header& header);  // SHA-256 of the header's CBOR bytes
[[nodiscard]] crypto::Digest items_digest_of(const std::vector<Item>& items);

// The header alone of a batch's bytes, unchecked against the rest.
[[nodiscard]] base::Result<Header> parse_header(base::ByteView batch);

// How many of them are responses and no tests.
[[nodiscard]] std::uint64_t responses_in(const std::vector<Item>& items);
// The same of a batch's bytes, of which only the frames are looked at: for batches that were checked, or made,
// before.
[[nodiscard]] base::Result<std::uint64_t> responses_in(base::ByteView batch);

// Fills in version, count and items_digest, signs, and returns the batch's bytes: a CBOR sequence (RFC 8742). Errors:
// malformed (no item, an empty envelope, a number or campaign id out of range, an envelope that is named and small
// enough to be enclosed, or the reverse beside one that is named), limit_exceeded.
[[nodiscard]] base::Result<base::Bytes> make_batch(Header header, std::vector<Item> items,
                                                   const crypto::SigningKey& device_key, const Limits& limits);
// The same, for who keeps header and signature beside the bytes.
struct SignedBatch {
    Header header;
    crypto::Signature signature{};
    base::Bytes bytes;
};
[[nodiscard]] base::Result<SignedBatch> sign_batch(Header header, std::vector<Item> items,
                                                   const crypto::SigningKey& device_key, const Limits& limits);

// Whether a reader takes a batch from which envelopes were withdrawn: only the store's own and what comes from it can
// be one.
enum class Withdrawn { refused, taken };

// Format, limits and digests; not the signature, for which the caller first looks up the key by `header.log_id`.
// Errors: malformed (also for truncation, trailing bytes, a digest that does not fit the items), limit_exceeded,
// unsupported.
[[nodiscard]] base::Result<Batch> parse_batch(base::ByteView bytes, const Limits& limits,
                                              Withdrawn withdrawn = Withdrawn::refused);

// The bytes of a batch that was signed before: encode_batch(parse_batch(bytes)) == bytes.
[[nodiscard]] base::Bytes encode_batch(const Batch& batch);

// Takes out the envelopes of these tags and leaves their digests, so that items digest, signature and chain still
// verify. Returns how many there were.
std::uint64_t withdraw_items(Batch& batch, std::span<const WithdrawalTag> tags);

// not_authentic where the device key did not sign this header.
[[nodiscard]] base::Result<void> verify_signature(const Batch& batch, const crypto::VerifyKey& device_key);

}  // namespace pillarbox::batch
