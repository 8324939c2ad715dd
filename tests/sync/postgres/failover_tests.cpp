// SPDX-License-Identifier: GPL-3.0-or-later
//
// The primary is killed under load, the standby promoted. What a receipt called safe is there.
#include <chrono>
#include <cstdlib>
#include <optional>

#include "tests/sync/postgres/over_postgres.hpp"

using namespace pillarbox;
using tests::Courier;
using tests::OneStore;
using tests::PostgresServer;
using tests::SharedDatabase;

namespace {

// fsync=off: processes are killed here, never a machine, and what a process has written the kernel keeps.
const std::vector<std::string> settings = {"fsync=off", "max_wal_senders=4"};

class Pair {
  public:
    Pair() : primary(std::make_unique<PostgresServer>(settings)) {
        standby = std::make_unique<PostgresServer>(*primary, "second", settings);
    }

    // Waits until pg_stat_replication says so.
    void make_synchronous() const {
        primary->sql("ALTER SYSTEM SET synchronous_standby_names = 'second'");
        primary->sql("SELECT pg_reload_conf()");
        for (int attempt = 0; attempt < 200; ++attempt) {
            if (primary->sql("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1") {
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        FAIL("the standby does not become synchronous");
    }
    // Both, so that whichever takes writes is found.
    [[nodiscard]] std::string address() const {
        return "postgres://pillarbox@/postgres?host=" + primary->socket_folder().string() + "," +
               standby->socket_folder().string();
    }

    std::unique_ptr<PostgresServer> primary;
    std::unique_ptr<PostgresServer> standby;
};

class Deliveries {
  public:
    Deliveries(SharedDatabase& database, OneStore& store, int count, int batches) {
        for (int i = 0; i < count; ++i) {
            couriers.push_back(std::make_unique<Courier>(database, store, batches));
        }
    }
    void start(const std::vector<OneStore*>& stores) {
        stop_ = false;
        for (const auto& courier : couriers) {
            threads_.emplace_back([this, stores, one = courier.get()] { one->deliver(stores, stop_); });
        }
    }
    void stop() {
        stop_ = true;
        join();
    }
    void join() {
        for (std::thread& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    }
    [[nodiscard]] std::string lost_in(store::Database& database) const {
        std::string lost;
        for (const auto& courier : couriers) {
            lost += courier->lost_in(database);
        }
        return lost;
    }
    std::vector<std::unique_ptr<Courier>> couriers;

  private:
    std::atomic<bool> stop_ = false;
    std::vector<std::thread> threads_;
};

void kill_the_primary_once(std::chrono::milliseconds load_time) {
    Pair pair;
    SharedDatabase shared(pair.address());
    pair.make_synchronous();
    const auto first = shared.new_store();
    const auto second = shared.new_store();
    Deliveries deliveries(shared, *first, 4, 1'500);
    deliveries.start({first.get(), second.get()});
    std::this_thread::sleep_for(load_time);
    pair.primary->kill();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // some uploads meet no server at all
    deliveries.stop();
    pair.standby->promote();
    const auto promoted = store::open_database(pair.standby->address("postgres"));
    REQUIRE(promoted.has_value());
    CHECK(deliveries.lost_in(**promoted) == "");
    std::uint64_t safe = 0;
    std::uint64_t unfinished = 0;
    for (const auto& courier : deliveries.couriers) {
        safe += courier->safe();
        unfinished += courier->batches() - courier->stored();
        CHECK(courier->refusals() > 0);
    }
    CHECK(safe > 0);
    CHECK(unfinished > 0);  // or it was not under load
    std::printf("safe before the kill: %ju of %ju\n", static_cast<std::uintmax_t>(safe),
                static_cast<std::uintmax_t>(4 * 1'500));
    // The same stores go on with the standby, and nothing of the rest is lost or doubled.
    deliveries.start({first.get(), second.get()});
    deliveries.join();
    CHECK(deliveries.lost_in(**promoted) == "");
    for (const auto& courier : deliveries.couriers) {
        CHECK(courier->stored() == courier->batches());
    }
}

}  // namespace

TEST_CASE(
    "No response under a safe receipt is missing when the primary is killed under load and the standby promoted") {
    const char* times = std::getenv("PILLARBOX_FAILOVERS");
    const int count = times == nullptr ? 1 : std::atoi(times);
    for (int time = 0; time < count; ++time) {
        kill_the_primary_once(std::chrono::milliseconds(400 + 300 * (time % 5)));
    }
}

TEST_CASE("The check finds what is missing where the operator called a copy safe that was none") {
    Pair pair;
    SharedDatabase shared(pair.address(), store::Copies::sole);
    const auto store = shared.new_store();
    Deliveries deliveries(shared, *store, 1, 20);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));  // the standby has the tables and the kiosk
    pair.standby->kill();
    deliveries.start({store.get()});
    deliveries.join();
    pair.primary->kill();
    pair.standby->start();
    pair.standby->promote();
    const auto promoted = store::open_database(pair.standby->address("postgres"));
    REQUIRE(promoted.has_value());
    CHECK_FALSE(deliveries.lost_in(**promoted).empty());
}

TEST_CASE("Only a standby that the server waits for makes a batch safe and only what it has flushed") {
    Pair pair;
    SharedDatabase shared(pair.address());
    const auto store = shared.new_store();
    Courier courier(shared, *store, 10);
    const auto head = [&] {
        return shared.receipt_of(
            store->service->handle({http::Method::get, protocol::head_path(courier.log_id()), {}, {}}));
    };
    std::atomic<bool> stop = false;
    courier.deliver({store.get()}, stop);
    CHECK(courier.stored() == 10);
    CHECK(courier.safe() == 0);  // a standby that nobody waits for
    pair.make_synchronous();
    CHECK(head().safe == 10);
    pair.standby->kill();
    pair.primary->sql("ALTER SYSTEM SET synchronous_standby_names = ''");  // as a cluster manager does
    pair.primary->sql("SELECT pg_reload_conf()");
    Courier second(shared, *store, 3);
    second.deliver({store.get()}, stop);
    CHECK(second.stored() == 3);
    CHECK(second.safe() == 0);
    CHECK(head().safe == 0);
}

TEST_CASE("A commit whose answer is lost is looked up and neither repeated nor forgotten") {
    Pair pair;
    SharedDatabase shared(pair.address());
    const auto store = shared.new_store();
    Courier courier(shared, *store, 1);
    pair.make_synchronous();
    pair.standby->kill();  // so that the commit waits, after it was written
    std::atomic<bool> stop = false;
    std::thread delivery([&] { courier.deliver({store.get()}, stop); });
    const std::string waiting = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    bool waits = false;
    for (int attempt = 0; attempt < 200 && !waits; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        waits = pair.primary->sql("SELECT count(*) " + waiting) == "1";
    }
    CHECK(waits);
    pair.primary->sql("SELECT pg_terminate_backend(pid) " + waiting);
    pair.standby->start();
    delivery.join();
    CHECK(courier.stored() == 1);
    CHECK(courier.refusals() == 0);
    CHECK(pair.primary->sql("SELECT count(*) FROM link") == "1");
    CHECK(pair.primary->sql("SELECT stored || ' ' || responses FROM kiosk") == "1 1");
}

TEST_CASE("A store that reaches only a standby answers 503 and says why") {
    Pair pair;
    SharedDatabase shared(pair.address());
    const auto store = shared.new_store();
    Courier courier(shared, *store, 1);
    pair.primary->stop();
    const auto answer = store->service->handle({http::Method::get, protocol::head_path(courier.log_id()), {}, {}});
    CHECK(tests::problem_in(answer) == protocol::ProblemCode::unavailable);
    CHECK(store->log_text.str().find("event=store_unavailable error=network reason=") != std::string::npos);
    CHECK(store->log_text.str().find("read-only") != std::string::npos);
    pair.primary->start();
    std::atomic<bool> stop = false;
    courier.deliver({store.get()}, stop);
    CHECK(courier.stored() == 1);
}
