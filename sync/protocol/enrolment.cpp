// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/enrolment.hpp"

#include "core/cbor/cbor.hpp"

namespace pillarbox::protocol {
namespace {

constexpr std::uint64_t first_version = 1;
constexpr std::uint64_t renewal_version = 2;
constexpr std::size_t first_items = 5;
constexpr std::size_t renewal_items = 6;
constexpr std::string_view first_context = "pillarbox-enrolment-1";
constexpr std::string_view second_context = "pillarbox-enrolment-2";
constexpr std::string_view renewal_context = "pillarbox-renewal-1";

// What the new key signs is what is sent, after a word that says what for.
cbor::Writer& write_items(cbor::Writer& writer, const Enrolment& enrolment) {
    writer.unsigned_integer(enrolment.old_signature.has_value() ? renewal_version : first_version);
    writer.bytes(enrolment.secret).bytes(enrolment.device_key.bytes).bytes(enrolment.forerunner);
    return enrolment.old_signature.has_value() ? writer.bytes(*enrolment.old_signature) : writer;
}

base::Bytes signed_bytes(const Enrolment& enrolment) {
    cbor::Writer writer;
    writer.text(enrolment.old_signature.has_value() ? second_context : first_context);
    return write_items(writer, enrolment).take();
}

base::Bytes vouched_bytes(const crypto::VerifyKey& device_key, const batch::LogId& forerunner) {
    cbor::Writer writer;
    writer.text(renewal_context).bytes(device_key.bytes).bytes(forerunner);
    return writer.take();
}

base::Bytes sign_and_write(const Enrolment& enrolment, const crypto::SigningKey& device_key) {
    const crypto::Signature signature = device_key.sign(signed_bytes(enrolment));
    cbor::Writer writer;
    writer.array(enrolment.old_signature.has_value() ? renewal_items : first_items);
    write_items(writer, enrolment).bytes(signature);
    return writer.take();
}

template <std::size_t Size>
base::Result<std::array<std::uint8_t, Size>> next_array(cbor::Reader& reader) {
    const base::ByteView bytes = TRY(reader.bytes(Size));
    return base::array_of<Size>(bytes);
}

std::unexpected<base::Error> unknown_version() {
    return base::fail(base::ErrorCode::malformed, "enrolment", "The enrolment is of an unknown version.",
                      "Update the store and the kiosk to the same release.");
}

}  // namespace

base::Bytes make_enrolment(const EnrolmentSecret& secret, const batch::LogId& forerunner,
                           const crypto::SigningKey& device_key) {
    return sign_and_write({secret, device_key.verify_key(), forerunner}, device_key);
}

base::Bytes make_renewal(const EnrolmentSecret& secret, const batch::LogId& forerunner,
                         const crypto::SigningKey& old_key, const crypto::SigningKey& device_key) {
    const auto old_signature = old_key.sign(vouched_bytes(device_key.verify_key(), forerunner));
    return sign_and_write({secret, device_key.verify_key(), forerunner, old_signature}, device_key);
}

base::Result<Enrolment> parse_enrolment(base::ByteView bytes) {
    cbor::Reader reader(bytes);
    const std::size_t items = TRY(reader.array(renewal_items));
    const std::uint64_t found = TRY(reader.unsigned_integer());
    const bool is_renewal = found == renewal_version && items == renewal_items;
    if (!is_renewal && !(found == first_version && items == first_items)) {
        return unknown_version();
    }
    Enrolment enrolment;
    enrolment.secret = TRY(next_array<16>(reader));
    enrolment.device_key.bytes = TRY(next_array<32>(reader));
    enrolment.forerunner = TRY(next_array<16>(reader));
    if (is_renewal) {
        enrolment.old_signature = TRY(next_array<64>(reader));
    }
    const crypto::Signature signature = TRY(next_array<64>(reader));
    TRY(reader.end());
    if (!crypto::verifies(enrolment.device_key, signed_bytes(enrolment), signature)) {
        return base::fail(base::ErrorCode::not_authentic, "enrolment", "The enrolment is not signed by its own key.");
    }
    return enrolment;
}

bool is_vouched_for(const Enrolment& enrolment, const crypto::VerifyKey& old_key) {
    if (!enrolment.old_signature.has_value()) {
        return enrolment.device_key == old_key;  // it has signed itself
    }
    return crypto::verifies(old_key, vouched_bytes(enrolment.device_key, enrolment.forerunner),
                            *enrolment.old_signature);
}

}  // namespace pillarbox::protocol
