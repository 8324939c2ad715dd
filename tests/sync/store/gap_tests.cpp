// SPDX-License-Identifier: GPL-3.0-or-later
//
// The case "store restored from backup after kiosks purged": epoch, attested gap, refill.
#include <map>

#include "sync/protocol/attestation.hpp"
#include "sync/store/backup.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/moving.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using tests::ChainMaker;
using tests::make_item;
using tests::StoreFixture;

namespace {

// A store that holds batch 1 of five of a kiosk, whose receipts say that it had all five, safe.
class RestoredStore : public StoreFixture {
  public:
    RestoredStore() : StoreFixture(store::Copies::sole), kiosk(enrolled_kiosk()) {
        for (std::uint8_t number = 1; number <= 5; ++number) {
            batches[number] = kiosk.next({make_item(number), make_item(100)});
        }
        REQUIRE(upload(kiosk.log_id(), {batches[1]}).status == 200);
        batch::Receipt receipt = head_of(kiosk.log_id());
        receipt.stored = receipt.safe = 5;
        receipt.stored_hash = kiosk.hash();
        newer = receipt;
    }

    void raise_epoch() {
        {
            const auto opened = database();
            REQUIRE(store::raise_epoch(*opened) == 2);
        }
        open();
    }
    [[nodiscard]] http::Response show(const batch::Receipt& receipt, std::uint64_t number,
                                      const crypto::Digest& hash) const {
        const auto keys = store::read_keys(data());
        const auto note = batch::sign_receipt(receipt, tests::store_name, keys->store_key);
        return post(protocol::gaps_path(kiosk.log_id()),
                    protocol::make_attestation({note, number, hash, {}}, kiosk.log_id(), kiosk.key()));
    }
    [[nodiscard]] http::Response show() const { return show(newer, 5, kiosk.hash()); }
    [[nodiscard]] base::Result<store::RefillReport> refill(const std::map<std::uint64_t, base::Bytes>& held) const {
        const auto opened = database();
        const auto held_batches = [&](std::uint64_t number) {
            const auto found = held.find(number);
            return base::Result<std::optional<base::Bytes>>(found == held.end() ? std::nullopt
                                                                                : std::optional(found->second));
        };
        const auto no_parts = [](const batch::LargeEnvelope&, std::uint64_t) {
            return base::Result<std::optional<base::Bytes>>(std::nullopt);
        };
        return store::refill(*opened, kiosk.log_id(), {held_batches, no_parts});
    }
    [[nodiscard]] std::uint64_t missing() const {
        const auto opened = database();
        std::uint64_t count = 0;
        const auto gaps = store::open_gaps(*opened, row());
        for (const storage::Gap& gap : *gaps) {
            count += gap.last + 1 - gap.first;
        }
        return count;
    }
    [[nodiscard]] store::Kiosk row() const {
        const auto opened = database();
        return **store::find_kiosk(*opened, kiosk.log_id());
    }
    [[nodiscard]] bool verifies() const {
        const auto opened = database();
        const auto walked =
            store::walk_batches(*opened, row(), [](std::uint64_t, base::ByteView) { return base::Result<void>{}; });
        UNSCOPED_INFO((walked.has_value() ? std::string() : walked.error().describe()));
        return walked.has_value();
    }

    ChainMaker kiosk;
    std::map<std::uint64_t, base::Bytes> batches;
    batch::Receipt newer;
};

}  // namespace

TEST_CASE("A store that was put back takes no receipt newer than its head before the operator raises the epoch") {
    RestoredStore store;
    const auto answer = store.show();
    CHECK(answer.status == 409);
    CHECK(store.receipt_of(answer).stored == 1);
    CHECK(store.missing() == 0);
    CHECK(store.log_text.str().find("event=store_went_back") != std::string::npos);
}

TEST_CASE("A store that was put back notes an attested gap and goes on behind it and its chain verifies") {
    RestoredStore store;
    store.raise_epoch();
    for (int times = 0; times < 2; ++times) {  // a lost reply
        const auto answer = store.show();
        REQUIRE(answer.status == 200);
        CHECK(store.receipt_of(answer).stored == 5);
        CHECK(store.receipt_of(answer).epoch == 2);
    }
    CHECK(store.missing() == 4);
    CHECK(store.verifies());
    CHECK(store.log_text.str().find("event=gap_attested") != std::string::npos);
    CHECK(store.upload(store.kiosk.log_id(), {store.kiosk.next({make_item(6)})}).status == 200);
    CHECK(store.verifies());
    const auto database = store.database();
    CHECK(store::back_up(*database, store.folder / "backup.db").has_value());
}

TEST_CASE("A gap is attested by a receipt of an earlier key of the store and of no stranger's") {
    RestoredStore store;
    store.raise_epoch();
    const auto shown = [&](const crypto::SigningKey& key) {
        const auto note = batch::sign_receipt(store.newer, tests::store_name, key);
        return store.post(
            protocol::gaps_path(store.kiosk.log_id()),
            protocol::make_attestation({note, 5, store.kiosk.hash(), {}}, store.kiosk.log_id(), store.kiosk.key()));
    };
    const auto first = store::read_keys(store.data());
    for (int times = 0; times < 2; ++times) {
        REQUIRE(store::rotate_store_key(store.data(), tests::store_name, store.random).has_value());
    }
    store.open();
    CHECK(shown(crypto::SigningKey::generate(store.random)).status == 403);
    CHECK(store.missing() == 0);
    CHECK(shown(first->store_key).status == 200);
    CHECK(store.missing() == 4);
}

TEST_CASE("An attested gap is filled from its end by nothing but what the chain names and closes when it is full") {
    RestoredStore store;
    store.raise_epoch();
    REQUIRE(store.show().status == 200);
    auto held = store.batches;
    held.erase(3);
    const auto partly = store.refill(held);
    REQUIRE(partly.has_value());
    CHECK(partly->batches == 2);  // 5 and 4
    CHECK(partly->missing == 2);
    CHECK(store.verifies());
    held[3] = held[2];
    CHECK(store.refill(held).error().code == base::ErrorCode::conflict);
    CHECK(store.missing() == 2);
    const auto rest = store.refill(store.batches);
    REQUIRE(rest.has_value());
    CHECK(rest->batches == 2);
    CHECK(rest->responses == 4);
    CHECK(rest->missing == 0);
    CHECK(store.verifies());
    CHECK(store.row().responses == 10);
    CHECK(store.refill(store.batches)->batches == 0);
}

TEST_CASE("A gap whose batches do not follow from what was kept is not closed") {
    RestoredStore store;
    // The same kiosk's other branch: what the store kept is not what these follow.
    ChainMaker& branch = store.kiosk;
    branch.rewind(0, batch::genesis_hash(branch.log_id()));
    std::map<std::uint64_t, base::Bytes> others;
    for (std::uint8_t number = 1; number <= 2; ++number) {
        others[number] = branch.next({make_item(50)});
    }
    store.raise_epoch();
    auto receipt = store.newer;
    receipt.stored = receipt.safe = 2;
    receipt.stored_hash = branch.hash();
    REQUIRE(store.show(receipt, 2, branch.hash()).status == 200);
    CHECK(store.refill(others).error().code == base::ErrorCode::conflict);
    CHECK(store.missing() == 1);
}

TEST_CASE("An attestation by a foreign receipt or key or beyond what the receipt made safe is refused") {
    RestoredStore store;
    store.raise_epoch();
    auto receipt = store.newer;
    receipt.safe = 4;
    CHECK(store.show(receipt, 5, store.kiosk.hash()).status == 409);
    receipt = store.newer;
    receipt.epoch = 2;
    CHECK(store.show(receipt, 5, store.kiosk.hash()).status == 409);
    CHECK(store.show(store.newer, 5, crypto::Digest{}).status == 409);
    const auto stranger = crypto::SigningKey::generate(store.random);
    const auto path = protocol::gaps_path(store.kiosk.log_id());
    const auto forged = batch::sign_receipt(store.newer, tests::store_name, stranger);
    const protocol::Attestation by_kiosk{forged, 5, store.kiosk.hash(), {}};
    CHECK(tests::problem_in(
              store.post(path, protocol::make_attestation(by_kiosk, store.kiosk.log_id(), store.kiosk.key()))) ==
          protocol::ProblemCode::not_authentic);
    const auto keys = store::read_keys(store.data());
    const auto genuine = batch::sign_receipt(store.newer, tests::store_name, keys->store_key);
    const protocol::Attestation by_stranger{genuine, 5, store.kiosk.hash(), {}};
    CHECK(tests::problem_in(
              store.post(path, protocol::make_attestation(by_stranger, store.kiosk.log_id(), stranger))) ==
          protocol::ProblemCode::not_authentic);
    CHECK(tests::problem_in(store.post(path, base::bytes_of("?"))) == protocol::ProblemCode::malformed);
    CHECK(store.missing() == 0);
    CHECK(store.head_of(store.kiosk.log_id()).stored == 1);
}

TEST_CASE("A store that moves with an open gap is filled where it is then") {
    RestoredStore store;
    store.raise_epoch();
    REQUIRE(store.show().status == 200);
    REQUIRE(store.upload(store.kiosk.log_id(), {store.kiosk.next({make_item(6)})}).status == 200);
    store.service.reset();
    const auto from = store::database_address(store.data());
    const auto moved = store::move_store(store.data(), *from, store::sqlite_address(store.folder / "new.db"),
                                         [](std::uint64_t, std::uint64_t) {});
    INFO((moved.has_value() ? std::string() : moved.error().describe()));
    REQUIRE(moved.has_value());
    CHECK(store.missing() == 4);
    CHECK(store.verifies());
    CHECK(store.refill(store.batches)->missing == 0);
    CHECK(store.verifies());
}
