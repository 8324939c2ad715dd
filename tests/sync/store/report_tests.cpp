// SPDX-License-Identifier: GPL-3.0-or-later
//
// What kiosks say of themselves, what the store keeps of it, and whether it can keep anything at all.
#include <nlohmann/json.hpp>

#include "sync/protocol/kiosk_report.hpp"
#include "sync/store/copying.hpp"
#include "sync/store/reports.hpp"
#include "sync/store/revoking.hpp"
#include "sync/store/sqlite/database.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using protocol::ProblemCode;
using tests::ChainMaker;
using tests::make_item;
using tests::problem_in;
using tests::StoreFixture;

namespace {

protocol::KioskReport a_report(std::uint64_t waiting = 12) {
    return {"0.1.0", "Brixton Library", "test-campaign", 3, waiting, 20, 64, std::nullopt};
}

base::Bytes signed_by(const ChainMaker& kiosk, std::chrono::sys_seconds clock, std::uint64_t waiting = 12) {
    return protocol::make_report(a_report(waiting), kiosk.log_id(), clock, kiosk.key());
}

std::map<batch::LogId, store::LastReport> reports_of(const StoreFixture& store) {
    const auto database = store.database();
    return store::last_reports(*database).value();
}

}  // namespace

TEST_CASE("Of a kiosk's reports the last is kept with its day and the minutes that its clock is off") {
    StoreFixture store;
    const auto kiosk = store.enrolled_kiosk();
    const std::string path = protocol::report_path(kiosk.log_id());
    const auto ahead = store.clock.now() + std::chrono::minutes(61) + std::chrono::seconds(10);
    const auto answer = store.post(path, signed_by(kiosk, ahead, 3));
    CHECK(answer.status == 200);
    CHECK(store.receipt_of(answer).log_id == kiosk.log_id());
    REQUIRE(store.post(path, signed_by(kiosk, ahead)).status == 200);
    const auto reports = reports_of(store);
    REQUIRE(reports.size() == 1);
    const store::LastReport& kept = reports.at(kiosk.log_id());
    CHECK(kept.day == "2026-01-05");
    CHECK(kept.figures.report == a_report());
    CHECK(kept.figures.clock_offset_minutes == 61);
}

TEST_CASE("A report of a stranger or under another key or of another log is refused and nothing is kept") {
    StoreFixture store;
    const auto kiosk = store.enrolled_kiosk();
    const auto other = store.enrolled_kiosk();
    const ChainMaker stranger(store.random);
    const auto now = store.clock.now();
    const auto refused = [&](const ChainMaker& at, const ChainMaker& by) {
        return problem_in(store.post(protocol::report_path(at.log_id()), signed_by(by, now)));
    };
    CHECK(refused(stranger, stranger) == ProblemCode::kiosk_unknown);
    CHECK(refused(kiosk, other) == ProblemCode::malformed);
    const auto forged = protocol::make_report(a_report(), kiosk.log_id(), now, other.key());
    CHECK(problem_in(store.post(protocol::report_path(kiosk.log_id()), forged)) == ProblemCode::not_authentic);
    CHECK(problem_in(store.get(protocol::report_path(kiosk.log_id()))) == ProblemCode::method_not_allowed);
    CHECK(reports_of(store).empty());
    CHECK(store.service->body_limit(http::Method::post, protocol::report_path(kiosk.log_id())) ==
          protocol::report_size_bytes_max);
    CHECK_FALSE(store.service->body_limit(http::Method::post, protocol::report_path(stranger.log_id())).has_value());
}

TEST_CASE("A revoked kiosk's report is answered with the signed refusal and not kept") {
    StoreFixture store;
    const auto kiosk = store.enrolled_kiosk();
    const auto database = store.database();
    REQUIRE(store::revoke(*database, base::to_hex(kiosk.log_id()), std::nullopt).has_value());
    const auto answer = store.post(protocol::report_path(kiosk.log_id()), signed_by(kiosk, store.clock.now()));
    CHECK(answer.status == 403);
    const auto refusal = batch::verify_refusal(base::text_of(answer.body), tests::store_name, store.store_key);
    REQUIRE(refusal.has_value());
    CHECK(refusal->log_id == kiosk.log_id());
    CHECK(reports_of(store).empty());
}

TEST_CASE("What came on each day is counted without tests and once") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto first = kiosk.next({make_item(1), make_item(2)});
    REQUIRE(store.upload(kiosk.log_id(), {first}).status == 200);
    REQUIRE(store.upload(kiosk.log_id(), {first}).status == 200);
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(3)})}).status == 200);
    store.clock.set_day(store.clock.today() + std::chrono::days(1));
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(4)})}).status == 200);
    const auto database = store.database();
    const auto transaction = database->begin(store::TransactionKind::read).value();
    const auto arrivals = transaction->arrivals_since({}).value();
    REQUIRE(arrivals.size() == 2);
    CHECK(arrivals[0] == storage::Arrivals{kiosk.log_id(), "2026-01-05", 3});
    CHECK(arrivals[1] == storage::Arrivals{kiosk.log_id(), "2026-01-06", 1});
    CHECK(transaction->arrivals_since("2026-01-06").value().size() == 1);
}

TEST_CASE("A moved store has the reports and the figures and the staff and the audit log once") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
    REQUIRE(store.post(protocol::report_path(kiosk.log_id()), signed_by(kiosk, store.clock.now())).status == 200);
    const auto source = store.database();
    {
        const auto transaction = source->begin(store::TransactionKind::write).value();
        REQUIRE(transaction->put_staff({"anna", "manager", "a hash"}).has_value());
        REQUIRE(transaction->put_staff({"ben", "viewer", "a hash"}).has_value());
        REQUIRE(transaction->put_staff({"ben", "manager", "another"}).has_value());
        CHECK(transaction->remove_staff("carla").value() == false);
        REQUIRE(transaction->add_audit({"2026-01-05", "anna", "signed_in", "anna"}).has_value());
        REQUIRE(transaction->add_audit({"2026-01-05", "anna", "kiosk_revoked", "Brixton"}).has_value());
        REQUIRE(transaction->commit().has_value());
    }
    auto target = sqlite_storage::Database::create(store.folder / "moved.db", source->identity()).value();
    for (int run = 0; run < 2; ++run) {
        REQUIRE(store::copy_rows(*source, *target, [](std::uint64_t, std::uint64_t) {}).has_value());
    }
    const auto moved = target->begin(store::TransactionKind::read).value();
    CHECK(moved->all_reports().value().size() == 1);
    CHECK(moved->arrivals_since({}).value().front().responses == 1);
    CHECK(moved->all_staff().value().back() == storage::Staff{"ben", "manager", "another"});
    const auto audit = moved->last_audit(10).value();
    REQUIRE(audit.size() == 2);
    CHECK(audit.front().what == "kiosk_revoked");
    CHECK(moved->last_audit(1).value().size() == 1);
    CHECK(moved->fork_counts().value().empty());
}

TEST_CASE("The health page says whether the database takes a change and asks it once in two seconds") {
    StoreFixture store;
    const auto health = [&] {
        const auto response = store.get("/healthz");
        const auto json = nlohmann::json::parse(base::text_of(response.body));
        return std::pair(response.status, json.at("database").get<std::string>());
    };
    CHECK(health() == std::pair(200U, std::string("writable")));
    CHECK(store.database()->size_bytes().value() > 0);
    if (tests::backend() == tests::Backend::postgres) {
        tests::run_in_last_schema("DROP TABLE store");
    } else {
        auto connection = sqlite::Connection::open(store::database_path(store.data()), sqlite::OpenMode::read_write);
        REQUIRE(connection->run("DROP TABLE store").has_value());
    }
    CHECK(health().first == 200);
    store.clock.advance(store::HealthProbe::asked_every);
    CHECK(health() == std::pair(503U, std::string("reachable")));
}
