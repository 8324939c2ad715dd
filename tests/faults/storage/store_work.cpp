// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/store_work.hpp"

#include <algorithm>

#include "sync/protocol/upload.hpp"
#include "sync/store/uploads.hpp"
#include "tests/faults/storage/station_work.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::uint64_t upload_count = 60;

std::vector<base::Bytes> make_uploads() {
    SeededRandom random(1);
    std::vector<base::Bytes> made;
    crypto::Digest previous = batch::genesis_hash(device_log_id());
    for (std::uint64_t number = 1; number <= upload_count; ++number) {
        batch::Header header;
        header.campaign_id = "test";
        header.log_id = device_log_id();
        header.number = number;
        header.previous = previous;
        made.push_back(*batch::make_batch(header, {random_item(random), random_item(random)}, device_key(), {}));
        previous = batch::hash_of(batch::parse_batch(made.back(), {})->header);
    }
    return made;
}

}  // namespace

const std::vector<base::Bytes>& uploads() {
    static const std::vector<base::Bytes> made = make_uploads();
    return made;
}

base::Result<void> make_store(const std::filesystem::path& path) {
    const auto database = TRY(sqlite_storage::Database::create(path, {"store.example.org", 1, store::Copies::sole}));
    store::Kiosk kiosk;
    kiosk.log_id = device_log_id();
    kiosk.station = "Station";
    kiosk.device_key = device_key().verify_key();
    return store::add_kiosk(*database, kiosk);
}

void upload(store::Database& database, std::uint64_t number, const Tell& tell, Receipts receipts) {
    if (number > uploads().size()) {
        return;
    }
    const base::Day today = *base::parse_day("2026-01-05");
    tell({EventKind::will_upload, number, {}});
    const auto body = protocol::make_upload({uploads()[number - 1]});
    const auto outcome = store::take_upload(database, device_log_id(), body, {}, today);
    if (outcome.has_value()) {
        tell({EventKind::has_uploaded, outcome->receipt.stored, {}});
        return;
    }
    const base::Error& error = outcome.error();
    tell({EventKind::has_failed, static_cast<std::uint64_t>(error.code), base::bytes_of(error.describe())});
    if (receipts == Receipts::careless) {
        tell({EventKind::has_uploaded, number, {}});
    }
}

base::Result<std::uint64_t> count_stored(store::Database& database) {
    TRY(database.check_ready());
    const auto kiosk = TRY(store::find_kiosk(database, device_log_id()));
    if (!kiosk.has_value()) {
        return base::fail(base::ErrorCode::damaged, "store", "The kiosk is gone.");
    }
    std::uint64_t walked = 0;
    TRY(store::walk_batches(database, *kiosk,
                            [&](std::uint64_t number, base::ByteView content) -> base::Result<void> {
                                walked = number;
                                if (!std::ranges::equal(content, uploads()[number - 1])) {
                                    return base::fail(base::ErrorCode::damaged, "store", "A batch is altered.");
                                }
                                return {};
                            }));
    return walked;
}

void StoreAccount::take(const Event& event, Heard heard) {
    if (event.kind == EventKind::will_upload) {
        attempted_ = std::max(attempted_, event.number);
    }
    if (event.kind == EventKind::has_uploaded && heard == Heard::before_the_fault) {
        acknowledged_ = std::max(acknowledged_, event.number);
    }
}

std::vector<std::string> StoreAccount::check(store::Database& database) {
    const auto stored = count_stored(database);
    if (!stored.has_value()) {
        return {"I1 the store is not whole after the fault: " + stored.error().describe()};
    }
    if (*stored < acknowledged_ || *stored > std::max(attempted_, acknowledged_)) {
        return {"I1 the store's receipts promised another number of batches than it holds"};
    }
    acknowledged_ = *stored;
    return {};
}

}  // namespace pillarbox::tests
