// SPDX-License-Identifier: GPL-3.0-or-later
//
//   part = header, signature, content     (a CBOR sequence)
//   header = [1, log id, tag, envelope's digest, envelope's size, number, content's digest]
//
// The note on the parts that a store holds, line by line, in this order and no other:
//
//   pillarbox parts v1
//   log <log id in hex>
//   envelope <digest in hex>
//   held <number>
#include "core/batch/part.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/batch/note_fields.hpp"
#include "core/cbor/cbor.hpp"

namespace pillarbox::batch {
namespace {

using base::ErrorCode;

constexpr std::uint64_t part_format_version = 1;
constexpr std::size_t part_header_element_count = 7;
constexpr std::string_view part_signature_label = "pillarbox part v1\n";
constexpr std::string_view parts_first_line = "pillarbox parts v1";

std::unexpected<base::Error> not_a_part(std::string what) {
    return base::fail(ErrorCode::malformed, "part", std::move(what));
}

base::Bytes encode_header(const PartHeader& header) {
    cbor::Writer writer;
    writer.array(part_header_element_count)
        .unsigned_integer(part_format_version)
        .bytes(header.log_id)
        .bytes(header.tag);
    writer.bytes(header.envelope.digest).unsigned_integer(header.envelope.size_bytes);
    writer.unsigned_integer(header.number).bytes(header.digest);
    return writer.take();
}

base::Bytes signed_bytes_of(const PartHeader& header) {
    base::Bytes bytes = base::bytes_of(part_signature_label);
    const base::Bytes encoded = encode_header(header);
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    return bytes;
}

base::Result<void> check_header(const PartHeader& header) {
    if (header.envelope.size_bytes <= enclosed_size_bytes_max) {
        return not_a_part("The envelope is not too large for a batch.");
    }
    if (header.number == 0 || header.number > part_count(header.envelope.size_bytes)) {
        return not_a_part("The envelope has no part of this number.");
    }
    return {};
}

template <std::size_t Size>
base::Result<std::array<std::uint8_t, Size>> read_fixed(cbor::Reader& reader) {
    const base::ByteView bytes = TRY(reader.bytes(Size));
    return base::array_of<Size>(bytes);
}

base::Result<PartHeader> read_part_header(cbor::Reader& reader) {
    TRY(reader.array_of(part_header_element_count));
    const std::uint64_t version = TRY(reader.unsigned_integer());
    if (version != part_format_version) {
        return base::fail(ErrorCode::unsupported, "part",
                          "Parts of format version " + std::to_string(version) + " are not known here.",
                          "Update this program.");
    }
    PartHeader header;
    header.log_id = TRY(read_fixed<std::tuple_size_v<LogId>>(reader));
    header.tag = TRY(read_fixed<std::tuple_size_v<WithdrawalTag>>(reader));
    header.envelope.digest = TRY(read_fixed<std::tuple_size_v<crypto::Digest>>(reader));
    header.envelope.size_bytes = TRY(reader.unsigned_integer());
    header.number = TRY(reader.unsigned_integer());
    header.digest = TRY(read_fixed<std::tuple_size_v<crypto::Digest>>(reader));
    return header;
}

std::string format_text(const PartsHeld& parts) {
    return std::string(parts_first_line) + "\nlog " + base::to_hex(parts.log_id) + "\nenvelope " +
           base::to_hex(parts.envelope) + "\nheld " + std::to_string(parts.held) + "\n";
}

}  // namespace

std::uint64_t part_count(std::uint64_t envelope_size_bytes) {
    return envelope_size_bytes / part_size_bytes_max + (envelope_size_bytes % part_size_bytes_max == 0 ? 0U : 1U);
}

std::size_t part_size_bytes(std::uint64_t envelope_size_bytes, std::uint64_t number) {
    const std::uint64_t before = (number - 1) * part_size_bytes_max;
    return static_cast<std::size_t>(std::min<std::uint64_t>(part_size_bytes_max, envelope_size_bytes - before));
}

base::Result<base::Bytes> make_part(PartHeader header, base::ByteView content, const crypto::SigningKey& device_key) {
    TRY(check_header(header));
    if (content.size() != part_size_bytes(header.envelope.size_bytes, header.number)) {
        return not_a_part("The content has not the size of this part.");
    }
    header.digest = crypto::sha256(content);
    base::Bytes bytes = encode_header(header);
    cbor::Writer rest(content.size() + part_frame_size_bytes_max);
    rest.bytes(device_key.sign(signed_bytes_of(header))).bytes(content);
    bytes.insert(bytes.end(), rest.result().begin(), rest.result().end());
    return bytes;
}

base::Result<Part> parse_part(base::ByteView bytes, const Limits& limits) {
    cbor::Reader reader(bytes);
    Part part;
    part.header = TRY(read_part_header(reader));
    TRY(check_header(part.header));
    if (part.header.envelope.size_bytes > limits.envelope_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, "part",
                          "The envelope has " + std::to_string(part.header.envelope.size_bytes) + " bytes; at most " +
                              std::to_string(limits.envelope_size_bytes_max) + " are accepted.");
    }
    part.signature = TRY(read_fixed<std::tuple_size_v<crypto::Signature>>(reader));
    part.content = TRY(reader.bytes(part_size_bytes_max));
    TRY(reader.end());
    if (part.content.size() != part_size_bytes(part.header.envelope.size_bytes, part.header.number)) {
        return not_a_part("The content has not the size of this part.");
    }
    if (crypto::sha256(part.content) != part.header.digest) {
        return not_a_part("The content is not what the header names.");
    }
    return part;
}

base::Result<void> verify_signature(const Part& part, const crypto::VerifyKey& device_key) {
    if (!crypto::verifies(device_key, signed_bytes_of(part.header), part.signature)) {
        return base::fail(ErrorCode::not_authentic, "part", "The part is not signed by this kiosk's key.");
    }
    return {};
}

std::string sign_parts_held(const PartsHeld& parts, std::string_view store_name,
                            const crypto::SigningKey& store_key) {
    PILLARBOX_CHECK(parts.held <= number_max);
    return sign_note(format_text(parts), store_name, store_key);
}

base::Result<PartsHeld> verify_parts_held(std::string_view note, std::string_view store_name,
                                          const crypto::VerifyKey& store_key) {
    const std::string_view text = TRY(verify_note(note, store_name, store_key));
    NoteFields fields(text, "parts note");
    PartsHeld parts;
    TRY(fields.word(parts_first_line, '\n'));
    TRY(fields.word("log", ' '));
    parts.log_id = TRY(fields.hex<std::tuple_size_v<LogId>>('\n'));
    TRY(fields.word("envelope", ' '));
    parts.envelope = TRY(fields.hex<std::tuple_size_v<crypto::Digest>>('\n'));
    TRY(fields.word("held", ' '));
    parts.held = TRY(fields.number('\n'));
    if (format_text(parts) != text || parts.held > number_max) {
        return fields.fail("It is not in its one canonical form.");
    }
    return parts;
}

}  // namespace pillarbox::batch
