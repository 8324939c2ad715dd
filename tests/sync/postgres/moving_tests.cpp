// SPDX-License-Identifier: GPL-3.0-or-later
//
// `pillarbox-store migrate`, killed and finished, there and back, and what it refuses.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>

#include "sync/store/copying.hpp"
#include "tests/support/program.hpp"
#include "tests/sync/client/store_process.hpp"
#include "tests/sync/postgres/over_postgres.hpp"

using namespace pillarbox;
using tests::Courier;
using tests::Outcome;
using tests::SharedDatabase;

namespace {

Outcome migrate(const std::filesystem::path& data, const std::string& to, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {
        tests::built_program("pillarbox-store"), "migrate", "--data", data.string(), "--to", to};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tests::run_program(arguments);
}

// The same, killed after a while. True where it was still at work.
bool migrate_and_kill(const std::filesystem::path& data, const std::string& to, std::chrono::milliseconds after) {
    const std::string program = tests::built_program("pillarbox-store");
    const pid_t process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        ::close(STDERR_FILENO);
        ::execl(program.c_str(), program.c_str(), "migrate", "--data", data.c_str(), "--to", to.c_str(), nullptr);
        ::_exit(127);
    }
    std::this_thread::sleep_for(after);
    ::kill(process, SIGKILL);
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFSIGNALED(status);
}

// A store in a file with kiosks, batches, a fork, a used and an unused token, and a watermark.
struct FilledStore {
    FilledStore() : shared(store::sqlite_address(folder / "store.db")) {
        const auto store = shared.new_store();
        const std::atomic<bool> stop = false;
        for (int i = 0; i < 3; ++i) {
            couriers.push_back(std::make_unique<Courier>(shared, *store, 150, 2'000));
            couriers.back()->deliver({store.get()}, stop);
        }
        const auto database = store::open_database_of(shared.data());
        REQUIRE(store::issue_token(**database, {}, "Unused", shared.random).has_value());
        const auto transaction = (*database)->begin(store::TransactionKind::write);
        REQUIRE((*transaction)->add_fork({couriers[0]->log_id(), 7, {}, "2026-01-04"}).has_value());
        auto kiosk = (*transaction)->find_kiosk(couriers[1]->log_id()).value().value();
        kiosk.safe = 123;
        REQUIRE((*transaction)->move_head(kiosk, {}).has_value());
        REQUIRE((*transaction)->commit().has_value());
    }
    tests::TemporaryFolder folder;
    SharedDatabase shared;
    std::vector<std::unique_ptr<Courier>> couriers;
};

void check_equal(const std::string& left, const std::string& right) {
    const auto one = store::open_database(left);
    const auto other = store::open_database(right);
    REQUIRE(one.has_value());
    REQUIRE(other.has_value());
    const auto compared = store::compare_rows(**one, **other);
    INFO((compared.has_value() ? std::string() : compared.error().describe()));
    REQUIRE(compared.has_value());
    CHECK(compared->batches == 450);
    CHECK(compared->responses == 450);
    CHECK(compared->tokens == 4);
}

}  // namespace

TEST_CASE("A move that is killed at random moments is finished by moving again and kiosks go on") {
    const FilledStore filled;
    const auto& data = filled.shared.data();
    const std::string file = store::sqlite_address(filled.folder / "store.db");
    const std::string target = *tests::new_database_address();
    std::mt19937 dice(20'261'126);
    int killed = 0;
    for (int attempt = 0; attempt < 12; ++attempt) {
        killed += migrate_and_kill(data, target, std::chrono::milliseconds(5 + dice() % 150)) ? 1 : 0;
    }
    CHECK(killed > 0);
    if (store::database_address(data).value() != target) {
        const auto moved = migrate(data, target);
        INFO(moved.errors);
        CHECK(moved.exit_code == 0);
        CHECK(moved.output.find("moved 4 tokens, 3 kiosks, 450 batches and 450 responses") != std::string::npos);
    }
    check_equal(file, target);
    // The same keys, name and epoch: what a kiosk has pinned holds, and its next batch fits.
    const auto store = filled.shared.new_store();
    const auto head = filled.shared.receipt_of(
        store->service->handle({http::Method::get, protocol::head_path(filled.couriers[1]->log_id()), {}, {}}));
    CHECK(head.stored == 150);
    CHECK(head.safe == 123);
    CHECK(head.epoch == 1);
}

TEST_CASE("A store that was moved to PostgreSQL can be moved back to a file") {
    const FilledStore filled;
    const auto& data = filled.shared.data();
    const std::string target = *tests::new_database_address();
    REQUIRE(migrate(data, target).exit_code == 0);
    const std::string back = store::sqlite_address(filled.folder / "back.db");
    const auto moved = migrate(data, back);
    INFO(moved.errors);
    REQUIRE(moved.exit_code == 0);
    check_equal(target, back);
    CHECK(store::database_address(data) == back);
    CHECK_FALSE(std::filesystem::exists(filled.folder / "back.db.arriving"));
}

TEST_CASE("A move is refused where the target is not empty or somebody works with the store and nothing changes") {
    const FilledStore filled;
    const auto& data = filled.shared.data();
    const std::string before = store::database_address(data).value();
    const std::string other = *tests::new_database_address();
    REQUIRE(store::create_database(other, {"other.example.org"}).has_value());
    CHECK(migrate(data, other).exit_code == 4);
    // The same name, but it has enrolled others.
    const SharedDatabase namesake(*tests::new_database_address());
    {
        const auto store = namesake.new_store();
        const Courier courier(const_cast<SharedDatabase&>(namesake), *store, 0);
    }
    CHECK(migrate(data, store::database_address(namesake.data()).value()).exit_code == 5);
    const std::string foreign = *tests::new_database_address();
    tests::run_in_last_schema("CREATE TABLE precious (value text)");
    CHECK(migrate(data, foreign).exit_code == 3);
    const std::string target = *tests::new_database_address();
    {
        const tests::StoreProcess serving(data);
        const auto refused = migrate(data, target);
        CHECK(refused.exit_code == 4);
        CHECK(refused.errors.find("Another pillarbox-store works with this folder") != std::string::npos);
    }
    CHECK(store::database_address(data) == before);
    CHECK(tests::ask_last_schema("SELECT to_regclass('store') IS NULL") == "t");
    CHECK(migrate(data, target).exit_code == 0);
}

TEST_CASE("A store that has not all arrived is opened by nobody") {
    const std::string target = *tests::new_database_address();
    REQUIRE(store::create_database(target, {tests::store_name}).has_value());
    tests::run_in_last_schema("UPDATE store SET arriving = true");
    const auto opened = store::open_database(target);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == base::ErrorCode::unavailable);
    CHECK(opened.error().remedy.find("migrate") != std::string::npos);
    CHECK(store::create_database(target, {tests::store_name}).error().code == base::ErrorCode::already_exists);
}
