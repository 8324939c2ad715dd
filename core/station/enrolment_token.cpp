// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cbor/cbor.hpp"
#include "core/crypto/hash.hpp"
#include "core/station/checks.hpp"
#include "core/station/station.hpp"

namespace pillarbox::station {
namespace {

constexpr std::string_view token_start = "pillarbox-enrol-1.";
constexpr std::size_t token_size_max = 2000;
constexpr std::size_t check_size_bytes = 4;

// The first bytes of SHA-256: no protection, only a clear "a letter was changed" for a token that was copied by hand.
base::Bytes check_of(base::ByteView record) {
    const crypto::Digest digest = crypto::sha256(record);
    return {digest.begin(), digest.begin() + check_size_bytes};
}

std::string_view trimmed(std::string_view text) {
    const std::string_view spaces = " \t\r\n";
    const std::size_t first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

base::Result<EnrolmentToken> read_record(base::ByteView record) {
    cbor::Reader reader(record);
    EnrolmentToken token;
    TRY(reader.array_of(6));
    token.store.name = TRY(reader.text(text_size_bytes_max));
    token.store.url = TRY(reader.text(text_size_bytes_max));
    const base::ByteView key = TRY(reader.bytes(32));
    token.store.key.bytes = TRY(base::array_of<32>(key));
    const base::ByteView pin = TRY(reader.bytes(32));
    token.store.certificate_pin = TRY(base::array_of<32>(pin));
    token.station_name = TRY(reader.text(text_size_bytes_max));
    const base::ByteView secret = TRY(reader.bytes(16));
    token.secret = TRY(base::array_of<16>(secret));
    TRY(reader.end());
    TRY(check_store(token.store, "store "));
    TRY(check_text(token.station_name, "station name"));
    return token;
}

}  // namespace

std::string format_token(const EnrolmentToken& token) {
    cbor::Writer writer;
    writer.array(6).text(token.store.name).text(token.store.url).bytes(token.store.key.bytes);
    writer.bytes(token.store.certificate_pin).text(token.station_name).bytes(token.secret);
    base::Bytes record = writer.take();
    const base::Bytes check = check_of(record);
    record.insert(record.end(), check.begin(), check.end());
    return std::string(token_start) + base::to_base64_url(record);
}

base::Result<EnrolmentToken> parse_token(std::string_view text) {
    const auto refused = [](std::string what) {
        return base::fail(base::ErrorCode::malformed, "enrolment token", std::move(what),
                          "Copy the whole token again.");
    };
    text = trimmed(text);
    if (text.size() > token_size_max) {
        return base::fail(base::ErrorCode::limit_exceeded, "enrolment token", "The token is over 2000 letters.");
    }
    if (!text.starts_with(token_start)) {
        return refused("It does not begin with \"" + std::string(token_start) + "\".");
    }
    const auto bytes = base::from_base64_url(text.substr(token_start.size()));
    if (!bytes.has_value() || bytes->size() < check_size_bytes) {
        return refused("It was cut short or has a letter that no token has.");
    }
    const base::ByteView record = base::ByteView(*bytes).first(bytes->size() - check_size_bytes);
    if (check_of(record) != base::Bytes(bytes->end() - check_size_bytes, bytes->end())) {
        return refused("A letter of it was changed.");
    }
    auto token = read_record(record);
    if (!token.has_value()) {
        return refused(token.error().describe());
    }
    return token;
}

}  // namespace pillarbox::station
