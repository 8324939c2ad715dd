// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/file.hpp"
#include "core/base/growing_file.hpp"
#include "sync/store/parts.hpp"
#include "sync/store/revoking.hpp"

namespace pillarbox::store {
namespace {

using nlohmann::ordered_json;

base::Result<void> write_json(const std::filesystem::path& path, const ordered_json& json) {
    const std::string text = json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
    return base::write_file(path, base::view_of(text));
}

// The kiosk as far as its batches count: all of it, unless it was revoked as of an earlier batch.
struct Written {
    Kiosk kiosk;
    std::uint64_t responses = 0;
};

base::Result<void> write_large(Transaction& snapshot, const batch::LogId& log_id,
                               const batch::LargeEnvelope& envelope, const std::filesystem::path& folder) {
    auto file = TRY(base::GrowingFile::create(folder / (base::to_hex(envelope.digest) + ".envelope")));
    TRY(read_whole(snapshot, log_id, envelope, [&file](base::ByteView content) { return file.append(content); }));
    return file.finish();
}

base::Result<Written> write_kiosk(Transaction& snapshot, const Kiosk& kiosk, const std::filesystem::path& folder) {
    TRY(base::make_folder(folder));
    Written written{kiosk, 0};
    written.kiosk.stored = last_counting_batch(kiosk);
    written.kiosk.safe = std::min(kiosk.safe, written.kiosk.stored);
    if (written.kiosk.stored == 0) {
        written.kiosk.stored_hash = batch::genesis_hash(kiosk.log_id);
    }
    std::vector<batch::LargeEnvelope> named;
    const auto write = [&](std::uint64_t number, base::ByteView content) -> base::Result<void> {
        if (number > written.kiosk.stored) {
            return {};
        }
        const batch::Batch parsed = TRY(batch::parse_batch(content, no_limits, batch::Withdrawn::taken));
        written.responses += batch::responses_in(parsed.items);
        for (const batch::Item& item : parsed.items) {
            if (item.large.has_value()) {
                named.push_back(*item.large);
            }
        }
        if (number == written.kiosk.stored) {
            written.kiosk.stored_hash = batch::hash_of(parsed.header);
        }
        return base::write_file(folder / fmt::format("{:06}.batch", number), content);
    };
    TRY(walk_batches(snapshot, kiosk, write));
    for (const batch::LargeEnvelope& envelope : named) {
        TRY(write_large(snapshot, kiosk.log_id, envelope, folder));
    }
    return written;
}

// What counts of the log's other branches. A kiosk that goes on in another log is revoked as of its last batch here:
// that says nothing against its branches. A revocation as of an earlier one does, from there on.
base::Result<std::uint64_t> write_branches(Transaction& snapshot, const Kiosk& kiosk,
                                           const std::filesystem::path& folder) {
    const std::vector<storage::Fork> forks = TRY(snapshot.forks_of(kiosk.log_id));
    const bool is_cut = kiosk.revoked_after.value_or(kiosk.stored) < kiosk.stored;
    const std::uint64_t last = is_cut ? *kiosk.revoked_after : batch::number_max;
    std::uint64_t written = 0;
    const auto write = [&](const storage::Quarantined& row) -> base::Result<void> {
        const bool is_branch = std::ranges::find(forks, row.hash, &storage::Fork::hash) != forks.end();
        if (!is_branch || row.number > last) {
            return {};
        }
        TRY(base::make_folder(folder));
        ++written;
        constexpr std::size_t hash_digits = 16;
        return base::write_file(
            folder / fmt::format("{:06}-{}.batch", row.number, base::to_hex(row.hash).substr(0, hash_digits)),
            row.content);
    };
    TRY(snapshot.read_quarantine(kiosk.log_id, write));
    return written;
}

base::Result<ExportReport> write_all(Database& database, const crypto::SigningKey& store_key,
                                     const batch::Limits& limits, const std::filesystem::path& folder,
                                     std::string_view successions) {
    const Identity& identity = database.identity();
    TRY(write_json(folder / "store.json", {{"store_name", identity.name},
                                           {"store_key", base::to_base64(store_key.verify_key().bytes)},
                                           {"epoch", identity.epoch}}));
    if (!successions.empty()) {
        TRY(base::write_file(folder / "successions.txt", base::view_of(successions)));
    }
    std::vector<Kiosk> written_kiosks;
    ExportReport report;
    ordered_json list = ordered_json::array();
    {
        // One snapshot for everything, while the store may be taking in more.
        const auto snapshot = TRY(database.begin(TransactionKind::read));
        const std::vector<Kiosk> kiosks = TRY(snapshot->all_kiosks());
        for (const Kiosk& kiosk : kiosks) {
            const std::string log_id = base::to_hex(kiosk.log_id);
            list.push_back({{"log_id", log_id},
                            {"station", kiosk.station},
                            {"device_key", base::to_base64(kiosk.device_key.bytes)},
                            {"forerunner", base::to_hex(kiosk.forerunner)}});
            Written written = TRY(write_kiosk(*snapshot, kiosk, folder / log_id));
            report.branch_batches += TRY(write_branches(*snapshot, kiosk, folder / log_id / "branch"));
            ++report.kiosks;
            report.batches += written.kiosk.stored;
            report.responses += written.responses;
            written_kiosks.push_back(std::move(written.kiosk));
        }
        const auto unnamed = TRY(snapshot->unnamed_sizes());
        for (const storage::UnnamedSize& size : unnamed) {
            report.unnamed += size.envelopes;
        }
    }
    for (const Kiosk& kiosk : written_kiosks) {
        const std::string note = batch::sign_receipt(receipt_for(kiosk, database, limits), identity.name, store_key);
        TRY(base::write_file(folder / base::to_hex(kiosk.log_id) / "receipt.txt", base::view_of(note)));
    }
    TRY(write_json(folder / "kiosks.json", list));
    return report;
}

}  // namespace

base::Result<ExportReport> export_store(Database& database, const crypto::SigningKey& store_key,
                                        const batch::Limits& limits, const std::filesystem::path& target,
                                        std::string_view successions) {
    std::error_code status;
    if (std::filesystem::exists(target, status)) {
        return base::fail(base::ErrorCode::already_exists, target.string(),
                          "There is something of this name already.", "Name a new folder for --out.");
    }
    std::filesystem::path unfinished = target.lexically_normal();
    if (!unfinished.has_filename()) {
        unfinished = unfinished.parent_path();  // "folder/" means "folder"
    }
    const std::filesystem::path final_name = unfinished;
    unfinished += ".unfinished";
    std::filesystem::remove_all(unfinished, status);  // of an export that was cut short
    TRY(base::make_folder(unfinished));
    auto report = write_all(database, store_key, limits, unfinished, successions);
    if (report.has_value()) {
        std::filesystem::rename(unfinished, final_name, status);
        if (status) {
            report = std::unexpected(base::error_of_errno(status.value(), target, "given its name"));
        }
    }
    if (!report.has_value()) {
        std::filesystem::remove_all(unfinished, status);
    }
    return report;
}

}  // namespace pillarbox::store
