// SPDX-License-Identifier: GPL-3.0-or-later
//
// The case "withdrawal": the ciphertext goes, the digest stays, the chain verifies, and a wrong code tells nothing.
#include "sync/store/withdrawing.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "core/base/file.hpp"
#include "sync/store/backup.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/export.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/moving.hpp"
#include "sync/store/revoking.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using tests::make_item;
using tests::StoreFixture;

namespace {

constexpr std::uint8_t withdrawn_seed = 0xd7;

void withdraw(const StoreFixture& store, std::uint8_t seed = withdrawn_seed) {
    const auto database = store.database();
    const auto done = store::withdraw(*database, make_item(seed).tag);
    INFO((done.has_value() ? std::string() : done.error().describe()));
    REQUIRE(done.has_value());
}

// All batches of a kiosk, each checked against the chain.
std::vector<batch::Batch> stored_batches(const StoreFixture& store, const batch::LogId& log_id) {
    const auto database = store.database();
    const auto kiosk = store::find_kiosk(*database, log_id);
    REQUIRE(kiosk.has_value());
    std::vector<batch::Batch> batches;
    const auto walked = store::walk_batches(*database, **kiosk, [&](std::uint64_t, base::ByteView content) {
        batches.push_back(batch::parse_batch(content, {}, batch::Withdrawn::taken).value());
        return base::Result<void>{};
    });
    INFO((walked.has_value() ? std::string() : walked.error().describe()));
    REQUIRE(walked.has_value());
    return batches;
}

std::size_t withdrawn_in(const std::vector<batch::Batch>& batches) {
    std::size_t count = 0;
    for (const batch::Batch& batch : batches) {
        for (const batch::Item& item : batch.items) {
            CHECK(item.withdrawn.has_value() == (item.tag == make_item(withdrawn_seed).tag));
            count += item.withdrawn.has_value() ? 1U : 0U;
        }
    }
    return count;
}

// The envelope's bytes in any file of the folder. SQLite's alone: of a server's files only the server knows.
bool is_on_disk(const std::filesystem::path& folder) {
    const auto envelope = make_item(withdrawn_seed).envelope;
    return std::ranges::any_of(std::filesystem::recursive_directory_iterator(folder), [&](const auto& entry) {
        const auto bytes = entry.is_regular_file() ? base::read_file(entry.path(), std::size_t{64} << 20U)
                                                   : base::Result<base::Bytes>(base::Bytes{});
        return bytes.has_value() && !std::ranges::search(*bytes, envelope).empty();
    });
}

}  // namespace

TEST_CASE("A withdrawn response's ciphertext is gone and chain backup and export still hold") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1), make_item(withdrawn_seed), make_item(2)});
    REQUIRE(store.upload(kiosk.log_id(), {one, kiosk.next({make_item(3)})}).status == 200);
    const auto before = store.head_of(kiosk.log_id());
    withdraw(store);
    CHECK(withdrawn_in(stored_batches(store, kiosk.log_id())) == 1);
    CHECK(store.head_of(kiosk.log_id()) == before);
    CHECK(store.upload(kiosk.log_id(), {one}).status == 200);  // the duplicate is known by its hash
    CHECK(withdrawn_in(stored_batches(store, kiosk.log_id())) == 1);
    const auto database = store.database();
    CHECK(store::back_up(*database, store.folder / "backup.db").has_value());
    const auto keys = store::read_keys(store.data());
    const auto out = store.folder / "out";
    REQUIRE(store::export_store(*database, keys->store_key, {}, out).has_value());
    const auto file = base::read_file(out / base::to_hex(kiosk.log_id()) / "000001.batch", 1 << 20);
    CHECK(batch::parse_batch(*file, {}).error().code == base::ErrorCode::malformed);  // it is marked
    CHECK(batch::parse_batch(*file, {}, batch::Withdrawn::taken)->items[1].withdrawn ==
          crypto::sha256(make_item(withdrawn_seed).envelope));
}

TEST_CASE("A withdrawn response is in no file of the store", "[sqlite]") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1), make_item(withdrawn_seed)})}).status == 200);
    store.service.reset();
    CHECK(is_on_disk(store.data()));  // the search would find it
    withdraw(store);
    CHECK_FALSE(is_on_disk(store.data()));
}

TEST_CASE("A response that comes after its withdrawal or once more in another log is not kept") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    auto other = store.enrolled_kiosk();
    withdraw(store);
    const auto batch = kiosk.next({make_item(withdrawn_seed), make_item(1)});
    CHECK(store.upload(kiosk.log_id(), {batch}).status == 200);
    CHECK(store.upload(other.log_id(), {other.next({make_item(withdrawn_seed)})}).status == 200);
    CHECK(withdrawn_in(stored_batches(store, kiosk.log_id())) == 1);
    CHECK(withdrawn_in(stored_batches(store, other.log_id())) == 1);
    CHECK(store.head_of(kiosk.log_id()).stored_hash == kiosk.hash());
}

TEST_CASE("A withdrawn response is withdrawn in the quarantine of a revoked kiosk too") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto revoke = [&] {
        const auto database = store.database();
        REQUIRE(store::revoke(*database, base::to_hex(kiosk.log_id()), std::nullopt).has_value());
    };
    revoke();
    CHECK(store.upload(kiosk.log_id(), {kiosk.next({make_item(withdrawn_seed)})}).status == 403);
    withdraw(store);
    const auto database = store.database();
    const auto transaction = database->begin(storage::TransactionKind::read);
    std::size_t seen = 0;
    CHECK(
        (*transaction)
            ->read_quarantine(
                kiosk.log_id(),
                [&](const storage::Quarantined& row) {
                    ++seen;
                    CHECK(
                        batch::parse_batch(row.content, {}, batch::Withdrawn::taken)->items[0].withdrawn.has_value());
                    return base::Result<void>{};
                })
            .has_value());
    CHECK(seen == 1);
}

TEST_CASE("A wrong code changes nothing and takes about as long as a right one") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    for (int batches = 0; batches < 40; ++batches) {
        std::vector<batch::Item> items(50, make_item(1, 4000));
        if (batches == 20) {
            items[7] = make_item(withdrawn_seed, 4000);
        }
        REQUIRE(store.upload(kiosk.log_id(), {kiosk.next(items)}).status == 200);
    }
    const auto time_of = [&](std::uint8_t seed) {
        const auto start = std::chrono::steady_clock::now();
        withdraw(store, seed);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    std::vector<double> wrong;
    for (std::uint8_t seed = 100; seed < 105; ++seed) {
        wrong.push_back(time_of(seed));
    }
    for (const batch::Batch& batch : stored_batches(store, kiosk.log_id())) {
        CHECK(std::ranges::none_of(batch.items, [](const auto& item) { return item.withdrawn.has_value(); }));
    }
    const double right = time_of(withdrawn_seed);
    CHECK(withdrawn_in(stored_batches(store, kiosk.log_id())) == 1);
    INFO("right " << right << " s, wrong " << wrong.front() << " s");
    CHECK(right < 3 * *std::ranges::max_element(wrong) + 0.05);
}

TEST_CASE("A store that moves takes its withdrawals with it") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(withdrawn_seed)})}).status == 200);
    withdraw(store);
    withdraw(store, 9);
    store.service.reset();
    const auto from = store::database_address(store.data());
    const auto moved = store::move_store(store.data(), *from, store::sqlite_address(store.folder / "new.db"),
                                         [](std::uint64_t, std::uint64_t) {});
    INFO((moved.has_value() ? std::string() : moved.error().describe()));
    REQUIRE(moved.has_value());
    store.open();
    CHECK(withdrawn_in(stored_batches(store, kiosk.log_id())) == 1);
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(9)})}).status == 200);
    CHECK(stored_batches(store, kiosk.log_id()).back().items[0].withdrawn.has_value());
}
