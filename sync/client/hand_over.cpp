// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/hand_over.hpp"

#include <fmt/format.h>

#include "core/base/file.hpp"
#include "core/batch/receipt.hpp"
#include "core/batch/succession.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "sync/client/kept_receipt.hpp"
#include "sync/client/large_parts.hpp"
#include "sync/client/round.hpp"
#include "sync/client/store_key.hpp"
#include "sync/client/sync_station.hpp"

namespace pillarbox::client {
namespace {

constexpr std::size_t pack_file_size_bytes_max = std::size_t{32} << 20U;

base::Result<void> draw_all(outbox::Outbox& outbox, const station::Station& station,
                            const crypto::Digest& pack_digest, const crypto::SigningKey& device_key) {
    const batch::Limits limits{.batch_size_bytes_max = upload_size_bytes_max,
                               .envelope_size_bytes_max = batch::Limits{}.envelope_size_bytes_max};
    bool drew = true;
    while (drew) {
        const auto batch = TRY(outbox.draw_batch(station.campaign_id, pack_digest, device_key, limits));
        drew = batch.has_value();
    }
    return {};
}

// The receipt of the stick, by the pinned key or by one that the stick shows to have followed it.
base::Result<batch::Receipt> verify_from_stick(const std::filesystem::path& station_folder, station::Station& station,
                                               const std::filesystem::path& folder, std::string_view note) {
    auto receipt = batch::verify_receipt(note, station.store.name, station.store.key);
    if (receipt.has_value() || receipt.error().code != base::ErrorCode::not_authentic) {
        return receipt;
    }
    const auto on_stick = [&](const crypto::VerifyKey&) -> base::Result<std::string> {
        const auto bytes = TRY(base::read_file(folder / "successions.txt", batch::successions_size_bytes_max));
        return std::string(base::text_of(bytes));
    };
    const bool followed = TRY(follow_store_key(station_folder, station, on_stick));
    return followed ? batch::verify_receipt(note, station.store.name, station.store.key) : receipt;
}

std::filesystem::path folder_of(const std::filesystem::path& folder, const batch::LogId& log_id) {
    return folder / base::to_hex(log_id);
}

}  // namespace

base::Result<HandOverReport> export_batches(const std::filesystem::path& station_folder,
                                            const std::filesystem::path& target, base::Random& random) {
    const station::Station station = TRY(station::read_station(station_folder));
    const base::Bytes pack = TRY(base::read_file(station::pack_path(station_folder), pack_file_size_bytes_max));
    auto outbox = TRY(outbox::Outbox::open(station::outbox_path(station_folder), random));
    const auto device_key = TRY(device_key_of(station_folder, outbox));
    TRY(draw_all(outbox, station, crypto::sha256(pack), device_key));
    const outbox::Head head = TRY(outbox.head());
    const auto folder = folder_of(target, head.log_id);
    TRY(base::make_folder(folder));
    HandOverReport report;
    const std::uint64_t first = TRY(outbox.first_unpurged());
    for (std::uint64_t number = first; number <= head.number; ++number) {
        const base::Bytes batch = TRY(outbox.batch_at(number));
        for (const NamedEnvelope& named : TRY(named_in(batch))) {
            TRY(write_parts(outbox, folder, device_key, named));  // before the batch, which says that they are there
        }
        TRY(base::write_file(folder / fmt::format("{:06}.batch", number), batch));
        report.responses += TRY(batch::responses_in(base::ByteView(batch)));
        ++report.batches;
    }
    return report;
}

base::Result<ReceiptReport> import_receipt(const std::filesystem::path& station_folder,
                                           const std::filesystem::path& source, base::Random& random) {
    station::Station station = TRY(station::read_station(station_folder));
    auto outbox = TRY(outbox::Outbox::open(station::outbox_path(station_folder), random));
    const outbox::Head head = TRY(outbox.head());
    const auto folder = folder_of(source, head.log_id);
    const base::Bytes note = TRY(base::read_file(folder / "receipt.txt", batch::note_size_bytes_max));
    const auto receipt = TRY(verify_from_stick(station_folder, station, folder, base::text_of(note)));
    const outbox::Counts before = TRY(outbox.counts());
    static_cast<void>(TRY(purge_under(outbox, kept_receipt_path(station_folder), base::text_of(note), receipt)));
    const outbox::Counts after = TRY(outbox.counts());
    return ReceiptReport{.confirmed = after.acknowledged - before.acknowledged,
                         .kept = after.waiting + after.batched};
}

}  // namespace pillarbox::client
