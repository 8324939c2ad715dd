// SPDX-License-Identifier: GPL-3.0-or-later
//
// Large envelopes part by part: what is taken, what is refused, and that a piece is nobody's response.
#include "tests/sync/store/large_fixture.hpp"

using namespace pillarbox;
using tests::LargeEnvelopeMaker;
using tests::LargeStore;
using tests::make_item;
using tests::problem_in;

TEST_CASE("A large envelope comes part by part and its batch is taken once it is whole") {
    LargeStore store;
    const auto batch = store.kiosk.next({make_item(1), store.large.item()});
    for (std::uint64_t number = 1; number <= store.large.count(); ++number) {
        CHECK(store.held() == number - 1);
        const auto answer = store.send(number);
        REQUIRE(answer.status == 200);
        CHECK(store.held_in(answer) == number);
    }
    CHECK(store.unnamed().envelopes == 1);
    CHECK(store.unnamed().size_bytes == store.large.bytes.size());
    CHECK(store.row().responses == 0);
    const auto receipt = store.receipt_of(store.upload(store.kiosk.log_id(), {batch}));
    CHECK(receipt.stored == 1);
    CHECK(receipt.safe == 1);
    CHECK(store.unnamed() == storage::UnnamedSize{});
    CHECK(store.row().responses == 2);
    CHECK(store.verifies());
    CHECK(store.stored_envelope() == store.large.bytes);
}

TEST_CASE("A batch is answered with 409 and the head where a part of what it names is missing") {
    LargeStore store;
    const auto before = store.kiosk.next({make_item(1)});
    const auto naming = store.kiosk.next({make_item(2), store.large.item()});
    const auto after = store.kiosk.next({make_item(3)});
    const auto sent = GENERATE(std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2});
    for (std::uint64_t number = 1; number <= sent; ++number) {
        REQUIRE(store.send(number).status == 200);
    }
    const auto answer = store.upload(store.kiosk.log_id(), {before, naming, after});
    CHECK(answer.status == 409);
    CHECK(store.receipt_of(answer).stored == 1);  // what comes before it is kept
    CHECK(store.receipt_of(answer).safe == 1);
    CHECK(store.row().responses == 1);
    CHECK(store.log_text.str().find("event=batches_incomplete") != std::string::npos);
    CHECK(store.unnamed().envelopes == (sent == 0 ? 0 : 1));
    CHECK(store.unnamed().size_bytes == sent * batch::part_size_bytes_max);
    for (std::uint64_t number = sent + 1; number <= store.large.count(); ++number) {
        REQUIRE(store.send(number).status == 200);
    }
    CHECK(store.receipt_of(store.upload(store.kiosk.log_id(), {naming, after})).stored == 3);
    CHECK(store.row().responses == 4);
    CHECK(store.verifies());
}

TEST_CASE("A large envelope cut after any part goes on from there also in a store that was opened anew") {
    LargeStore store;
    const auto cut = GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3});
    for (std::uint64_t number = 1; number <= cut; ++number) {
        REQUIRE(store.send(number).status == 200);
    }
    store.open();
    for (std::uint64_t number = store.held() + 1; number <= store.large.count(); ++number) {
        CHECK(number > cut);
        REQUIRE(store.send(number).status == 200);
    }
    CHECK(store.upload(store.kiosk.log_id(), {store.kiosk.next({store.large.item()})}).status == 200);
    CHECK(store.stored_envelope() == store.large.bytes);
}

TEST_CASE("The same part again changes nothing and is answered as before") {
    LargeStore store;
    REQUIRE(store.send(1).status == 200);
    CHECK(store.held_in(store.send(1)) == 1);
    REQUIRE(store.send(2).status == 200);
    CHECK(store.held_in(store.send(1)) == 2);
    REQUIRE(store.send(3).status == 200);
    CHECK(store.held_in(store.send(3)) == 3);
    REQUIRE(store.upload(store.kiosk.log_id(), {store.kiosk.next({store.large.item()})}).status == 200);
    CHECK(store.held_in(store.send(2)) == 3);
    CHECK(store.unnamed().envelopes == 0);
    CHECK(store.stored_envelope() == store.large.bytes);
}

TEST_CASE("A part out of order is answered with 409 and the number that is held") {
    LargeStore store;
    CHECK(store.send(3).status == 409);
    CHECK(store.held_in(store.send(2)) == 0);
    CHECK(store.unnamed().envelopes == 0);
    REQUIRE(store.send(1).status == 200);
    CHECK(store.send(3).status == 409);
    CHECK(store.held_in(store.send(3)) == 1);
}

TEST_CASE("Parts that make another whole than they name are refused and dropped together") {
    LargeStore store;
    base::Bytes other(store.large.content(2).begin(), store.large.content(2).end());
    other[1000] ^= 1U;
    REQUIRE(store.send(1).status == 200);
    const auto wrong = batch::make_part(store.large.header(store.kiosk, 2), other, store.kiosk.key());
    REQUIRE(store.send(*wrong).status == 200);  // well signed: only the whole can tell
    CHECK(problem_in(store.send(3)) == protocol::ProblemCode::malformed);
    CHECK(store.held() == 0);
    CHECK(store.unnamed() == storage::UnnamedSize{});
    store.send_all(store.large);
    CHECK(store.upload(store.kiosk.log_id(), {store.kiosk.next({store.large.item()})}).status == 200);
}

TEST_CASE("Every changed byte of a part's frame keeps it out") {
    LargeStore store;
    const base::Bytes whole = store.large.parts.front();
    for (std::size_t at = 0; at < batch::part_frame_size_bytes_max; at += 3) {
        base::Bytes changed = whole;
        changed[at] ^= 0x20U;
        CAPTURE(at);
        REQUIRE(store.send(changed).status >= 400);
        REQUIRE(store.send(base::Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(at))).status ==
                400);
    }
    CHECK(store.unnamed() == storage::UnnamedSize{});
}

TEST_CASE("A part signed by another key or of another log or of an unknown kiosk is refused") {
    LargeStore store;
    const auto other = store.enrolled_kiosk();
    const auto forged = batch::make_part(store.large.header(store.kiosk, 1), store.large.content(1), other.key());
    CHECK(problem_in(store.send(*forged)) == protocol::ProblemCode::not_authentic);
    CHECK(problem_in(store.post(protocol::parts_path(other.log_id()), store.large.parts.front())) ==
          protocol::ProblemCode::malformed);
    const tests::ChainMaker stranger(store.random);
    const LargeEnvelopeMaker unknown(stranger, store.random);
    CHECK(problem_in(store.post(protocol::parts_path(stranger.log_id()), unknown.parts.front())) ==
          protocol::ProblemCode::kiosk_unknown);
    CHECK(problem_in(store.get(protocol::held_parts_path(stranger.log_id(), unknown.large.digest))) ==
          protocol::ProblemCode::kiosk_unknown);
    CHECK(store.unnamed() == storage::UnnamedSize{});
}

TEST_CASE("A part of the same envelope with another tag or size is refused") {
    LargeStore store;
    REQUIRE(store.send(1).status == 200);
    auto header = store.large.header(store.kiosk, 2);
    header.tag[0] ^= 1U;
    const auto other_tag = batch::make_part(header, store.large.content(2), store.kiosk.key());
    CHECK(problem_in(store.send(*other_tag)) == protocol::ProblemCode::malformed);
    header = store.large.header(store.kiosk, 2);
    header.envelope.size_bytes += 1;
    const auto other_size = batch::make_part(header, store.large.content(2), store.kiosk.key());
    CHECK(problem_in(store.send(*other_size)) == protocol::ProblemCode::malformed);
    CHECK(store.held() == 1);
}

TEST_CASE("A batch that names a whole envelope under another tag or size is not taken") {
    LargeStore store;
    store.send_all(store.large);
    batch::Item other = store.large.item();
    const bool by_tag = GENERATE(true, false);
    if (by_tag) {
        other.tag[0] ^= 1U;
    } else {
        other.large->size_bytes += 1;
    }
    CHECK(store.upload(store.kiosk.log_id(), {store.kiosk.next({other})}).status == 409);
    CHECK(store.head_of(store.kiosk.log_id()).stored == 0);
}

TEST_CASE("An envelope or a batch of envelopes over the store's limits is refused as too large") {
    LargeStore store;
    store.limits.envelope_size_bytes_max = store.large.bytes.size() - 1;
    store.open();
    CHECK(problem_in(store.send(1)) == protocol::ProblemCode::too_large);
    const auto batch = store.kiosk.next({store.large.item()});
    CHECK(problem_in(store.upload(store.kiosk.log_id(), {batch})) == protocol::ProblemCode::too_large);
    CHECK(store.unnamed() == storage::UnnamedSize{});
    CHECK(store.service->body_limit(http::Method::post, protocol::parts_path(store.kiosk.log_id())).value() ==
          batch::part_size_bytes_max + batch::part_frame_size_bytes_max);
}

TEST_CASE("What no batch names has a cap for each kiosk and what came first makes way") {
    LargeStore store;
    const auto announce = [&store](std::uint8_t seed, std::uint64_t size_bytes) {
        batch::PartHeader header{store.kiosk.log_id(), {}, {crypto::sha256(base::Bytes(1, seed)), size_bytes}, 1, {}};
        const base::Bytes content(batch::part_size_bytes_max, seed);
        REQUIRE(store.send(batch::make_part(header, content, store.kiosk.key()).value()).status == 200);
    };
    REQUIRE(store.send(1).status == 200);
    store.clock.set_day(base::parse_day("2026-01-06").value());
    const std::uint64_t size_bytes = batch::Limits{}.envelope_size_bytes_max;
    const std::uint64_t fitting = store::unnamed_size_bytes_max / size_bytes;
    for (std::uint8_t seed = 1; seed < fitting; ++seed) {
        announce(seed, size_bytes);
    }
    CHECK(store.unnamed().envelopes == fitting);
    CHECK(store.held() == 1);
    announce(200, size_bytes);
    CHECK(store.unnamed().envelopes == fitting);  // the cap is of what they will be, not of what came
    CHECK(store.held() == 0);
    announce(201, size_bytes);
    CHECK(store.unnamed().envelopes == fitting);
    store.send_all(store.large);  // the kiosk sends again what it has no receipt for
    CHECK(store.upload(store.kiosk.log_id(), {store.kiosk.next({store.large.item()})}).status == 200);
    CHECK(store.verifies());
}

TEST_CASE("A revoked kiosk's parts are refused once all that counts is here") {
    LargeStore store;
    const auto counting = store.kiosk.next({store.large.item()});
    const LargeEnvelopeMaker later(store.kiosk, store.random);
    {
        const auto database = store.database();
        REQUIRE(store::revoke(*database, base::to_hex(store.kiosk.log_id()), 1).has_value());
    }
    store.send_all(store.large);
    REQUIRE(store.upload(store.kiosk.log_id(), {counting}).status == 200);
    const auto answer = store.send(later.parts.front());
    CHECK(answer.status == 403);
    CHECK(batch::verify_refusal(base::text_of(answer.body), tests::store_name, store.store_key).has_value());
    CHECK(store.unnamed() == storage::UnnamedSize{});
}
