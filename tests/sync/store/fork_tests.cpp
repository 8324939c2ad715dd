// SPDX-License-Identifier: GPL-3.0-or-later
//
// The case "restored and appended, cloned disk": 409, both branches stored, and both in the committee's export.
#include <filesystem>

#include "core/base/file.hpp"
#include "sync/store/export.hpp"
#include "sync/store/moving.hpp"
#include "sync/store/revoking.hpp"
#include "sync/store/withdrawing.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using tests::make_item;
using tests::StoreFixture;

namespace {

// A kiosk with two stored batches. What `clone` makes next goes on from a copy of its disk after the first.
struct Cloned {
    explicit Cloned(StoreFixture& its_store) : store(its_store), clone(store.enrolled_kiosk()) {
        const auto one = clone.next({make_item(1)});
        const crypto::Digest hash_of_one = clone.hash();
        REQUIRE(store.upload(clone.log_id(), {one, clone.next({make_item(2)})}).status == 200);
        stored_hash = clone.hash();
        clone.rewind(1, hash_of_one);
    }

    void refused(const std::vector<base::Bytes>& batches) const {
        const auto response = store.upload(clone.log_id(), batches);
        CHECK(response.status == 409);
        const auto receipt = store.receipt_of(response);
        CHECK(receipt.stored == 2);
        CHECK(receipt.stored_hash == stored_hash);
    }

    // Tags of the envelopes in the export's chain and beside it; of what is there of the latter.
    struct Exported {
        store::ExportReport report;
        std::vector<std::uint8_t> beside;
        std::size_t withdrawn = 0;
    };
    [[nodiscard]] Exported exported(const std::string& name) const {
        const auto database = store.database();
        const auto keys = store::read_keys(store.data());
        const auto report = store::export_store(*database, keys->store_key, {}, store.folder / name);
        REQUIRE(report.has_value());
        Exported result{*report, {}, 0};
        const auto branch = store.folder / name / base::to_hex(clone.log_id()) / "branch";
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(branch, none)) {
            const auto bytes = base::read_file(entry.path(), std::size_t{1} << 20U);
            const auto batch = batch::parse_batch(*bytes, {}, batch::Withdrawn::taken);
            REQUIRE(batch.has_value());
            CHECK(batch::verify_signature(*batch, clone.key().verify_key()).has_value());
            for (const batch::Item& item : batch->items) {
                result.beside.push_back(item.tag.front());
                result.withdrawn += item.withdrawn.has_value() ? 1U : 0U;
            }
        }
        std::ranges::sort(result.beside);
        return result;
    }

    StoreFixture& store;
    tests::ChainMaker clone;
    crypto::Digest stored_hash{};
};

using Tags = std::vector<std::uint8_t>;

}  // namespace

TEST_CASE("A contradicting batch is refused with the signed head and both branches are stored and exported") {
    StoreFixture store;
    Cloned cloned(store);
    const auto two = cloned.clone.next({make_item(8), make_item(9)});
    const auto three = cloned.clone.next({make_item(7)});
    cloned.refused({two});
    cloned.refused({two, three});
    cloned.refused({two, three});
    const auto database = store.database();
    const auto row = store::find_kiosk(*database, cloned.clone.log_id());
    CHECK(store::count_forks(*database, row->value()) == 2U);
    CHECK(row->value().responses == 2);
    const auto exported = cloned.exported("out");
    CHECK(exported.report.responses == 2);
    CHECK(exported.report.branch_batches == 2);
    CHECK(exported.beside == Tags{7, 8, 9});
    cloned.clone.rewind(2, cloned.stored_hash);
    CHECK(store.upload(cloned.clone.log_id(), {cloned.clone.next({make_item(3)})}).status ==
          200);  // the other goes on
}

TEST_CASE("A fork's branch goes on over several uploads and a batch that follows from none is a gap") {
    StoreFixture store;
    Cloned cloned(store);
    cloned.refused({cloned.clone.next({make_item(7)})});
    cloned.refused({cloned.clone.next({make_item(8)}), cloned.clone.next({make_item(9)})});
    cloned.refused({cloned.clone.next({make_item(10)})});
    cloned.clone.rewind(7, crypto::sha256(base::view_of("elsewhere")));
    cloned.refused({cloned.clone.next({make_item(11)})});
    CHECK(cloned.exported("out").beside == Tags{7, 8, 9, 10});
}

TEST_CASE("A good batch before a contradiction in one upload is not stored and the contradiction is kept beside") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1)});
    kiosk.rewind(1, crypto::sha256(base::view_of("elsewhere")));
    const auto two = kiosk.next({make_item(2)});
    CHECK(store.upload(kiosk.log_id(), {one, two}).status == 409);
    CHECK(store.head_of(kiosk.log_id()).stored == 0);
    const auto database = store.database();
    const auto row = store::find_kiosk(*database, kiosk.log_id());
    CHECK(store::quarantine_size(*database, row->value())->batches == 1);
}

TEST_CASE("What is withdrawn is in no branch of a fork whether it came before or comes after") {
    StoreFixture store;
    Cloned cloned(store);
    const auto withdraw = [&](std::uint8_t seed) {
        const auto database = store.database();
        REQUIRE(store::withdraw(*database, make_item(seed).tag).has_value());
    };
    withdraw(8);
    cloned.refused({cloned.clone.next({make_item(7), make_item(8), make_item(9)})});
    withdraw(9);
    const auto exported = cloned.exported("out");
    CHECK(exported.beside == Tags{7, 8, 9});
    CHECK(exported.withdrawn == 2);
}

TEST_CASE("A fork's branch is exported after a renewal and not from where a revocation cuts the log") {
    StoreFixture store;
    Cloned cloned(store);
    cloned.refused({cloned.clone.next({make_item(8)}), cloned.clone.next({make_item(9)})});
    const auto database = store.database();
    const std::string log = base::to_hex(cloned.clone.log_id());
    REQUIRE(store::revoke(*database, log, 2).has_value());  // what a renewal does
    CHECK(cloned.exported("renewed").beside == Tags{8, 9});
    REQUIRE(store.upload(cloned.clone.log_id(), {cloned.clone.next({make_item(10)})}).status == 403);
    CHECK(cloned.exported("late").beside == Tags{8, 9});
    REQUIRE(store::revoke(*database, log, 1).has_value());
    CHECK(cloned.exported("cut").beside.empty());
}

TEST_CASE("A fork's branch is kept and exported up to a number of batches and what is over it is only refused") {
    StoreFixture store;
    Cloned cloned(store);
    for (int uploads = 0; uploads < 6; ++uploads) {
        std::vector<base::Bytes> batches;
        for (int batch = 0; batch < 50; ++batch) {
            batches.push_back(cloned.clone.next({make_item(9)}));
        }
        cloned.refused(batches);
    }
    CHECK(cloned.exported("out").report.branch_batches == store::quarantine_batches_max);
}

TEST_CASE("Both branches of a fork move to another database") {
    StoreFixture store;
    Cloned cloned(store);
    cloned.refused({cloned.clone.next({make_item(8)})});
    store.service.reset();
    const auto address = store::database_address(store.data());
    const auto moved = store::move_store(store.data(), *address, "sqlite:" + (store.folder / "moved.db").string(),
                                         [](std::uint64_t, std::uint64_t) {});
    INFO((moved.has_value() ? std::string() : moved.error().describe()));
    REQUIRE(moved.has_value());
    CHECK(cloned.exported("out").beside == Tags{8});
}
