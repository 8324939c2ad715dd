// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store's part of the case "rotation of committee, store and kiosk keys".
#include "core/base/file.hpp"
#include "sync/protocol/seed_file.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using protocol::ProblemCode;
using tests::ChainMaker;
using tests::make_item;
using tests::problem_in;
using tests::StoreFixture;

namespace {

http::Response renew(StoreFixture& store, const batch::LogId& forerunner, const crypto::SigningKey& old_key,
                     const ChainMaker& kiosk, const protocol::EnrolmentSecret& secret) {
    return store.post(std::string(protocol::enrol_path),
                      protocol::make_renewal(secret, forerunner, old_key, kiosk.key()));
}

std::optional<std::uint64_t> revoked_after(const StoreFixture& store, const batch::LogId& log_id) {
    const auto database = store.database();
    return (*store::find_kiosk(*database, log_id))->revoked_after;
}

}  // namespace

TEST_CASE("A kiosk goes on under another key in a log that follows the old one which ends where it is stored") {
    StoreFixture store;
    auto old_kiosk = store.enrolled_kiosk();
    const auto first = old_kiosk.next({make_item(1)});
    REQUIRE(store.upload(old_kiosk.log_id(), {first}).status == 200);
    ChainMaker kiosk(store.random, old_kiosk.log_id());
    const auto secret = store.new_secret();
    for (int times = 0; times < 2; ++times) {  // a lost reply
        const auto answer = renew(store, old_kiosk.log_id(), old_kiosk.key(), kiosk, secret);
        REQUIRE(answer.status == 200);
        CHECK(store.receipt_of(answer).log_id == kiosk.log_id());
    }
    CHECK(revoked_after(store, old_kiosk.log_id()) == 1U);
    CHECK(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
    CHECK(store.upload(old_kiosk.log_id(), {first}).status == 200);                           // what it had signed
    CHECK(store.upload(old_kiosk.log_id(), {old_kiosk.next({make_item(2)})}).status == 403);  // and nothing more
    const auto database = store.database();
    const auto audit = database->begin(store::TransactionKind::read).value()->last_audit(10).value();
    REQUIRE(audit.size() == 1);
    CHECK(audit.front().what == "kiosk_renewed");
    CHECK(audit.front().subject == "Brixton Library, " + base::to_hex(kiosk.log_id()));
    CHECK(store.log_text.str().find("event=kiosk_renewed") != std::string::npos);
}

TEST_CASE("What a renewed kiosk sends once more arrives on the day on which it first came and on no other") {
    StoreFixture store;
    auto old_kiosk = store.enrolled_kiosk();
    const batch::Item test{batch::test_tag(), base::Bytes(300, 9)};
    REQUIRE(store.upload(old_kiosk.log_id(), {old_kiosk.next({make_item(1), make_item(2), test})}).status == 200);
    store.clock.set_day(store.clock.today() + std::chrono::days(1));
    ChainMaker kiosk(store.random, old_kiosk.log_id());
    REQUIRE(renew(store, old_kiosk.log_id(), old_kiosk.key(), kiosk, store.new_secret()).status == 200);
    const auto again = kiosk.next({make_item(2), test, make_item(1)});
    REQUIRE(store.upload(kiosk.log_id(), {again, kiosk.next({make_item(3), make_item(4), make_item(5)})}).status ==
            200);
    const auto database = store.database();
    const auto arrivals = database->begin(store::TransactionKind::read).value()->arrivals_since("2026-01-01").value();
    REQUIRE(arrivals.size() == 2);
    CHECK(arrivals[0] == storage::Arrivals{old_kiosk.log_id(), "2026-01-05", 2});
    CHECK(arrivals[1] == storage::Arrivals{kiosk.log_id(), "2026-01-06", 3});
}

TEST_CASE("A key for which the forerunner's key has not signed follows nothing and uses no token up") {
    StoreFixture store;
    auto old_kiosk = store.enrolled_kiosk();
    const ChainMaker stranger(store.random);
    ChainMaker kiosk(store.random, old_kiosk.log_id());
    const auto secret = store.new_secret();
    CHECK(problem_in(renew(store, old_kiosk.log_id(), stranger.key(), kiosk, secret)) == ProblemCode::not_authentic);
    CHECK(problem_in(store.post(std::string(protocol::enrol_path),
                                protocol::make_enrolment(secret, old_kiosk.log_id(), kiosk.key()))) ==
          ProblemCode::not_authentic);
    CHECK(revoked_after(store, old_kiosk.log_id()) == std::nullopt);
    CHECK(renew(store, old_kiosk.log_id(), old_kiosk.key(), kiosk, secret).status == 200);
}

TEST_CASE("A kiosk that was revoked before its renewal stays revoked as of the same batch") {
    StoreFixture store;
    auto old_kiosk = store.enrolled_kiosk();
    REQUIRE(
        store.upload(old_kiosk.log_id(), {old_kiosk.next({make_item(1)}), old_kiosk.next({make_item(2)})}).status ==
        200);
    {
        const auto database = store.database();
        const auto transaction = database->begin(store::TransactionKind::write).value();
        auto row = **transaction->find_kiosk(old_kiosk.log_id());
        row.revoked_after = 1;
        REQUIRE(transaction->set_revoked(row).has_value());
        REQUIRE(transaction->commit().has_value());
    }
    const ChainMaker kiosk(store.random, old_kiosk.log_id());
    REQUIRE(renew(store, old_kiosk.log_id(), old_kiosk.key(), kiosk, store.new_secret()).status == 200);
    CHECK(revoked_after(store, old_kiosk.log_id()) == 1U);
}

TEST_CASE("A log that another store had may be followed here and so may one after a fork by the same key") {
    StoreFixture store;
    const ChainMaker elsewhere(store.random);
    const ChainMaker kiosk(store.random, elsewhere.log_id());
    CHECK(renew(store, elsewhere.log_id(), elsewhere.key(), kiosk, store.new_secret()).status == 200);
    const auto forked = store.enrolled_kiosk();
    CHECK(store
              .post(std::string(protocol::enrol_path),
                    protocol::make_enrolment(store.new_secret(), forked.log_id(), forked.key()))
              .status == 200);
    CHECK(revoked_after(store, forked.log_id()) == std::nullopt);  // the key is trusted as before
}

TEST_CASE("A store tells what followed each key that it had and nothing of others") {
    StoreFixture store;
    const auto first = store.store_key;
    REQUIRE(store::rotate_store_key(store.data(), tests::store_name, store.random).has_value());
    store.open();
    const auto second = store.store_key;
    REQUIRE(store::rotate_store_key(store.data(), tests::store_name, store.random).has_value());
    store.open();
    const auto follower_of = [&](const crypto::VerifyKey& key) {
        const auto answer = store.get(protocol::successor_path(key));
        REQUIRE(answer.status == 200);
        return batch::verify_succession(base::text_of(answer.body), tests::store_name, key).value();
    };
    CHECK(follower_of(first) == second);
    CHECK(follower_of(second) == store.store_key);
    CHECK(problem_in(store.get(protocol::successor_path(store.store_key))) == ProblemCode::path_unknown);
}

TEST_CASE("A history that does not lead to the store's key is damaged") {
    StoreFixture store;
    REQUIRE(store::rotate_store_key(store.data(), tests::store_name, store.random).has_value());
    const auto key = store::read_keys(store.data())->store_key.verify_key();
    const auto path = store::successions_path(store.data());
    auto text = base::read_file(path, 1U << 16U).value();
    SECTION("another store's") {
        const auto history = store::read_key_history(store.data(), "other.example.org", key);
        CHECK(history.error().code == base::ErrorCode::damaged);
    }
    SECTION("an edited one") {
        text[text.size() / 2] ^= 1U;
        REQUIRE(base::write_file(path, text).has_value());
        CHECK(store::read_key_history(store.data(), tests::store_name, key).error().code == base::ErrorCode::damaged);
    }
    SECTION("a key that was put there by hand") {
        const auto other = crypto::SigningKey::generate(store.random);
        REQUIRE(protocol::write_seed_file(store::signing_key_path(store.data()), other).has_value());
        CHECK(store::read_key_history(store.data(), tests::store_name, other.verify_key()).error().code ==
              base::ErrorCode::damaged);
        CHECK(store::rotate_store_key(store.data(), tests::store_name, store.random).error().code ==
              base::ErrorCode::damaged);
    }
}
