// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sending on a USB stick, with the real programs: the same batches and receipts as over the network, side by side
// with it, and every way in which a stick can be wrong.
#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/station/station.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

// Enrolled over the network once; the store is down from then on.
class Handed : public World {
  public:
    Handed() {
        StoreProcess store(data());
        enrol(store.url());
    }

    [[nodiscard]] std::filesystem::path stick() const { return folder / "stick"; }
    [[nodiscard]] std::filesystem::path batches() const { return stick() / base::to_hex(log_id); }
    tests::Outcome to_stick() const { return sync({"export", "--to", stick()}); }
    tests::Outcome at_store() const { return store({"import", "--from", stick()}); }
    tests::Outcome from_stick() const { return sync({"import-receipts", "--from", stick()}); }
    void remember_log() { log_id = head().log_id; }

    batch::LogId log_id{};
};

base::Bytes bytes_of_file(const std::filesystem::path& path) {
    return base::read_file(path, std::size_t{8} << 20U).value();
}
void put(const std::filesystem::path& path, base::ByteView bytes) {
    REQUIRE(base::write_file(path, bytes).has_value());
}

}  // namespace

TEST_CASE("responses go to the store on a stick and leave the kiosk by the receipt that comes back") {
    Handed world;
    world.remember_log();
    world.answer(3);
    CHECK(world.to_stick().output ==
          "exported 3 responses in 1 batches; they stay here until a receipt comes back\n");
    CHECK(world.counts().batched == 3);
    CHECK(world.from_stick().exit_code == 4);  // no receipt yet
    CHECK(world.counts().batched == 3);
    const auto imported = world.at_store();
    CHECK(imported.exit_code == 0);
    CHECK(imported.output.find(" 3 new responses, stored 1") != std::string::npos);
    CHECK(world.from_stick().output == "confirmed 3 responses; 0 responses are still kept here\n");
    CHECK(world.counts().acknowledged == 3);
    CHECK(world.kiosks().front().responses == 3);

    // Nothing in clear on the stick.
    const auto found = tests::run_program({"grep", "-rla", "canary-7f3a9b", world.stick()});
    CHECK(found.exit_code == 1);
}

TEST_CASE("the same stick twice and the network beside it count nothing twice") {
    Handed world;
    world.remember_log();
    world.answer(2);
    CHECK(world.to_stick().exit_code == 0);
    {
        StoreProcess store(world.data());
        world.point_station_at(store.port());
        CHECK(world.sync({"run"}).exit_code == 0);  // the network was faster
    }
    CHECK(world.counts().acknowledged == 2);
    CHECK(world.at_store().exit_code == 0);
    CHECK(world.at_store().exit_code == 0);
    CHECK(world.from_stick().exit_code == 0);
    CHECK(world.counts().acknowledged == 2);
    CHECK(world.kiosks().front().responses == 2);
    world.answer(1);
    CHECK(world.to_stick().exit_code == 0);  // beside the batch of before
    CHECK(world.at_store().exit_code == 0);
    CHECK(world.from_stick().exit_code == 0);
    CHECK(world.counts().acknowledged == 3);
}

TEST_CASE("a store that wants a backup first confirms nothing yet") {
    Handed world;
    world.remember_log();
    World backed_up(store::Copies::backed_up);
    {
        StoreProcess store(backed_up.data());
        backed_up.enrol(store.url());
    }
    backed_up.answer(2);
    const auto stick = backed_up.folder / "stick";
    CHECK(backed_up.sync({"export", "--to", stick}).exit_code == 0);
    CHECK(backed_up.store({"import", "--from", stick}).exit_code == 0);
    CHECK(backed_up.sync({"import-receipts", "--from", stick}).output ==
          "confirmed 0 responses; 2 responses are still kept here\n");
    CHECK(backed_up.store({"backup", "--to", backed_up.folder / "copy.db"}).exit_code == 0);
    CHECK(backed_up.store({"import", "--from", stick}).exit_code == 0);
    CHECK(backed_up.sync({"import-receipts", "--from", stick}).output ==
          "confirmed 2 responses; 0 responses are still kept here\n");
}

TEST_CASE("what is wrong with a stick is refused and nothing of it is kept") {
    Handed world;
    world.remember_log();
    world.answer(2);
    REQUIRE(world.to_stick().exit_code == 0);
    const auto file = world.batches() / "000001.batch";
    const auto whole = bytes_of_file(file);
    auto changed = whole;
    changed[changed.size() - 9] ^= 1U;

    SECTION("cut") {
        put(file, base::ByteView(whole).first(whole.size() - 20));
        CHECK(world.at_store().exit_code == 3);
    }
    SECTION("changed") {
        put(file, changed);
        CHECK(world.at_store().exit_code != 0);
    }
    SECTION("empty") {
        put(file, {});
        CHECK(world.at_store().exit_code == 3);
    }
    SECTION("larger than any batch") {
        put(file, base::Bytes(std::size_t{9} << 20U, 1));
        CHECK(world.at_store().exit_code == 3);
    }
    SECTION("under another kiosk's name") {
        std::filesystem::rename(world.batches(), world.stick() / std::string(32, 'a'));
        CHECK(world.at_store().exit_code == 4);
    }
    SECTION("a link to elsewhere") {
        std::filesystem::rename(file, world.folder / "elsewhere");
        std::filesystem::create_symlink(world.folder / "elsewhere", file);
        CHECK(world.at_store().exit_code == 0);  // passed over: there is nothing to take in
        CHECK_FALSE(std::filesystem::exists(world.batches() / "receipt.txt"));
    }
    SECTION("a later batch alone") {
        std::filesystem::rename(file, world.folder / "first");
        world.answer(1);
        REQUIRE(world.to_stick().exit_code == 0);
        std::filesystem::remove(file);
        CHECK(world.at_store().exit_code == 5);
    }
    SECTION("nothing of a kiosk") {
        std::filesystem::remove_all(world.batches());
        CHECK(world.at_store().exit_code == 4);
    }
    CHECK(world.kiosks().front().stored == 0);
    static_cast<void>(world.from_stick());  // after a gap there is a receipt, and it confirms nothing
    CHECK(world.counts().acknowledged == 0);
}

TEST_CASE("a receipt of another kiosk or store or of what was never made purges nothing") {
    Handed world;
    world.remember_log();
    world.answer(2);
    REQUIRE(world.to_stick().exit_code == 0);
    REQUIRE(world.at_store().exit_code == 0);
    const auto receipt_path = world.batches() / "receipt.txt";
    const auto receipt = bytes_of_file(receipt_path);

    Handed other;
    other.remember_log();
    other.answer(2);
    REQUIRE(other.to_stick().exit_code == 0);
    REQUIRE(other.at_store().exit_code == 0);
    put(receipt_path, bytes_of_file(other.batches() / "receipt.txt"));
    CHECK(world.from_stick().exit_code == 5);

    auto edited = receipt;
    const auto at = base::text_of(edited).find('1');
    edited[at] = '2';
    put(receipt_path, edited);
    CHECK(world.from_stick().exit_code != 0);
    put(receipt_path, base::view_of("<html>log in to the Wi-Fi</html>"));
    CHECK(world.from_stick().exit_code == 3);
    CHECK(world.counts().acknowledged == 0);
    CHECK(world.counts().batched == 2);

    put(receipt_path, receipt);
    CHECK(world.from_stick().exit_code == 0);
    CHECK(world.counts().acknowledged == 2);
}
