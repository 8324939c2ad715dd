// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fault kind (c): the power fails at a random write or flush, and what was not flushed is torn, lost, or garbage.
// A run is a station's outbox with up to three power cuts, and a store's database with one.
#include <filesystem>

#include "core/outbox/outbox.hpp"
#include "core/sqlite/transaction.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/kiosks.hpp"
#include "sync/store/uploads.hpp"
#include "tests/faults/storage/acknowledged.hpp"
#include "tests/faults/storage/harness.hpp"
#include "tests/faults/storage/memory_disk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {
namespace {

batch::Item some_item(SeededRandom& random) {
    batch::Item item;
    random.fill(item.tag);
    item.envelope.resize(200 + random.below(random.in_percent(10) ? 30'000 : 3'000));
    random.fill(item.envelope);
    return item;
}

void work(Account& account, outbox::Outbox& outbox, MemoryDisk& disk, SeededRandom& random) {
    account.start(outbox);
    for (int step = 0; step < 30 && disk.has_power(); ++step) {
        const std::uint64_t choice = random.below(10);
        if (choice < 7) {
            account.add(outbox, some_item(random));
        } else if (choice == 7) {
            account.draw(outbox);
        } else if (choice == 8) {
            account.purge(outbox);
        } else {
            const auto ignored = outbox.checkpoint();
            static_cast<void>(ignored);
        }
    }
}

std::vector<std::string> tear_outbox(MemoryDisk& disk, const std::filesystem::path& path, SeededRandom& random) {
    Account account;
    const std::uint64_t cuts = 1 + random.below(3);
    for (std::uint64_t cut = 0; cut < cuts; ++cut) {
        disk.fail_after(1 + random.below(400));
        {
            auto outbox = outbox::Outbox::open(path, random);
            if (outbox.has_value()) {
                work(account, *outbox, disk, random);
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

// A kiosk's chain of batches, made once for the whole process: what is under test is the store.
struct Uploads {
    crypto::SigningKey key = *crypto::SigningKey::from_seed(base::Bytes(32, 9));
    batch::LogId log_id = batch::log_id_of(key.verify_key(), {});
    std::vector<base::Bytes> batches;

    explicit Uploads(std::size_t count) {
        SeededRandom random(1);
        crypto::Digest previous = batch::genesis_hash(log_id);
        for (std::uint64_t number = 1; number <= count; ++number) {
            batch::Header header;
            header.campaign_id = "test";
            header.log_id = log_id;
            header.number = number;
            header.previous = previous;
            batches.push_back(*batch::make_batch(header, {some_item(random), some_item(random)}, key, {}));
            previous = batch::hash_of(batch::parse_batch(batches.back(), {})->header);
        }
    }
};

base::Result<std::uint64_t> upload_all(store::Database& database, const Uploads& uploads, std::uint64_t from) {
    const base::Day today = *base::parse_day("2026-01-05");
    std::uint64_t acknowledged = from;
    for (std::uint64_t number = from; number < uploads.batches.size(); ++number) {
        const auto body = protocol::make_upload({uploads.batches[number]});
        const auto outcome = store::take_upload(database, uploads.log_id, body, {}, today);
        if (!outcome.has_value()) {
            return acknowledged;  // the power went: what came before was acknowledged
        }
        acknowledged = outcome->receipt.stored;
    }
    return acknowledged;
}

base::Result<std::uint64_t> count_stored(store::Database& database, const Uploads& uploads) {
    TRY(database.check_ready());
    const auto kiosk = TRY(store::find_kiosk(database.connection(), uploads.log_id));
    if (!kiosk.has_value()) {
        return base::fail(base::ErrorCode::damaged, "store", "The kiosk is gone.");
    }
    std::uint64_t walked = 0;
    TRY(store::walk_batches(database.connection(), *kiosk,
                            [&](std::uint64_t number, base::ByteView content) -> base::Result<void> {
                                walked = number;
                                if (!std::ranges::equal(content, uploads.batches[number - 1])) {
                                    return base::fail(base::ErrorCode::damaged, "store", "A batch is altered.");
                                }
                                return {};
                            }));
    return walked == kiosk->stored ? base::Result<std::uint64_t>(walked)
                                   : base::fail(base::ErrorCode::damaged, "store", "The head is not the last batch.");
}

base::Result<void> make_store(const std::filesystem::path& path, const Uploads& uploads) {
    auto database = TRY(store::Database::create(path, {"store.example.org", 1, store::Copies::sole}));
    store::Kiosk kiosk;
    kiosk.log_id = uploads.log_id;
    kiosk.station = "Station";
    kiosk.device_key = uploads.key.verify_key();
    kiosk.stored_hash = batch::genesis_hash(uploads.log_id);
    return store::add_kiosk(database.connection(), kiosk);
}

std::vector<std::string> tear_store(MemoryDisk& disk, const std::filesystem::path& path, SeededRandom& random) {
    static const Uploads uploads(12);
    const auto made = make_store(path, uploads);
    if (!made.has_value()) {
        return {"the store can't be made: " + made.error().describe()};
    }
    std::uint64_t acknowledged = 0;
    for (int cut = 0; cut < 2; ++cut) {
        {
            disk.fail_after(1 + random.below(120));
            auto database = store::Database::open(path, sqlite::OpenMode::read_write);
            if (database.has_value()) {
                acknowledged = upload_all(*database, uploads, acknowledged).value_or(acknowledged);
            }
        }
        disk.lose_power(random);
        auto database = store::Database::open(path, sqlite::OpenMode::read_write);
        if (!database.has_value()) {
            return {"I1 the store does not open after the cut: " + database.error().describe()};
        }
        const auto stored = count_stored(*database, uploads);
        if (!stored.has_value()) {
            return {"I1 the store is not whole after the cut: " + stored.error().describe()};
        }
        if (*stored < acknowledged || *stored > acknowledged + 1) {
            return {"I1 the store's receipt promised another number of batches than it holds"};
        }
        acknowledged = *stored;
    }
    return {};
}

std::vector<std::string> tear(MemoryDisk& disk, std::uint64_t seed, Variant variant) {
    SeededRandom random(seed);
    const TemporaryFolder folder;
    disk.clear();
    disk.set_flushes(variant == Variant::control ? Flushes::ignored : Flushes::honest);
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
