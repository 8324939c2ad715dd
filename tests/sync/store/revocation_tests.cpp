// SPDX-License-Identifier: GPL-3.0-or-later
//
// The case "revoked kiosk": as of a batch, earlier ones accepted, later ones in quarantine, a signed 403.
#include "sync/store/revoking.hpp"

#include <filesystem>

#include "core/base/file.hpp"
#include "core/sqlite/connection.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/export.hpp"
#include "sync/store/moving.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using tests::make_item;
using tests::StoreFixture;

namespace {

std::string revoke(const StoreFixture& store, const batch::LogId& log_id,
                   std::optional<std::uint64_t> after = std::nullopt) {
    const auto database = store.database();
    const auto kiosk = store::revoke(*database, base::to_hex(log_id), after);
    REQUIRE(kiosk.has_value());
    return base::to_hex(kiosk->log_id);
}

std::uint64_t quarantined(const StoreFixture& store, const batch::LogId& log_id) {
    const auto database = store.database();
    const auto kiosk = store::find_kiosk(*database, log_id);
    REQUIRE(kiosk.has_value());
    REQUIRE(kiosk->has_value());
    const auto size = store::quarantine_size(*database, **kiosk);
    REQUIRE(size.has_value());
    return size->batches;
}

batch::Refusal refusal_of(const StoreFixture& store, const http::Response& response) {
    CHECK(response.status == 403);
    CHECK(response.content_type == protocol::note_type);
    auto refusal = batch::verify_refusal(base::text_of(response.body), tests::store_name, store.store_key);
    REQUIRE(refusal.has_value());
    return *refusal;
}

store::ExportReport exported(const StoreFixture& store, const std::string& name) {
    const auto database = store.database();
    const auto keys = store::read_keys(store.data());
    REQUIRE(keys.has_value());
    const auto report = store::export_store(*database, keys->store_key, {}, store.folder / name);
    REQUIRE(report.has_value());
    return *report;
}

}  // namespace

TEST_CASE("A revoked kiosk's later batches are quarantined and answered with a signed 403") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    auto honest = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
    const auto before = store.head_of(kiosk.log_id());
    revoke(store, kiosk.log_id());
    const auto late = kiosk.next({make_item(2)});
    for (int times = 0; times < 2; ++times) {
        const auto refusal = refusal_of(store, store.upload(kiosk.log_id(), {late}));
        CHECK(refusal == batch::Refusal{kiosk.log_id(), batch::Revoked{1}});
        CHECK(quarantined(store, kiosk.log_id()) == 1);
    }
    CHECK(store.head_of(kiosk.log_id()) == before);
    CHECK(store.upload(honest.log_id(), {honest.next({make_item(3)})}).status == 200);
    CHECK(store.log_text.str().find("event=batches_quarantined") != std::string::npos);
}

TEST_CASE("A revoked kiosk's earlier batches are accepted also after the revocation") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1)});
    const auto two = kiosk.next({make_item(2)});
    const auto hash_of_two = kiosk.hash();
    const auto three = kiosk.next({make_item(3)});
    revoke(store, kiosk.log_id(), 2);
    CHECK(store.upload(kiosk.log_id(), {one}).status == 200);
    CHECK(store.upload(kiosk.log_id(), {three}).status == 409);  // the second, which counts, is missing
    CHECK(quarantined(store, kiosk.log_id()) == 0);
    refusal_of(store, store.upload(kiosk.log_id(), {one, two, three}));
    CHECK(store.head_of(kiosk.log_id()).stored == 2);
    CHECK(store.head_of(kiosk.log_id()).stored_hash == hash_of_two);
    CHECK(quarantined(store, kiosk.log_id()) == 1);
}

TEST_CASE("A revoked kiosk's quarantine is in no export nor what was stored after the last batch that counts") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1)});
    const auto hash_of_one = kiosk.hash();
    REQUIRE(store.upload(kiosk.log_id(), {one, kiosk.next({make_item(2), make_item(3)})}).status == 200);
    CHECK(exported(store, "all").responses == 3);
    revoke(store, kiosk.log_id(), 1);
    refusal_of(store, store.upload(kiosk.log_id(), {kiosk.next({make_item(4)})}));
    const auto report = exported(store, "some");
    CHECK(report.batches == 1);
    CHECK(report.responses == 1);
    const auto folder = store.folder / "some" / base::to_hex(kiosk.log_id());
    CHECK(std::filesystem::exists(folder / "000001.batch"));
    CHECK_FALSE(std::filesystem::exists(folder / "000002.batch"));
    CHECK_FALSE(std::filesystem::exists(folder / "000003.batch"));
    const auto note = base::read_file(folder / "receipt.txt", batch::note_size_bytes_max);
    const auto receipt = batch::verify_receipt(base::text_of(*note), tests::store_name, store.store_key);
    REQUIRE(receipt.has_value());
    CHECK(receipt->stored == 1);
    CHECK(receipt->stored_hash == hash_of_one);
}

TEST_CASE("A revoked kiosk fills its quarantine up to the cap and no further") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    revoke(store, kiosk.log_id());
    std::vector<base::Bytes> batches;
    for (int i = 0; i < 200; ++i) {
        batches.push_back(kiosk.next({make_item(1)}));
    }
    refusal_of(store, store.upload(kiosk.log_id(), batches));
    CHECK(quarantined(store, kiosk.log_id()) == 200);
    batches.clear();
    for (int i = 0; i < 200; ++i) {
        batches.push_back(kiosk.next({make_item(2)}));
    }
    refusal_of(store, store.upload(kiosk.log_id(), batches));
    CHECK(quarantined(store, kiosk.log_id()) == store::quarantine_batches_max);
}

TEST_CASE("A stranger's batch for a revoked kiosk is not quarantined") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    revoke(store, kiosk.log_id());
    auto forged = kiosk.next({make_item(1)});
    forged.back() ^= 1U;
    CHECK(store.upload(kiosk.log_id(), {forged}).content_type == protocol::problem_type);
    CHECK(quarantined(store, kiosk.log_id()) == 0);
}

TEST_CASE("A kiosk that is readmitted delivers what was refused") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    revoke(store, kiosk.log_id());
    const auto late = kiosk.next({make_item(1)});
    refusal_of(store, store.upload(kiosk.log_id(), {late}));
    {
        const auto database = store.database();
        REQUIRE(store::readmit(*database, base::to_hex(kiosk.log_id()).substr(0, 8)).has_value());
    }
    CHECK(store.upload(kiosk.log_id(), {late}).status == 200);
    CHECK(exported(store, "all").responses == 1);
}

TEST_CASE("A revocation of a log that is no log or nobody's is refused") {
    StoreFixture store;
    const auto kiosk = store.enrolled_kiosk();
    const auto database = store.database();
    const auto error = [&](std::string_view log) { return store::revoke(*database, log, {}).error().code; };
    CHECK(error("") == base::ErrorCode::usage);
    CHECK(error(base::to_hex(kiosk.log_id()).substr(0, 7)) == base::ErrorCode::usage);
    CHECK(error("Brixton Library") == base::ErrorCode::usage);
    CHECK(error(std::string(32, '0')) == base::ErrorCode::not_found);
    CHECK(store::find_kiosk(*database, kiosk.log_id())->value().revoked_after == std::nullopt);
}

TEST_CASE("A store that moves takes revocation and quarantine with it") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    revoke(store, kiosk.log_id());
    refusal_of(store, store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}));
    store.service.reset();
    const auto from = store::database_address(store.data());
    REQUIRE(from.has_value());
    const auto moved = store::move_store(store.data(), *from, store::sqlite_address(store.folder / "new.db"),
                                         [](std::uint64_t, std::uint64_t) {});
    REQUIRE(moved.has_value());
    CHECK(quarantined(store, kiosk.log_id()) == 1);
    store.open();
    CHECK(refusal_of(store, store.upload(kiosk.log_id(), {kiosk.next({make_item(2)})})).reason ==
          std::variant<batch::Revoked, batch::Closed>(batch::Revoked{0}));
}
