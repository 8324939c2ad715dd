// SPDX-License-Identifier: GPL-3.0-or-later
//
// The case "campaign closed": grace for late batches, then a signed 410, and USB is still accepted.
#include "sync/store/closing.hpp"

#include <chrono>
#include <filesystem>

#include "core/base/file.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/hand_over.hpp"
#include "sync/store/moving.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using tests::make_item;
using tests::StoreFixture;

namespace {

void close(const StoreFixture& store, const std::string& campaign_id, std::uint64_t grace_days) {
    const auto database = store.database();
    REQUIRE(store::close_campaign(*database, campaign_id, grace_days, store.clock.today()).has_value());
}

base::Day day(const char* text) {
    return base::parse_day(text).value();
}

batch::Refusal refusal_of(const StoreFixture& store, const http::Response& response) {
    CHECK(response.status == 410);
    CHECK(response.content_type == protocol::note_type);
    auto refusal = batch::verify_refusal(base::text_of(response.body), tests::store_name, store.store_key);
    REQUIRE(refusal.has_value());
    return *refusal;
}

}  // namespace

TEST_CASE("A closed campaign's late batches are accepted in the days of grace and get a signed 410 after them") {
    StoreFixture store;  // on 2026-01-05
    auto kiosk = store.enrolled_kiosk();
    close(store, "test-campaign", 2);
    CHECK(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
    store.clock.set_day(day("2026-01-07"));
    const auto in_grace = kiosk.next({make_item(2)});
    CHECK(store.upload(kiosk.log_id(), {in_grace}).status == 200);
    store.clock.set_day(day("2026-01-08"));
    const auto before = store.head_of(kiosk.log_id());
    CHECK(store.upload(kiosk.log_id(), {in_grace}).status == 200);  // was stored before
    const auto late = kiosk.next({make_item(3)});
    for (int times = 0; times < 2; ++times) {
        CHECK(refusal_of(store, store.upload(kiosk.log_id(), {late})) ==
              batch::Refusal{kiosk.log_id(), batch::Closed{"test-campaign", day("2026-01-07")}});
    }
    CHECK(store.head_of(kiosk.log_id()) == before);
    CHECK(store.log_text.str().find("event=batches_closed") != std::string::npos);
}

TEST_CASE("A closed campaign stops no other and what came before it in an upload is stored") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    auto other = store.enrolled_kiosk();
    close(store, "spring", 0);
    store.clock.set_day(day("2026-01-06"));
    CHECK(store.upload(other.log_id(), {other.next({make_item(1)}, "summer")}).status == 200);
    const auto summer = kiosk.next({make_item(2)}, "summer");
    const auto hash_of_summer = kiosk.hash();
    refusal_of(store, store.upload(kiosk.log_id(), {summer, kiosk.next({make_item(3)}, "spring")}));
    CHECK(store.head_of(kiosk.log_id()).stored == 1);
    CHECK(store.head_of(kiosk.log_id()).stored_hash == hash_of_summer);
}

TEST_CASE("A closed campaign's batches are still accepted from a USB stick") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    close(store, "test-campaign", 0);
    store.clock.set_day(day("2026-03-01"));
    const auto late = kiosk.next({make_item(1)});
    refusal_of(store, store.upload(kiosk.log_id(), {late}));
    const auto stick = store.folder / "stick" / base::to_hex(kiosk.log_id());
    std::filesystem::create_directories(stick);
    REQUIRE(base::write_file(stick / "000001.batch", late).has_value());
    const auto keys = store::read_keys(store.data());
    {
        const auto database = store.database();
        const auto imports =
            store::import_hand_over(*database, keys->store_key, {}, store.folder / "stick", store.clock.today());
        REQUIRE(imports.has_value());
        CHECK(imports->front().outcome.has_value());
        CHECK(imports->front().new_responses == 1);
    }
    CHECK(store.head_of(kiosk.log_id()).stored == 1);
}

TEST_CASE("A closed campaign that is closed again has the new last day") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    close(store, "test-campaign", 0);
    store.clock.set_day(day("2026-01-06"));
    const auto late = kiosk.next({make_item(1)});
    refusal_of(store, store.upload(kiosk.log_id(), {late}));
    close(store, "test-campaign", 3);
    CHECK(store.upload(kiosk.log_id(), {late}).status == 200);
}

TEST_CASE("A closed campaign stays closed when the store moves and what is no campaign is not closed") {
    StoreFixture store;
    close(store, "test-campaign", 5);
    {
        const auto database = store.database();
        CHECK(store::close_campaign(*database, "a b", 0, store.clock.today()).error().code == base::ErrorCode::usage);
        CHECK(store::close_campaign(*database, "a", 4000, store.clock.today()).error().code ==
              base::ErrorCode::usage);
    }
    store.service.reset();
    const auto from = store::database_address(store.data());
    REQUIRE(store::move_store(store.data(), *from, store::sqlite_address(store.folder / "new.db"),
                              [](std::uint64_t, std::uint64_t) {})
                .has_value());
    const auto database = store.database();
    const auto closed = store::closed_campaigns(*database);
    REQUIRE(closed.has_value());
    CHECK(*closed == std::vector<storage::ClosedCampaign>{{"test-campaign", day("2026-01-10")}});
}
