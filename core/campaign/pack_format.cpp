// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/pack_format.hpp"

#include <algorithm>

#include "core/campaign/campaign.hpp"
#include "core/cbor/cbor.hpp"

namespace pillarbox::campaign {
namespace {

constexpr std::string_view format_name = "pillarbox campaign pack 1";
constexpr std::size_t name_size_bytes_max = 200;
constexpr std::size_t signature_size_bytes = 64;

base::Result<base::Day> read_day(cbor::Reader& reader) {
    const std::string_view text = TRY(reader.text(10));
    return base::parse_day(text);
}

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "campaign pack", std::move(what));
}

base::Result<PackParts> read_parts(base::ByteView pack) {
    cbor::Reader reader(pack);
    TRY(reader.array_of(3));
    const std::string_view format = TRY(reader.text(name_size_bytes_max));
    if (format != format_name) {
        return base::fail(base::ErrorCode::unsupported, "campaign pack", "It is no campaign pack of version 1.",
                          "Update this program, or name a campaign pack.");
    }
    PackParts parts;
    parts.body = TRY(reader.bytes(pack_size_bytes_max));
    parts.signature = TRY(reader.bytes(signature_size_bytes));
    TRY(reader.end());
    if (!parts.signature.empty() && parts.signature.size() != signature_size_bytes) {
        return malformed("Its signature has a wrong size.");
    }
    return parts;
}

}  // namespace

base::Result<PackParts> split_pack(base::ByteView pack, std::string_view where) {
    if (pack.size() > pack_size_bytes_max) {
        return base::fail(base::ErrorCode::limit_exceeded, std::string(where), "A campaign pack has at most 32 MiB.");
    }
    auto parts = read_parts(pack);
    if (!parts.has_value()) {
        const base::Error& error = parts.error();
        return base::fail(error.code, std::string(where) + ", " + error.where, error.what,
                          error.remedy.empty() ? "Copy the pack again." : error.remedy);
    }
    return parts;
}

base::Bytes join_pack(const PackParts& parts) {
    cbor::Writer writer(parts.body.size() + 128);
    writer.array(3).text(format_name).bytes(parts.body).bytes(parts.signature);
    return writer.take();
}

// The format's name comes first, so that no signature made for a pack can pass for one of another kind of record.
base::Bytes signed_message(base::ByteView body) {
    base::Bytes message = base::bytes_of(format_name);
    message.reserve(message.size() + 1 + body.size());
    message.push_back('\n');
    message.insert(message.end(), body.begin(), body.end());
    return message;
}

base::Bytes encode_body(const PackBody& body) {
    cbor::Writer writer(body.workbook.size() + 2048);
    writer.array(8).text(body.campaign_id).unsigned_integer(body.version);
    for (const base::Day day : {body.opens, body.closes, body.withdraw_until, body.expires}) {
        writer.text(base::format_day(day));
    }
    writer.array(body.recipients.size());
    for (const envelope::Recipient& recipient : body.recipients) {
        writer.bytes(recipient.bytes);
    }
    writer.bytes(body.workbook);
    return writer.take();
}

base::Result<PackBody> decode_body(base::ByteView bytes) {
    cbor::Reader reader(bytes);
    PackBody body;
    TRY(reader.array_of(8));
    body.campaign_id = TRY(reader.text(name_size_bytes_max));
    body.version = TRY(reader.unsigned_integer());
    body.opens = TRY(read_day(reader));
    body.closes = TRY(read_day(reader));
    body.withdraw_until = TRY(read_day(reader));
    body.expires = TRY(read_day(reader));
    const std::size_t count = TRY(reader.array(envelope::recipients_max));
    for (std::size_t i = 0; i < count; ++i) {
        const base::ByteView key = TRY(reader.bytes(32));
        const auto recipient = TRY(base::array_of<32>(key));
        body.recipients.push_back({recipient});
    }
    body.workbook = TRY(reader.bytes(pack_size_bytes_max));
    TRY(reader.end());
    TRY(check_body(body));
    return body;
}

base::Result<void> check_body(const PackBody& body) {
    if (body.version == 0) {
        return malformed("Versions are counted from 1.");
    }
    if (body.campaign_id.empty() || body.campaign_id.size() > name_size_bytes_max) {
        return malformed("The campaign_id must have 1 to 200 bytes.");
    }
    if (body.opens > body.closes) {
        return malformed("The campaign closes before it opens.");
    }
    if (body.withdraw_until < body.opens) {
        return malformed("The last day to withdraw is before the campaign opens.");
    }
    if (body.expires < body.closes) {
        return malformed("The pack expires before the campaign closes.");
    }
    if (body.recipients.empty() || body.recipients.size() > envelope::recipients_max) {
        return malformed("A pack names 1 to 20 recipients.");
    }
    for (auto recipient = body.recipients.begin(); recipient != body.recipients.end(); ++recipient) {
        if (std::find(body.recipients.begin(), recipient, *recipient) != recipient) {
            return malformed("A recipient is named twice.");
        }
        if (!envelope::is_usable(*recipient)) {  // else every answer would be lost at the kiosk
            return malformed("A recipient is a key that nothing can be sealed for.");
        }
    }
    return {};
}

}  // namespace pillarbox::campaign
