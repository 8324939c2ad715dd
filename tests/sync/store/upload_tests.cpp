// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/kiosks.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using protocol::ProblemCode;
using tests::make_item;
using tests::problem_in;
using tests::StoreFixture;

TEST_CASE("A new batch is stored and its receipt names it") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto response = store.upload(kiosk.log_id(), {kiosk.next({make_item(1), make_item(2)})});
    CHECK(response.status == 200);
    CHECK(response.content_type == protocol::note_type);
    const auto receipt = store.receipt_of(response);
    CHECK(receipt.log_id == kiosk.log_id());
    CHECK(receipt.stored == 1);
    CHECK(receipt.stored_hash == kiosk.hash());
    CHECK(receipt.safe == 0);
    CHECK(receipt.epoch == 1);
    CHECK(receipt.limits == store.limits);
    CHECK(store.head_of(kiosk.log_id()) == receipt);
}

TEST_CASE("The same batch again gets the same receipt and is stored once") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto batch = kiosk.next({make_item(1)});
    const auto first = store.upload(kiosk.log_id(), {batch});
    const auto second = store.upload(kiosk.log_id(), {batch});
    CHECK(second.status == 200);
    CHECK(second.body == first.body);
    const auto database = store.database();
    const auto kiosks = store::all_kiosks(*database);
    REQUIRE(kiosks.has_value());
    CHECK(kiosks->front().responses == 1);
}

TEST_CASE("A test response is stored with the others and not among the responses") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    auto test = make_item(2);
    test.tag = batch::test_tag();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1), test}), kiosk.next({test})}).status == 200);
    const auto database = store.database();
    const auto kiosks = store::all_kiosks(*database);
    REQUIRE(kiosks.has_value());
    CHECK(kiosks->front().stored == 2);
    CHECK(kiosks->front().responses == 1);
}

TEST_CASE("An upload that overlaps what is stored appends only the rest") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1)});
    const auto two = kiosk.next({make_item(2)});
    const auto three = kiosk.next({make_item(3)});
    REQUIRE(store.upload(kiosk.log_id(), {one, two}).status == 200);
    const auto response = store.upload(kiosk.log_id(), {one, two, three});
    CHECK(response.status == 200);
    CHECK(store.receipt_of(response).stored == 3);
    CHECK(store.receipt_of(response).stored_hash == kiosk.hash());
}

TEST_CASE("An upload after a gap is answered with 409 and the signed head and nothing is kept") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1)});
    const auto two = kiosk.next({make_item(2)});
    const auto response = store.upload(kiosk.log_id(), {two});
    CHECK(response.status == 409);
    CHECK(store.receipt_of(response).stored == 0);
    CHECK(store.upload(kiosk.log_id(), {one, two}).status == 200);
}

TEST_CASE("Every changed byte of an upload is refused and leaves nothing") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto body = protocol::make_upload({kiosk.next({make_item(1, 40)})});
    for (std::size_t position = 0; position < body.size(); ++position) {
        auto changed = body;
        changed[position] ^= 0x01U;
        const auto response = store.post(protocol::batches_path(kiosk.log_id()), changed);
        CHECK((response.status == 400 || response.status == 403 || response.status == 413));
    }
    for (std::size_t size = 0; size < body.size(); ++size) {
        const auto response = store.post(protocol::batches_path(kiosk.log_id()),
                                         {body.begin(), body.begin() + static_cast<long>(size)});
        CHECK(response.status == 400);
    }
    CHECK(store.head_of(kiosk.log_id()).stored == 0);
    CHECK(store.post(protocol::batches_path(kiosk.log_id()), body).status == 200);
}

TEST_CASE("A batch signed by another key is refused with 403") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    tests::ChainMaker rogue(store.random);
    batch::Header header;
    header.campaign_id = "test-campaign";
    header.log_id = kiosk.log_id();
    header.number = 1;
    header.previous = batch::genesis_hash(kiosk.log_id());
    const auto forged = batch::make_batch(header, {make_item(1)}, rogue.key(), {});
    REQUIRE(forged.has_value());
    CHECK(problem_in(store.upload(kiosk.log_id(), {*forged})) == ProblemCode::not_authentic);
    CHECK(store.head_of(kiosk.log_id()).stored == 0);
}

TEST_CASE("A batch of one kiosk under the path of another is refused") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    auto other = store.enrolled_kiosk();
    CHECK(problem_in(store.upload(kiosk.log_id(), {other.next({make_item(1)})})) == ProblemCode::malformed);
}

TEST_CASE("An unknown kiosk gets 404 for its head and its batches") {
    StoreFixture store;
    tests::ChainMaker stranger(store.random);
    CHECK(problem_in(store.get(protocol::head_path(stranger.log_id()))) == ProblemCode::kiosk_unknown);
    CHECK(problem_in(store.upload(stranger.log_id(), {stranger.next({make_item(1)})})) == ProblemCode::kiosk_unknown);
}

TEST_CASE("A batch over the store's limit is refused with 413") {
    StoreFixture store;
    store.limits = {10'000, 2'000};
    store.open();
    auto kiosk = store.enrolled_kiosk();
    CHECK(problem_in(store.upload(kiosk.log_id(), {kiosk.next({make_item(1, 2'001)})})) == ProblemCode::too_large);
    CHECK(store.head_of(kiosk.log_id()).stored == 0);
}

TEST_CASE("Another method or another path is refused") {
    StoreFixture store;
    CHECK(problem_in(store.get(std::string(protocol::enrol_path))) == ProblemCode::method_not_allowed);
    CHECK(problem_in(store.post("/healthz", {})) == ProblemCode::method_not_allowed);
    CHECK(problem_in(store.get("/v1/kiosks/../../etc/passwd")) == ProblemCode::path_unknown);
    CHECK(store.get("/healthz").status == 200);
}

TEST_CASE("Only an enrolled kiosk's path takes the body of a batch") {
    StoreFixture store;
    const auto kiosk = store.enrolled_kiosk();
    const std::string path = protocol::batches_path(kiosk.log_id());
    CHECK(store.service->body_limit(http::Method::post, path) ==
          protocol::body_size_bytes_max(protocol::Resource::batches, store.limits));
    CHECK(store.service->body_limit(http::Method::get, path) == std::size_t{0});
    CHECK(store.service->body_limit(http::Method::post, protocol::enrol_path) == protocol::enrolment_size_bytes_max);
    CHECK(store.service->body_limit(http::Method::post, "/elsewhere") == std::size_t{0});
    batch::LogId stranger = kiosk.log_id();
    stranger[0] ^= 1U;
    const auto refused = store.service->body_limit(http::Method::post, protocol::batches_path(stranger));
    REQUIRE_FALSE(refused.has_value());
    CHECK(problem_in(refused.error()) == ProblemCode::kiosk_unknown);
}

TEST_CASE("A flood of refusals leaves a few lines in the log and each day starts anew") {
    StoreFixture store;
    const auto lines = [&store] {
        const std::string text = store.log_text.str();
        return std::ranges::count(text, '\n');
    };
    for (int i = 0; i < 1'000; ++i) {
        (void)store.post(std::string(protocol::enrol_path), base::bytes_of("forged"));
    }
    CHECK(lines() == 8 + 6);  // 1 to 8, then 16, 32 ... 512
    CHECK(store.log_text.str().ends_with("2026-01-05 event=request_refused problem=malformed times=512\n"));
    store.clock.set_day(base::parse_day("2026-01-06").value());
    (void)store.post(std::string(protocol::enrol_path), base::bytes_of("forged"));
    CHECK(store.log_text.str().ends_with("2026-01-06 event=request_refused problem=malformed\n"));
}

TEST_CASE("The log tells codes and counts with a day and no finer time") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
    const std::string text = store.log_text.str();
    const std::string id = base::to_hex(kiosk.log_id()).substr(0, 8);
    CHECK(text.find("2026-01-05 event=batches_stored log=" + id + " stored=1 responses=1") != std::string::npos);
    CHECK(text.find("Brixton") == std::string::npos);
}
