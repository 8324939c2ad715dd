// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/enrolling.hpp"

#include "core/base/file.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "sync/client/renewing.hpp"
#include "sync/client/store_client.hpp"
#include "sync/client/store_key.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/protocol/seed_file.hpp"

namespace pillarbox::client {
namespace {

constexpr std::size_t token_file_size_bytes_max = 16 * 1024;
constexpr batch::LogId no_forerunner{};

base::Result<EnrolmentReport> without_token(outbox::Outbox& outbox, const std::filesystem::path& folder) {
    const auto head = outbox.head();
    if (head.has_value()) {
        return EnrolmentReport{head->log_id, EnrolledBefore::yes};
    }
    return base::fail(base::ErrorCode::not_found, station::token_path(folder).string(),
                      "This station has no enrolment token.",
                      "Enrol it with 'pillarbox kiosk enrol' and a token first.");
}

bool is_there(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

}  // namespace

base::Result<station::EnrolmentToken> read_token(const std::filesystem::path& path) {
    const base::Bytes bytes = TRY(base::read_file(path, token_file_size_bytes_max));
    std::string_view text = base::text_of(bytes);
    while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    return station::parse_token(text);
}

base::Result<void> check_token(const station::EnrolmentToken& token, const station::Station& station,
                               const std::filesystem::path& token_path) {
    if (is_same_store(token.store, station.store)) {
        return {};
    }
    return base::fail(base::ErrorCode::conflict, token_path.string(),
                      "The token is for another store than the station.",
                      "Enrol the station again with the token of its own store.");
}

base::Result<crypto::SigningKey> device_key_at(const std::filesystem::path& path, base::Random& random) {
    auto existing = protocol::read_seed_file(path);
    if (existing.has_value() || existing.error().code != base::ErrorCode::not_found) {
        return existing;
    }
    auto key = crypto::SigningKey::generate(random);
    TRY(protocol::write_seed_file(path, key));
    return key;
}

base::Result<void> send_enrolment(const std::filesystem::path& station_folder, station::Station& station,
                                  const base::Bytes& enrolment, const batch::LogId& log_id,
                                  const std::string& proxy) {
    auto store = TRY(StoreClient::create(station.store, proxy));
    auto receipt = store.enrol(enrolment);
    if (!receipt.has_value() && receipt.error().code == base::ErrorCode::not_authentic) {
        const bool followed = TRY(follow_store_key(
            station_folder, station, [&](const crypto::VerifyKey& key) { return store.successor(key); }));
        if (followed) {
            store = TRY(StoreClient::create(station.store, proxy));
            receipt = store.enrol(enrolment);
        }
    }
    if (receipt.has_value() && receipt->log_id != log_id) {
        return base::fail(base::ErrorCode::not_authentic, station.store.url, "The store answered for another kiosk.",
                          "Tell the store's admin.");
    }
    return receipt.has_value() ? base::Result<void>{} : std::unexpected(receipt.error());
}

base::Result<EnrolmentReport> enrol(const std::filesystem::path& station_folder, const std::string& proxy,
                                    base::Random& random) {
    station::Station station = TRY(station::read_station(station_folder));
    auto outbox = TRY(outbox::Outbox::open(station::outbox_path(station_folder), random));
    TRY(finish_renewal(station_folder, outbox));
    std::filesystem::path token_path = station::token_path(station_folder);
    if (is_there(station::renewal_token_path(station_folder))) {
        if (outbox.head().has_value()) {
            return renew(station_folder, station, outbox, proxy, random);
        }
        token_path = station::renewal_token_path(station_folder);  // its first token was of no use
    }
    const auto token = read_token(token_path);
    if (!token.has_value() && token.error().code == base::ErrorCode::not_found) {
        return without_token(outbox, station_folder);
    }
    if (!token.has_value()) {
        return std::unexpected(token.error());
    }
    TRY(check_token(*token, station, token_path));
    const auto key = TRY(device_key_at(station::device_key_path(station_folder), random));
    const batch::LogId log_id = batch::log_id_of(key.verify_key(), no_forerunner);
    const base::Bytes enrolment = protocol::make_enrolment(token->secret, no_forerunner, key);
    TRY(send_enrolment(station_folder, station, enrolment, log_id, proxy));
    TRY(outbox.start_log(log_id));
    for (const auto& used : {station::token_path(station_folder), station::renewal_token_path(station_folder)}) {
        std::error_code status;
        std::filesystem::remove(used, status);
        if (status) {
            return std::unexpected(base::error_of_errno(status.value(), used, "removed"));
        }
    }
    return EnrolmentReport{log_id, EnrolledBefore::no};
}

}  // namespace pillarbox::client
