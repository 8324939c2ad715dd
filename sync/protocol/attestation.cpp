// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/attestation.hpp"

#include "core/cbor/cbor.hpp"
#include "sync/protocol/routes.hpp"

namespace pillarbox::protocol {
namespace {

constexpr std::uint64_t attestation_version = 1;
constexpr std::size_t attestation_item_count = 5;
constexpr std::string_view attestation_context = "pillarbox-gap-1";

base::Bytes signed_bytes(const Attestation& attestation, const batch::LogId& log_id) {
    cbor::Writer writer;
    writer.text(attestation_context)
        .bytes(log_id)
        .unsigned_integer(attestation_version)
        .bytes(base::view_of(attestation.receipt_note));
    writer.unsigned_integer(attestation.number).bytes(attestation.hash);
    return writer.take();
}

}  // namespace

base::Bytes make_attestation(Attestation attestation, const batch::LogId& log_id,
                             const crypto::SigningKey& device_key) {
    attestation.signature = device_key.sign(signed_bytes(attestation, log_id));
    cbor::Writer writer;
    writer.array(attestation_item_count)
        .unsigned_integer(attestation_version)
        .bytes(base::view_of(attestation.receipt_note));
    writer.unsigned_integer(attestation.number).bytes(attestation.hash).bytes(attestation.signature);
    return writer.take();
}

base::Result<Attestation> parse_attestation(base::ByteView bytes) {
    cbor::Reader reader(bytes);
    TRY(reader.array_of(attestation_item_count));
    const std::uint64_t found = TRY(reader.unsigned_integer());
    if (found != attestation_version) {
        return base::fail(base::ErrorCode::malformed, "attestation", "The attestation is of an unknown version.",
                          "Update the store and the kiosk to the same release.");
    }
    Attestation attestation;
    const base::ByteView note = TRY(reader.bytes(note_size_bytes_max));
    attestation.receipt_note = std::string(base::text_of(note));
    attestation.number = TRY(reader.unsigned_integer());
    const base::ByteView hash = TRY(reader.bytes(std::tuple_size_v<crypto::Digest>));
    attestation.hash = TRY(base::array_of<std::tuple_size_v<crypto::Digest>>(hash));
    const base::ByteView signature = TRY(reader.bytes(std::tuple_size_v<crypto::Signature>));
    attestation.signature = TRY(base::array_of<std::tuple_size_v<crypto::Signature>>(signature));
    TRY(reader.end());
    if (attestation.number == 0 || attestation.number > batch::number_max) {
        return base::fail(base::ErrorCode::malformed, "attestation", "The batch number is out of range.");
    }
    return attestation;
}

base::Result<void> verify_attestation(const Attestation& attestation, const batch::LogId& log_id,
                                      const crypto::VerifyKey& device_key) {
    if (!crypto::verifies(device_key, signed_bytes(attestation, log_id), attestation.signature)) {
        return base::fail(base::ErrorCode::not_authentic, "attestation",
                          "The attestation is not signed by this kiosk's key.");
    }
    return {};
}

}  // namespace pillarbox::protocol
