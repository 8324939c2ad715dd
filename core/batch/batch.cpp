// SPDX-License-Identifier: GPL-3.0-or-later
//
//   batch = header, signature, item * count      (a CBOR sequence: nothing around, between or behind them)
//   header = [version, campaign id, log id, number, previous, count, items digest, pack digest]
//   item = [tag, envelope], or [tag, null, SHA-256(envelope)] once it was withdrawn at the store,
//          or, in version 2, [tag, size, SHA-256(envelope)] of an envelope that travels in parts
//
// The signature covers the header, and the header covers the items by their digest: one signature check a batch, and
// a header alone still proves its place in the chain after an envelope was withdrawn.
#include "core/batch/batch.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "core/cbor/cbor.hpp"

namespace pillarbox::batch {
namespace {

using base::ErrorCode;

constexpr std::size_t header_element_count = 8;
constexpr std::size_t item_element_count = 2;
constexpr std::size_t absent_element_count = 3;  // withdrawn, or large
// Labels keep apart what one key signs and one hash function sees in different places of the project.
constexpr std::string_view signature_label = "pillarbox batch v1\n";
constexpr std::string_view log_id_label = "pillarbox log v1\n";
constexpr std::string_view genesis_label = "pillarbox genesis v1\n";

void append(base::Bytes& out, base::ByteView bytes) {
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void write_header(cbor::Writer& writer, const Header& header) {
    writer.array(header_element_count).unsigned_integer(header.version).text(header.campaign_id).bytes(header.log_id);
    writer.unsigned_integer(header.number).bytes(header.previous).unsigned_integer(header.count);
    writer.bytes(header.items_digest).bytes(header.pack_digest);
}

base::Bytes encode_header(const Header& header) {
    cbor::Writer writer;
    write_header(writer, header);
    return writer.take();
}

base::Bytes signed_bytes_of(const Header& header) {
    base::Bytes bytes = base::bytes_of(signature_label);
    append(bytes, encode_header(header));
    return bytes;
}

base::Result<void> check_header(const Header& header) {
    if (!is_campaign_id(header.campaign_id)) {
        return base::fail(ErrorCode::malformed, "batch header",
                          "The campaign id is not 1 to 64 letters, digits, '-' or '_'.");
    }
    if (header.number == 0 || header.number > number_max) {
        return base::fail(ErrorCode::malformed, "batch header", "The batch number is out of range.");
    }
    if (header.count == 0) {
        return base::fail(ErrorCode::malformed, "batch header", "The batch holds no envelope.");
    }
    return {};
}

base::Result<void> check_envelope_size(std::size_t size_bytes, const Limits& limits) {
    if (size_bytes == 0) {
        return base::fail(ErrorCode::malformed, "batch item", "An envelope is empty.");
    }
    if (size_bytes > limits.envelope_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, "batch item",
                          "An envelope has " + std::to_string(size_bytes) + " bytes; at most " +
                              std::to_string(limits.envelope_size_bytes_max) + " are accepted.");
    }
    return {};
}

base::Result<void> check_batch_size(std::size_t size_bytes, const Limits& limits) {
    if (size_bytes > limits.batch_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, "batch",
                          "The batch has " + std::to_string(size_bytes) + " bytes; at most " +
                              std::to_string(limits.batch_size_bytes_max) + " are accepted.");
    }
    return {};
}

template <std::size_t Size>
base::Result<std::array<std::uint8_t, Size>> read_array(cbor::Reader& reader) {
    const base::ByteView bytes = TRY(reader.bytes(Size));
    return base::array_of<Size>(bytes);
}

base::Result<Header> read_header(cbor::Reader& reader) {
    TRY(reader.array_of(header_element_count));
    const std::uint64_t version = TRY(reader.unsigned_integer());
    if (version != enclosing_version && version != naming_version) {
        return base::fail(ErrorCode::unsupported, "batch header",
                          "Batches of format version " + std::to_string(version) + " are not known here.",
                          "Update this program.");
    }
    Header header;
    header.version = version;
    header.campaign_id = TRY(reader.text(campaign_id_size_bytes_max));
    header.log_id = TRY(read_array<std::tuple_size_v<LogId>>(reader));
    header.number = TRY(reader.unsigned_integer());
    header.previous = TRY(read_array<std::tuple_size_v<crypto::Digest>>(reader));
    header.count = TRY(reader.unsigned_integer());
    header.items_digest = TRY(read_array<std::tuple_size_v<crypto::Digest>>(reader));
    header.pack_digest = TRY(read_array<std::tuple_size_v<crypto::Digest>>(reader));
    TRY(check_header(header));
    return header;
}

bool next_is_absent(cbor::Reader ahead) {
    return ahead.array_of(absent_element_count).has_value();
}

// Envelopes are enclosed or named by their size alone, so that a batch has one encoding. One of version 1 encloses
// all of them: such batches were made before envelopes travelled in parts, and are made for stores that take none.
base::Result<void> check_forms(const Batch& batch, const Limits& limits) {
    std::uint64_t named_size_bytes = 0;
    std::uint64_t absent = 0;
    for (const Item& item : batch.items) {
        absent += item.large.has_value() || item.withdrawn.has_value() ? 1U : 0U;
        if (item.large.has_value()) {
            TRY(check_envelope_size(item.large->size_bytes, limits));
            if (item.large->size_bytes > named_size_bytes_max - named_size_bytes) {
                return base::fail(ErrorCode::limit_exceeded, "batch", "The batch names more than one batch may.");
            }
            named_size_bytes += item.large->size_bytes;
        }
        const bool names_small = item.large.has_value() && item.large->size_bytes <= enclosed_size_bytes_max;
        const bool encloses_large =
            batch.header.version == naming_version && item.envelope.size() > enclosed_size_bytes_max;
        if (names_small || encloses_large) {
            return base::fail(ErrorCode::malformed, "batch item",
                              "An envelope is not in the form that goes with its size.");
        }
    }
    if (batch.header.version == naming_version && absent == 0) {
        return base::fail(ErrorCode::malformed, "batch header", "A batch of version 2 names no large envelope.");
    }
    return {};
}

base::Result<Item> read_absent_item(cbor::Reader& reader, Withdrawn withdrawn) {
    Item item;
    TRY(reader.array_of(absent_element_count));
    item.tag = TRY(read_array<std::tuple_size_v<WithdrawalTag>>(reader));
    if (withdrawn == Withdrawn::taken && reader.next_is_null()) {
        TRY(reader.null());
        item.withdrawn = TRY(read_array<std::tuple_size_v<crypto::Digest>>(reader));
        return item;
    }
    LargeEnvelope large;
    large.size_bytes = TRY(reader.unsigned_integer());
    large.digest = TRY(read_array<std::tuple_size_v<crypto::Digest>>(reader));
    item.large = large;
    return item;
}

base::Result<Item> read_item(cbor::Reader& reader, const Header& header, const Limits& limits, Withdrawn withdrawn) {
    const bool may_be_absent = header.version == naming_version || withdrawn == Withdrawn::taken;
    if (may_be_absent && next_is_absent(reader)) {
        Item absent = TRY(read_absent_item(reader, withdrawn));
        if (absent.large.has_value() && header.version != naming_version) {
            return base::fail(ErrorCode::malformed, "batch item", "A batch of version 1 names a large envelope.");
        }
        return absent;
    }
    Item item;
    TRY(reader.array_of(item_element_count));
    item.tag = TRY(read_array<std::tuple_size_v<WithdrawalTag>>(reader));
    const base::ByteView envelope = TRY(reader.bytes(limits.envelope_size_bytes_max));
    TRY(check_envelope_size(envelope.size(), limits));
    item.envelope.assign(envelope.begin(), envelope.end());
    return item;
}

// What follows an item's tag.
base::Result<void> pass_over(cbor::Reader& reader, std::size_t elements) {
    if (elements == absent_element_count) {
        if (reader.next_is_null()) {
            TRY(reader.null());
        } else {
            static_cast<void>(TRY(reader.unsigned_integer()));
        }
    }
    TRY(reader.bytes(std::numeric_limits<std::size_t>::max()));
    return {};
}

crypto::Digest digest_of(const Item& item) {
    if (item.withdrawn.has_value()) {
        return *item.withdrawn;
    }
    return item.large.has_value() ? item.large->digest : crypto::sha256(item.envelope);
}

}  // namespace

bool is_campaign_id(std::string_view id) {
    const auto allowed = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    };
    return !id.empty() && id.size() <= campaign_id_size_bytes_max && std::ranges::all_of(id, allowed);
}

const WithdrawalTag& test_tag() {
    static const WithdrawalTag tag = [] {
        constexpr std::string_view letters = "pillarbox test response, no code";
        WithdrawalTag bytes{};
        static_assert(letters.size() == bytes.size());
        std::ranges::copy(letters, bytes.begin());
        return bytes;
    }();
    return tag;
}

std::uint64_t responses_in(const std::vector<Item>& items) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(items, [](const Item& item) { return item.tag != test_tag(); }));
}

base::Result<Header> parse_header(base::ByteView batch) {
    cbor::Reader reader(batch);
    return read_header(reader);
}

base::Result<std::uint64_t> responses_in(base::ByteView batch) {
    cbor::Reader reader(batch);
    const Header header = TRY(read_header(reader));
    TRY(read_array<std::tuple_size_v<crypto::Signature>>(reader));
    std::uint64_t responses = 0;
    for (std::uint64_t left = header.count; left > 0; --left) {
        const std::size_t elements = TRY(reader.array(absent_element_count));
        const auto tag = TRY(read_array<std::tuple_size_v<WithdrawalTag>>(reader));
        responses += tag == test_tag() ? 0U : 1U;
        TRY(pass_over(reader, elements));
    }
    return responses;
}

LogId log_id_of(const crypto::VerifyKey& device_key, const LogId& forerunner) {
    base::Bytes bytes = base::bytes_of(log_id_label);
    append(bytes, device_key.bytes);
    append(bytes, forerunner);
    const crypto::Digest digest = crypto::sha256(bytes);
    LogId log_id{};
    std::copy_n(digest.begin(), log_id.size(), log_id.begin());
    return log_id;
}

crypto::Digest genesis_hash(const LogId& log_id) {
    base::Bytes bytes = base::bytes_of(genesis_label);
    append(bytes, log_id);
    return crypto::sha256(bytes);
}

crypto::Digest hash_of(const Header& header) {
    return crypto::sha256(encode_header(header));
}

crypto::Digest items_digest_of(const std::vector<Item>& items) {
    base::Bytes bytes;
    bytes.reserve(items.size() * (std::tuple_size_v<WithdrawalTag> + std::tuple_size_v<crypto::Digest>));
    for (const Item& item : items) {
        append(bytes, item.tag);
        append(bytes, digest_of(item));
    }
    return crypto::sha256(bytes);
}

base::Bytes encode_batch(const Batch& batch) {
    std::size_t size_bytes = frame_size_bytes_max;
    for (const Item& item : batch.items) {
        size_bytes += named_item_size_bytes_max + item.envelope.size();
    }
    cbor::Writer writer(size_bytes);
    write_header(writer, batch.header);
    writer.bytes(batch.signature);
    for (const Item& item : batch.items) {
        if (item.withdrawn.has_value()) {
            writer.array(absent_element_count).bytes(item.tag).null().bytes(*item.withdrawn);
        } else if (item.large.has_value()) {
            writer.array(absent_element_count).bytes(item.tag).unsigned_integer(item.large->size_bytes);
            writer.bytes(item.large->digest);
        } else {
            writer.array(item_element_count).bytes(item.tag).bytes(item.envelope);
        }
    }
    return writer.take();
}

base::Result<SignedBatch> sign_batch(Header header, std::vector<Item> items, const crypto::SigningKey& device_key,
                                     const Limits& limits) {
    const bool names_any = std::ranges::any_of(items, [](const Item& item) { return item.large.has_value(); });
    header.version = names_any ? naming_version : enclosing_version;
    header.count = items.size();
    TRY(check_header(header));
    for (const Item& item : items) {
        TRY(item.large.has_value() ? base::Result<void>{} : check_envelope_size(item.envelope.size(), limits));
    }
    header.items_digest = items_digest_of(items);
    const crypto::Signature signature = device_key.sign(signed_bytes_of(header));
    Batch batch{std::move(header), signature, std::move(items)};
    TRY(check_forms(batch, limits));
    base::Bytes bytes = encode_batch(batch);
    TRY(check_batch_size(bytes.size(), limits));
    return SignedBatch{std::move(batch.header), signature, std::move(bytes)};
}

base::Result<base::Bytes> make_batch(Header header, std::vector<Item> items, const crypto::SigningKey& device_key,
                                     const Limits& limits) {
    SignedBatch made = TRY(sign_batch(std::move(header), std::move(items), device_key, limits));
    return std::move(made.bytes);
}

base::Result<Batch> parse_batch(base::ByteView bytes, const Limits& limits, Withdrawn withdrawn) {
    TRY(check_batch_size(bytes.size(), limits));
    cbor::Reader reader(bytes);
    Batch batch;
    batch.header = TRY(read_header(reader));
    batch.signature = TRY(read_array<std::tuple_size_v<crypto::Signature>>(reader));
    // An item takes more than 36 bytes, so a larger count is a lie and must not size the vector.
    constexpr std::size_t item_size_bytes_min = 1 + 2 + std::tuple_size_v<WithdrawalTag> + 2;
    if (batch.header.count > (bytes.size() - reader.position()) / item_size_bytes_min) {
        return base::fail(ErrorCode::malformed, "batch header", "The batch ends before all of its envelopes.");
    }
    batch.items.reserve(static_cast<std::size_t>(batch.header.count));
    for (std::uint64_t left = batch.header.count; left > 0; --left) {
        batch.items.push_back(TRY(read_item(reader, batch.header, limits, withdrawn)));
    }
    TRY(reader.end());
    TRY(check_forms(batch, limits));
    if (items_digest_of(batch.items) != batch.header.items_digest) {
        return base::fail(ErrorCode::malformed, "batch", "The envelopes are not those that the header names.",
                          "Send it again.");
    }
    return batch;
}

std::uint64_t withdraw_items(Batch& batch, std::span<const WithdrawalTag> tags) {
    std::uint64_t count = 0;
    for (Item& item : batch.items) {
        if (!item.withdrawn.has_value() && std::ranges::find(tags, item.tag) != tags.end()) {
            item.withdrawn = digest_of(item);
            item.large.reset();
            item.envelope.clear();
            ++count;
        }
    }
    return count;
}

base::Result<void> verify_signature(const Batch& batch, const crypto::VerifyKey& device_key) {
    if (!crypto::verifies(device_key, signed_bytes_of(batch.header), batch.signature)) {
        return base::fail(ErrorCode::not_authentic, "batch", "The batch is not signed by this kiosk's key.");
    }
    return {};
}

}  // namespace pillarbox::batch
