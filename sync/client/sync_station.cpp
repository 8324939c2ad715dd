// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/sync_station.hpp"

#include <utility>

#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "core/station/station.hpp"
#include "sync/client/kept_receipt.hpp"
#include "sync/client/renewing.hpp"
#include "sync/client/reporting.hpp"
#include "sync/client/store_key.hpp"
#include "sync/protocol/kiosk_report.hpp"
#include "sync/protocol/seed_file.hpp"

namespace pillarbox::client {
namespace {

constexpr std::size_t pack_file_size_bytes_max = std::size_t{32} << 20U;  // as campaign::pack_size_bytes_max

void tell_refusal(const SyncSettings& settings, const StoreClient& store) {
    if (settings.on_refusal && store.refusal().has_value()) {
        settings.on_refusal(*store.refusal());
    }
}

// After the round, so that nothing of it waits for this. A revoked kiosk learns of it here also where it has nothing
// to send.
base::Result<void> report(const SyncSettings& settings, const station::Station& station, outbox::Outbox& outbox,
                          StoreClient& store, const crypto::SigningKey& device_key) {
    const outbox::Head head = TRY(outbox.head());
    auto described = TRY(describe_kiosk(settings.station_folder, station, outbox));
    const auto bytes =
        protocol::make_report(std::move(described), head.log_id, base::SystemClock().now(), device_key);
    const auto answer = store.report(head.log_id, bytes);
    tell_refusal(settings, store);
    return answer.has_value() ? base::Result<void>{} : std::unexpected(answer.error());
}

}  // namespace

base::Result<crypto::SigningKey> device_key_of(const std::filesystem::path& folder, outbox::Outbox& outbox) {
    TRY(finish_renewal(folder, outbox));
    auto key = protocol::read_seed_file(station::device_key_path(folder));
    if (!key.has_value() && key.error().code == base::ErrorCode::not_found) {
        return base::fail(base::ErrorCode::not_found, folder.string(),
                          "This station is not enrolled at its store yet.", "Run 'pillarbox-sync enrol' first.");
    }
    return key;
}

base::Result<RoundReport> sync_station(const SyncSettings& settings, base::Random& random, http::Progress progress) {
    const std::filesystem::path& folder = settings.station_folder;
    station::Station station = TRY(station::read_station(folder));
    const base::Bytes pack = TRY(base::read_file(station::pack_path(folder), pack_file_size_bytes_max));
    auto outbox = TRY(outbox::Outbox::open(station::outbox_path(folder), random));
    const auto device_key = TRY(device_key_of(folder, outbox));
    auto store = TRY(StoreClient::create(station.store, settings.proxy, progress));
    const RoundSettings round{station.campaign_id, crypto::sha256(pack), settings.batch_responses_min,
                              kept_receipt_path(folder), folder / "branch.shown"};
    auto done = run_round(outbox, store, device_key, round);
    if (!done.has_value() && done.error().code == base::ErrorCode::not_authentic && !store.refusal().has_value()) {
        const bool followed = TRY(
            follow_store_key(folder, station, [&](const crypto::VerifyKey& key) { return store.successor(key); }));
        if (followed) {
            store = TRY(StoreClient::create(station.store, settings.proxy, std::move(progress)));
            done = run_round(outbox, store, device_key, round);
        }
    }
    tell_refusal(settings, store);
    if (done.has_value()) {
        const auto reported = report(settings, station, outbox, store, device_key);
        static_cast<void>(reported.has_value());  // the store's people miss a line on their page, and nobody else
    }
    return done;
}

}  // namespace pillarbox::client
