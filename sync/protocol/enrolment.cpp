// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/enrolment.hpp"

#include "core/cbor/cbor.hpp"

namespace pillarbox::protocol {
namespace {

constexpr std::uint64_t version = 1;
constexpr std::size_t item_count = 5;
constexpr std::string_view context = "pillarbox-enrolment-1";

base::Bytes signed_bytes(const Enrolment& enrolment) {
    cbor::Writer writer;
    writer.text(context).unsigned_integer(version).bytes(enrolment.secret);
    writer.bytes(enrolment.device_key.bytes).bytes(enrolment.forerunner);
    return writer.take();
}

template <std::size_t Size>
base::Result<std::array<std::uint8_t, Size>> next_array(cbor::Reader& reader) {
    const base::ByteView bytes = TRY(reader.bytes(Size));
    return base::array_of<Size>(bytes);
}

}  // namespace

base::Bytes make_enrolment(const EnrolmentSecret& secret, const batch::LogId& forerunner,
                           const crypto::SigningKey& device_key) {
    const Enrolment enrolment{secret, device_key.verify_key(), forerunner};
    const crypto::Signature signature = device_key.sign(signed_bytes(enrolment));
    cbor::Writer writer;
    writer.array(item_count).unsigned_integer(version).bytes(secret);
    writer.bytes(enrolment.device_key.bytes).bytes(forerunner).bytes(signature);
    return writer.take();
}

base::Result<Enrolment> parse_enrolment(base::ByteView bytes) {
    cbor::Reader reader(bytes);
    TRY(reader.array_of(item_count));
    const std::uint64_t found = TRY(reader.unsigned_integer());
    if (found != version) {
        return base::fail(base::ErrorCode::malformed, "enrolment", "The enrolment is of an unknown version.",
                          "Update the store and the kiosk to the same release.");
    }
    Enrolment enrolment;
    enrolment.secret = TRY(next_array<16>(reader));
    enrolment.device_key.bytes = TRY(next_array<32>(reader));
    enrolment.forerunner = TRY(next_array<16>(reader));
    const crypto::Signature signature = TRY(next_array<64>(reader));
    TRY(reader.end());
    if (!crypto::verifies(enrolment.device_key, signed_bytes(enrolment), signature)) {
        return base::fail(base::ErrorCode::not_authentic, "enrolment", "The enrolment is not signed by its own key.");
    }
    return enrolment;
}

}  // namespace pillarbox::protocol
