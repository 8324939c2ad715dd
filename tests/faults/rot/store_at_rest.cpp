// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "tests/faults/rot/damage.hpp"
#include "tests/faults/rot/files_at_rest.hpp"
#include "tests/faults/storage/store_work.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::uint64_t batch_count = 20;

}  // namespace

StoreAtRest::StoreAtRest(MemoryDisk& disk, std::filesystem::path path) : disk_(&disk), path_(std::move(path)) {
    disk.clear();
    PILLARBOX_CHECK(make_store(path_).has_value());
    {
        const auto database = sqlite_storage::Database::open(path_, sqlite::OpenMode::read_write).value();
        StoreAccount account;
        while (account.next() <= batch_count) {
            upload(*database, account.next(), [&](const Event& event) { account.take(event); });
        }
    }
    sound_ = *disk.content(path_.string());
}

std::vector<std::string> StoreAtRest::rot(SeededRandom& random) {
    base::Bytes bytes = sound_;
    damage(bytes, random);
    disk_->clear();
    disk_->put(path_.string(), bytes);
    auto database = sqlite_storage::Database::open(path_, sqlite::OpenMode::read_write);
    const auto told = [](const base::Error& error) -> std::vector<std::string> {
        const bool says_so = error.code == base::ErrorCode::damaged || error.code == base::ErrorCode::unsupported ||
                             error.code == base::ErrorCode::not_found;  // cut to nothing: there is no store
        return says_so && !error.remedy.empty() ? std::vector<std::string>()
                                                : std::vector{"damage is not told as such: " + error.describe()};
    };
    if (!database.has_value()) {
        return told(database.error());
    }
    const auto kiosks = store::all_kiosks(**database);
    const auto stored = count_stored(**database);
    if (!kiosks.has_value() || !stored.has_value()) {
        return told(kiosks.has_value() ? stored.error() : kiosks.error());
    }
    if (*stored != batch_count) {
        return {"I4 a store lacks batches and calls itself whole"};
    }
    std::vector<std::string> broken;
    StoreAccount account;
    upload(**database, batch_count + 1, [&](const Event& event) { account.take(event); });
    const auto after = count_stored(**database);
    if (account.next() == batch_count + 2 && (!after.has_value() || *after != batch_count + 1)) {
        broken.emplace_back("I1 a store that took a batch after the damage does not hold it");
    }
    return broken;
}

}  // namespace pillarbox::tests
