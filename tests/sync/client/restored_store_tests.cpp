// SPDX-License-Identifier: GPL-3.0-or-later
//
// The case "store restored from backup after kiosks purged", with the real programs from end to end.
#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/mending.hpp"
#include "tests/sync/client/world.hpp"
#include "tests/sync/support/backend.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

// A kiosk has delivered and purged four batches, of which the store then lost the last three. An export and a copy
// of the whole were made before.
class PutBack : public World {
  public:
    PutBack() {
        StoreProcess store(data());
        port = store.port();
        enrol(store.url());
        deliver(2);
        copy_as("old.db");
        for (int batches = 0; batches < 3; ++batches) {
            deliver(2);
        }
        copy_as("whole.db");
        REQUIRE(this->store({"export", "--out", archive()}).exit_code == 0);
        REQUIRE(store.stop() == 0);
        REQUIRE(counts().acknowledged == 8);
        put_back();
    }

    [[nodiscard]] std::string archive() const { return folder / "archive"; }
    [[nodiscard]] std::string listen() const { return "127.0.0.1:" + std::to_string(port); }
    [[nodiscard]] std::string copy(const std::string& name) const { return store::sqlite_address(folder / name); }
    void deliver(int responses) {
        answer(responses);
        const auto outcome = sync({"run"});
        INFO(outcome.errors);
        REQUIRE(outcome.exit_code == 0);
    }

    std::uint16_t port = 0;

  private:
    // Moves a copy away and lets the store go on where it is.
    void copy_as(const std::string& name) const {
        const auto outcome = store({"backup", "--to", (folder / name).string()});
        INFO(outcome.errors);
        REQUIRE(outcome.exit_code == 0);
    }
    // Over PostgreSQL too the store goes on in the old file's rows: into a new schema, where that is the backend.
    void put_back() const {
        if (const auto address = tests::new_database_address()) {
            const auto outcome = store({"migrate", "--from", copy("old.db"), "--to", *address});
            INFO(outcome.errors);
            REQUIRE(outcome.exit_code == 0);
            return;
        }
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(data() / (std::string("store.db") + suffix));
        }
        std::filesystem::copy_file(folder / "old.db", data() / "store.db");
    }
};

bool has(const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A store put back to an old backup raises its epoch and takes the kiosk's receipt and is refilled") {
    PutBack world;
    world.answer(1);
    {
        StoreProcess store(world.data(), world.listen());
        const auto before = world.sync({"run"});  // nobody has said yet that this is so
        CHECK(before.exit_code == 5);
        CHECK(has(before.errors, "restored from an old backup"));
        CHECK(world.store({"epoch", "raise"}).exit_code != 0);  // not while it serves
        REQUIRE(store.stop() == 0);
    }
    const auto raised = world.store({"epoch", "raise"});
    INFO(raised.errors);
    REQUIRE(raised.exit_code == 0);
    StoreProcess store(world.data(), world.listen());
    const auto after = world.sync({"run"});
    CHECK(after.exit_code == 0);
    CHECK(has(after.output, "the store had lost 3 batches"));
    CHECK(world.counts().acknowledged == 9);
    CHECK(world.kiosks().front().responses == 3);
    CHECK(has(world.store({"status"}).output, " MISSING 2-4 since "));

    SECTION("from an export") {
        CHECK(has(world.store({"refill", "--from", world.archive()}).output,
                  "refilled 6 responses in 3 batches; 0 batches are still missing"));
    }
    SECTION("from another copy") {
        CHECK(has(world.store({"refill", "--from", world.copy("whole.db")}).output,
                  "refilled 6 responses in 3 batches; 0 batches are still missing"));
    }
    SECTION("from a stick") {
        CHECK(world.store({"import", "--from", world.archive()}).exit_code == 0);
    }
    CHECK(world.store({"status"}).output.find("MISSING") == std::string::npos);
    CHECK(world.kiosks().front().responses == 9);  // every batch checked
    world.deliver(1);
    CHECK(world.kiosks().front().responses == 10);
}

TEST_CASE("A kiosk that has no receipt to show keeps what it has and says that the store went back") {
    PutBack world;
    REQUIRE(world.store({"epoch", "raise"}).exit_code == 0);
    std::filesystem::remove(world.station() / "receipt.txt");
    world.answer(1);
    StoreProcess store(world.data(), world.listen());
    CHECK(world.sync({"run"}).exit_code == 5);
    CHECK(world.counts().waiting == 1);
    CHECK(world.store({"status"}).output.find("MISSING") == std::string::npos);
}

TEST_CASE("A respondent's code withdraws the response and a wrong one is answered alike") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(1);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    const auto answer = world.store({"withdraw", "K7QM-2N4P-9RST-V3WX"});
    CHECK(answer.exit_code == 0);
    CHECK(has(answer.output, "is withdrawn"));
    CHECK(world.store({"withdraw", "K7QM-2N4P-9RST-V3W"}).exit_code != 0);  // no code at all
    CHECK(world.kiosks().front().responses == 1);
}
