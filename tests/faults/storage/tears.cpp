// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fault kind (c): the power fails at a random write or flush, and what was not flushed is torn, lost, or garbage.
// A run is a station's outbox with up to three power cuts, and a store's database with two.
#include <filesystem>

#include "tests/faults/storage/acknowledged.hpp"
#include "tests/faults/storage/harness.hpp"
#include "tests/faults/storage/memory_disk.hpp"
#include "tests/faults/storage/station_work.hpp"
#include "tests/faults/storage/store_work.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {
namespace {

std::vector<std::string> tear_outbox(MemoryDisk& disk, const std::filesystem::path& path, SeededRandom& random) {
    Account account;
    const std::uint64_t cuts = 1 + random.below(3);
    for (std::uint64_t cut = 0; cut < cuts; ++cut) {
        disk.fail_after(1 + random.below(400));
        {
            auto outbox = outbox::Outbox::open(path, random);
            if (outbox.has_value()) {
                StationWork work(*outbox, random, [&](const Event& event) { account.take(event); });
                work.start();
                for (int step = 0; step < 30 && disk.has_power(); ++step) {
                    work.step();
                }
            }
        }
        disk.lose_power(random);
        auto outbox = outbox::Outbox::open(path, random);
        if (!outbox.has_value()) {
            return {"I1 the outbox does not open after the cut: " + outbox.error().describe()};
        }
        std::vector<std::string> broken = account.check(*outbox);
        if (!broken.empty()) {
            return broken;
        }
    }
    return {};
}

std::vector<std::string> tear_store(MemoryDisk& disk, const std::filesystem::path& path, SeededRandom& random) {
    const auto made = make_store(path);
    if (!made.has_value()) {
        return {"the store can't be made: " + made.error().describe()};
    }
    StoreAccount account;
    for (int cut = 0; cut < 2; ++cut) {
        {
            disk.fail_after(1 + random.below(120));
            auto database = sqlite_storage::Database::open(path, sqlite::OpenMode::read_write);
            while (database.has_value() && disk.has_power() && account.next() <= uploads().size()) {
                upload(**database, account.next(), [&](const Event& event) { account.take(event); });
            }
        }
        disk.lose_power(random);
        auto database = sqlite_storage::Database::open(path, sqlite::OpenMode::read_write);
        if (!database.has_value()) {
            return {"I1 the store does not open after the cut: " + database.error().describe()};
        }
        std::vector<std::string> broken = account.check(**database);
        if (!broken.empty()) {
            return broken;
        }
    }
    return {};
}

// The control's disk lies in one of two ways; the second still flushes the database itself.
std::vector<std::string> tear(MemoryDisk& disk, std::uint64_t seed, Variant variant) {
    SeededRandom random(seed);
    const TemporaryFolder folder;
    disk.clear();
    if (variant == Variant::control) {
        disk.set_flushes(seed % 2 == 0 ? Flushes::ignored : Flushes::ignored_for_wal);
    }
    std::vector<std::string> broken = tear_outbox(disk, folder / "outbox.db", random);
    return broken.empty() ? tear_store(disk, folder / "store.db", random) : broken;
}

}  // namespace
}  // namespace pillarbox::tests

int main(int argument_count, char** arguments) {
    pillarbox::tests::MemoryDisk disk;
    pillarbox::tests::put_databases_on(disk);
    return pillarbox::tests::run_many(argument_count, arguments,
                                      [&disk](std::uint64_t seed, pillarbox::tests::Variant variant) {
                                          return pillarbox::tests::tear(disk, seed, variant);
                                      });
}
