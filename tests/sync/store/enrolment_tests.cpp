// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>

#include "core/base/file.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using protocol::ProblemCode;
using tests::ChainMaker;
using tests::problem_in;
using tests::StoreFixture;

TEST_CASE("A token enrols one kiosk whose log starts at its genesis") {
    StoreFixture store;
    const ChainMaker kiosk(store.random);
    const auto response = store.enrol(kiosk, store.new_secret());
    CHECK(response.status == 200);
    const auto head = store.receipt_of(response);
    CHECK(head.log_id == kiosk.log_id());
    CHECK(head.stored == 0);
    CHECK(head.stored_hash == batch::genesis_hash(kiosk.log_id()));
}

TEST_CASE("The same kiosk with the same token is answered again so that a lost reply does no harm") {
    StoreFixture store;
    const ChainMaker kiosk(store.random);
    const auto secret = store.new_secret();
    const auto first = store.enrol(kiosk, secret);
    const auto second = store.enrol(kiosk, secret);
    CHECK(second.status == 200);
    CHECK(second.body == first.body);
}

TEST_CASE("A used token enrols no other kiosk while a second token does") {
    StoreFixture store;
    const auto secret = store.new_secret();
    REQUIRE(store.enrol(ChainMaker(store.random), secret).status == 200);
    const ChainMaker other(store.random);
    CHECK(problem_in(store.enrol(other, secret)) == ProblemCode::token_used);
    CHECK(store.enrol(other, store.new_secret()).status == 200);
}

TEST_CASE("A kiosk that has a log is not enrolled by a second token and does not use it up") {
    StoreFixture store;
    const ChainMaker kiosk(store.random);
    REQUIRE(store.enrol(kiosk, store.new_secret()).status == 200);
    const auto second = store.new_secret();
    CHECK(problem_in(store.enrol(kiosk, second)) == ProblemCode::already_enrolled);
    CHECK(store.enrol(ChainMaker(store.random), second).status == 200);
}

TEST_CASE("A token that was never issued is refused") {
    StoreFixture store;
    auto secret = store.new_secret();
    secret.back() ^= 1U;
    CHECK(problem_in(store.enrol(ChainMaker(store.random), secret)) == ProblemCode::token_unknown);
}

TEST_CASE("Looking for a token reads none of the others", "[sqlite]") {
    StoreFixture store;
    const auto database = store.database();
    constexpr int others = 20'000;
    constexpr int looks = 20;
    crypto::Digest digest{};
    {
        const auto transaction = database->begin(store::TransactionKind::write).value();
        for (int i = 0; i < others; ++i) {
            store.random.fill(digest);
            REQUIRE(transaction->add_token({digest, "Brixton Library", std::nullopt}).has_value());
        }
        REQUIRE(transaction->commit().has_value());
    }
    const auto transaction = database->begin(store::TransactionKind::read).value();
    const auto time_of = [](const auto& work) {
        const auto start = std::chrono::steady_clock::now();
        work();
        return std::chrono::steady_clock::now() - start;
    };
    const auto all = time_of([&] { CHECK(transaction->all_tokens()->size() == others); });
    const auto looked = time_of([&] {
        for (int i = 0; i < looks; ++i) {
            CHECK(transaction->find_token(digest).value().has_value());
        }
    });
    CHECK(looked < all);
}

TEST_CASE("Every changed byte of an enrolment is refused and the token stays good") {
    StoreFixture store;
    const ChainMaker kiosk(store.random);
    const auto secret = store.new_secret();
    const auto body = protocol::make_enrolment(secret, {}, kiosk.key());
    for (std::size_t position = 0; position < body.size(); ++position) {
        auto changed = body;
        changed[position] ^= 0x01U;
        const auto status = store.post(std::string(protocol::enrol_path), changed).status;
        CHECK((status == 400 || status == 403 || status == 413));
    }
    CHECK(store.enrol(kiosk, secret).status == 200);
}

TEST_CASE("The database keeps no token that could be used") {
    StoreFixture store;
    const auto secret = store.new_secret();
    store.service.reset();
    for (const auto& entry : std::filesystem::directory_iterator(store.data())) {
        const auto bytes = base::read_file(entry.path(), std::size_t{1} << 24U);
        REQUIRE(bytes.has_value());
        CHECK(std::search(bytes->begin(), bytes->end(), secret.begin(), secret.end()) == bytes->end());
    }
}
