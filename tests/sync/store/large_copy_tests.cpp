// SPDX-License-Identifier: GPL-3.0-or-later
//
// Large envelopes in everything that copies a store, and in what deletes from it.
#include <array>
#include <fstream>

#include "core/base/file.hpp"
#include "sync/protocol/attestation.hpp"
#include "sync/store/backup.hpp"
#include "sync/store/copying.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/export.hpp"
#include "sync/store/hand_over.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/sqlite/database.hpp"
#include "sync/store/withdrawing.hpp"
#include "tests/sync/store/large_fixture.hpp"

using namespace pillarbox;
using base::ErrorCode;
using tests::LargeEnvelopeMaker;
using tests::LargeStore;
using tests::make_item;

namespace {

// A whole large envelope in a stored batch, and the first part of another.
class FilledStore : public LargeStore {
  public:
    explicit FilledStore(store::Copies copies = store::Copies::sole)
        : LargeStore(copies), incomplete(kiosk, random), batch(kiosk.next({make_item(1), large.item()})) {
        send_all(large);
        REQUIRE(upload(kiosk.log_id(), {batch}).status == 200);
        REQUIRE(send(incomplete.parts.front()).status == 200);
    }
    [[nodiscard]] std::filesystem::path export_to(const std::string& name) const {
        const auto opened = database();
        const auto report = store::export_store(*opened, store::read_keys(data())->store_key, {}, folder / name);
        INFO((report.has_value() ? std::string() : report.error().describe()));
        REQUIRE(report.has_value());
        CHECK(report->unnamed == unnamed().envelopes);
        return folder / name / base::to_hex(kiosk.log_id());
    }

    LargeEnvelopeMaker incomplete;
    base::Bytes batch;
};

std::filesystem::path envelope_in(const std::filesystem::path& folder, const LargeEnvelopeMaker& envelope) {
    return folder / (base::to_hex(envelope.large.digest) + ".envelope");
}

}  // namespace

TEST_CASE("An export has a large envelope as one file and leaves out what is incomplete") {
    FilledStore store;
    const auto folder = store.export_to("out");
    CHECK(base::read_file(envelope_in(folder, store.large), std::size_t{16} << 20U) == store.large.bytes);
    CHECK_FALSE(std::filesystem::exists(envelope_in(folder, store.incomplete)));
    CHECK(base::read_file(folder / "000001.batch", std::size_t{8} << 20U) == store.batch);
    const auto files = std::distance(std::filesystem::directory_iterator(folder), {});
    CHECK(files == 3);  // with the receipt
}

TEST_CASE("A backup covers a large envelope and raises nothing where a part of it was changed on the disk") {
    FilledStore store(store::Copies::backed_up);
    {
        const auto database = store.database();
        REQUIRE(store::back_up(*database, store.folder / "good.db").has_value());
    }
    CHECK(store.head_of(store.kiosk.log_id()).safe == 1);
    REQUIRE(store.upload(store.kiosk.log_id(), {store.kiosk.next({make_item(2)})}).status == 200);
    if (tests::backend() == tests::Backend::postgres) {
        tests::run_in_last_schema(
            "UPDATE part SET content = set_byte(content, 5, 255 - get_byte(content, 5)) "
            "WHERE number = 2");
    } else {
        auto file = sqlite::Connection::open(store::database_path(store.data()), sqlite::OpenMode::read_write);
        REQUIRE(file->run("UPDATE part SET content = zeroblob(length(content)) WHERE number = 2").has_value());
    }
    const auto database = store.database();
    CHECK(store::back_up(*database, store.folder / "bad.db").error().code == ErrorCode::damaged);
    CHECK(store.head_of(store.kiosk.log_id()).safe == 1);
    CHECK_FALSE(store::export_store(*database, store::read_keys(store.data())->store_key, {}, store.folder / "out")
                    .has_value());
    CHECK_FALSE(std::filesystem::exists(store.folder / "out"));
}

TEST_CASE("A copy of a store has its large envelopes and its incomplete ones and goes on where it was cut short") {
    FilledStore store;
    const auto source = store.database();
    const storage::Identity identity = source->identity();
    const auto target = sqlite_storage::Database::create(store.folder / "copy.db", identity);
    REQUIRE(target.has_value());
    const auto progress = [](std::uint64_t, std::uint64_t) {};
    for (int times = 0; times < 2; ++times) {
        const auto copied = store::copy_rows(*source, **target, progress);
        INFO((copied.has_value() ? std::string() : copied.error().describe()));
        REQUIRE(copied.has_value());
        CHECK(copied->responses == 2);
    }
    CHECK(store::unnamed_sizes(**target).value() == std::vector{store.unnamed()});
    {
        const auto cut = (*target)->begin(store::TransactionKind::write);
        REQUIRE((*cut)->drop_large(store.kiosk.log_id(), store.incomplete.large.digest).has_value());
        REQUIRE((*cut)->commit().has_value());
    }
    CHECK(store::compare_rows(*source, **target).error().code == ErrorCode::conflict);
}

TEST_CASE("A withdrawn large envelope is gone with its parts and the chain verifies") {
    FilledStore store;
    {
        const auto database = store.database();
        REQUIRE(store::withdraw(*database, store.large.tag).has_value());
        REQUIRE(store::withdraw(*database, store.incomplete.tag).has_value());
        const auto transaction = database->begin(store::TransactionKind::read);
        CHECK((*transaction)->all_large(store.kiosk.log_id(), storage::WhichLarge::all)->empty());
        CHECK_FALSE((*transaction)->part_content(store.kiosk.log_id(), store.large.large.digest, 1)->has_value());
    }
    CHECK(store.verifies());
    CHECK(store.row().responses == 2);
    CHECK_FALSE(std::filesystem::exists(envelope_in(store.export_to("out"), store.large)));
}

TEST_CASE("Parts that come after their withdrawal are not kept and their batch is taken without them") {
    LargeStore store;
    {
        const auto database = store.database();
        REQUIRE(store::withdraw(*database, store.large.tag).has_value());
    }
    CHECK(store.held_in(store.send(1)) == store.large.count());
    CHECK(store.unnamed() == storage::UnnamedSize{});
    const auto receipt =
        store.receipt_of(store.upload(store.kiosk.log_id(), {store.kiosk.next({store.large.item(), make_item(2)})}));
    CHECK(receipt.stored == 1);
    CHECK(store.verifies());
}

TEST_CASE("A gap whose batches name large envelopes is filled from an export and from another store") {
    FilledStore store;
    const bool from_export = GENERATE(true, false);
    const auto folder = store.export_to("out");
    // The same store as it was before the batch came: the kiosk shows the receipt, and the gap is noted.
    const auto lost = sqlite_storage::Database::create(store.folder / "old.db", {tests::store_name, 2});
    REQUIRE(lost.has_value());
    {
        store::Kiosk kiosk = store.row();
        kiosk.stored = kiosk.safe = kiosk.responses = 0;
        kiosk.last_day.clear();
        REQUIRE(store::add_kiosk(**lost, kiosk).has_value());
    }
    const auto keys = store::read_keys(store.data());
    const auto note = batch::sign_receipt(store.head_of(store.kiosk.log_id()), tests::store_name, keys->store_key);
    const auto attestation = protocol::parse_attestation(
        protocol::make_attestation({note, 1, store.kiosk.hash(), {}}, store.kiosk.log_id(), store.kiosk.key()));
    const std::array store_keys = {keys->store_key.verify_key()};
    const auto noted =
        store::attest_gap(**lost, store.kiosk.log_id(), *attestation, store_keys, {}, store.clock.today());
    REQUIRE(noted.has_value());
    REQUIRE(noted->verdict == store::AttestationVerdict::gap_noted);

    // Without the envelope, or with another in its place, the batch is not taken.
    const auto envelope = envelope_in(folder, store.large);
    base::Bytes other = store.large.bytes;
    other[5] ^= 1U;
    REQUIRE(base::write_file(envelope, other).has_value());
    CHECK(store::refill_from_folder(**lost, store.folder / "out", {})->missing == 1);
    std::filesystem::remove(envelope);
    CHECK(store::refill_from_folder(**lost, store.folder / "out", {})->missing == 1);
    CHECK(store::unnamed_sizes(**lost)->empty());
    REQUIRE(base::write_file(envelope, store.large.bytes).has_value());

    const auto source = store.database();
    const auto filled = from_export ? store::refill_from_folder(**lost, store.folder / "out", {})
                                    : store::refill_from(**lost, *source);
    INFO((filled.has_value() ? std::string() : filled.error().describe()));
    REQUIRE(filled.has_value());
    CHECK(filled->batches == 1);
    CHECK(filled->responses == 2);
    CHECK(filled->missing == 0);
    const auto kiosk = store::find_kiosk(**lost, store.kiosk.log_id());
    const auto walked =
        store::walk_batches(**lost, **kiosk, [](std::uint64_t, base::ByteView) { return base::Result<void>{}; });
    CHECK(walked.has_value());
    CHECK(store::unnamed_sizes(**lost)->empty());
}
