// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether anything that kiosk and store write tells in which order people answered. A run is a station of one seed,
// with 100 responses; each statistic is one number for each response, in the order of arrival, and 20 runs of it are
// held against what chance allows. That the measure finds what naive designs tell: order_control_tests.cpp.
#include <catch2/catch.hpp>

#include <functional>
#include <optional>

#include "core/outbox/slot.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/export.hpp"
#include "sync/store/kiosks.hpp"
#include "sync/store/sqlite/database.hpp"
#include "sync/store/uploads.hpp"
#include "tests/core/outbox/outbox_fixture.hpp"
#include "tests/faults/storage/memory_disk.hpp"
#include "tests/residue/forensic_image.hpp"

namespace pillarbox::tests {
namespace {

constexpr int response_count = 100;
constexpr std::uint64_t seed_count = 20;

// A station whose files lie on a disk in memory: no fsync, and every moment can be looked at.
struct SeededStation {
    explicit SeededStation(std::uint64_t seed) : random(seed) {
        put_databases_on(disk);
        outbox.emplace(outbox::Outbox::open(path, random).value());
        REQUIRE(outbox->start_log(log_id).has_value());
    }
    void add(int first, int count) {
        for (int number = first; number < first + count; ++number) {
            REQUIRE(outbox->add(numbered_item(number)).has_value());
        }
    }
    base::Bytes draw() {
        auto drawn = outbox->draw_batch("test", {}, key, {});
        REQUIRE(drawn.has_value());
        REQUIRE(drawn->has_value());
        return std::move(**drawn);
    }
    void purge() {
        const auto head = outbox->head().value();
        batch::Receipt receipt;
        receipt.log_id = log_id;
        receipt.stored = head.number;
        receipt.stored_hash = head.hash;
        receipt.safe = head.number;
        REQUIRE(outbox->purge(receipt).has_value());
    }
    [[nodiscard]] ForensicImage image() { return image_of(disk, path); }

    TemporaryFolder folder;  // empty files with the databases' names appear there
    MemoryDisk disk;
    SeededRandom random;
    std::filesystem::path path = folder / "outbox.db";
    crypto::SigningKey key = *crypto::SigningKey::from_seed(base::Bytes(32, 1));
    batch::LogId log_id = batch::log_id_of(key.verify_key(), {});
    std::optional<outbox::Outbox> outbox;
};

// Seed by seed what `look` sees at a station.
std::vector<Sample> look_at_stations(const std::function<Sample(SeededStation&)>& look) {
    std::vector<Sample> samples;
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        SeededStation station(seed);
        samples.push_back(look(station));
    }
    return samples;
}

const std::vector<std::string> nothing;

TEST_CASE("neither place nor neighbourhood of an envelope in the outbox tells when it came") {
    const auto samples = look_at_stations([](SeededStation& station) {
        station.add(0, response_count);
        return places_in(station.image().database, response_count);
    });
    CHECK(order_told_by(samples) == nothing);
}

TEST_CASE("nor do they in an outbox that was filled and purged before") {
    const auto samples = look_at_stations([](SeededStation& station) {
        station.add(1000, 150);
        static_cast<void>(station.draw());
        station.add(2000, 50);
        station.purge();
        station.add(0, response_count);
        return places_in(station.image().database, response_count);
    });
    CHECK(order_told_by(samples) == nothing);
}

TEST_CASE("nor do they in an outbox that grows meanwhile") {
    const auto samples = look_at_stations([](SeededStation& station) {
        station.add(1000, 200);
        station.add(0, response_count);  // the 256 slots of the first block do not hold these
        return places_in(station.image().database, response_count);
    });
    CHECK(order_told_by(samples) == nothing);
}

// The rows as SQLite sees them: their positions, and each byte that stands before an envelope in its slot (digest,
// item id, numbers, tag). A counter or a time in any of them would rise with the order.
TEST_CASE("no number in an envelope's row rises with the order in which it came") {
    constexpr std::size_t byte_count = outbox::part_offset_bytes + 32;
    std::vector<Sample> positions;
    std::vector<std::vector<Sample>> bytes(byte_count);
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        SeededStation station(seed);
        station.add(0, response_count);
        station.outbox.reset();
        const std::vector<SlotRow> rows = rows_of(station.path, response_count);
        Sample position;
        std::vector<Sample> byte(byte_count);
        for (const SlotRow& row : rows) {
            position.push_back(static_cast<double>(row.position));
            for (std::size_t index = 0; index < byte_count; ++index) {
                byte[index].push_back(row.content[index]);
            }
        }
        positions.push_back(position);
        for (std::size_t index = 0; index < byte_count; ++index) {
            bytes[index].push_back(byte[index]);
        }
    }
    CHECK(order_told_by(positions) == nothing);
    for (std::size_t index = 0; index < byte_count; ++index) {
        CAPTURE(index);
        CHECK(order_told_by(bytes[index]) == nothing);
    }
}

// A purged batch leaves a free page or two: those of the list of its envelopes.
TEST_CASE("the outbox's free pages hold nothing") {
    SeededStation station(1);
    station.add(0, 300);
    static_cast<void>(station.draw());
    station.purge();
    const std::vector<std::string> pages = free_pages_of(station.image().database);
    CHECK(!pages.empty());
    for (const std::string& page : pages) {
        CHECK(page.find_first_not_of('\0') == std::string::npos);
    }
}

// Killed after each single write, cut and flush of the last add: from the first byte in the log to the emptied log.
TEST_CASE("a kiosk killed at any write leaves a log that tells of the last response alone") {
    std::vector<Sample> samples;
    std::size_t moments = 0;
    std::size_t moments_with_log = 0;
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        SeededStation station(seed);
        station.add(0, response_count - 2);
        station.outbox.reset();
        const MemoryDisk before = station.disk;
        std::vector<Sample> of_this_seed;
        for (std::uint64_t change = 1; of_this_seed.empty() || !station.disk.has_power(); ++change) {
            station.outbox.reset();
            station.disk = before;
            station.outbox.emplace(outbox::Outbox::open(station.path, station.random).value());
            station.add(response_count - 2, 1);
            station.disk.fail_after(change);
            const auto added = station.outbox->add(numbered_item(response_count - 1));
            const ForensicImage image = station.image();
            const std::vector<int> in_log = numbers_in(image.log, response_count);
            ++moments;
            moments_with_log += in_log.empty() ? 0U : 1U;
            CHECK((in_log.empty() || in_log == std::vector<int>{response_count - 1}));
            if (!numbers_in(image.log + image.database, response_count).empty()) {
                of_this_seed.push_back(places_in_image(image, response_count - 1));
            }
        }
        samples.push_back(of_this_seed[static_cast<std::size_t>(seed) % of_this_seed.size()]);
    }
    CAPTURE(moments, moments_with_log);
    CHECK(moments > 5 * seed_count);
    CHECK(moments_with_log >= seed_count);
    CHECK(order_told_by(samples) == nothing);
}

TEST_CASE("the places in a batch tell nothing of when its responses came") {
    const auto samples = look_at_stations([](SeededStation& station) {
        station.add(0, response_count);
        return places_in(std::string(base::text_of(station.draw())), response_count);
    });
    CHECK(order_told_by(samples) == nothing);
}

// Of several batches the order is known, so that a station sends not every response by itself (`--min-batch`).
TEST_CASE("nor do they in each of several batches that were drawn as responses came") {
    std::vector<Sample> samples;
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        SeededStation station(seed);
        for (int batch = 0; batch < 4; ++batch) {
            constexpr int batch_size = response_count / 4;
            station.add(batch * batch_size, batch_size);
            const std::string bytes(base::text_of(station.draw()));
            Sample places;
            for (int number = 0; number < batch_size; ++number) {
                places.push_back(place_of(bytes, batch * batch_size + number));
            }
            samples.push_back(places);
        }
    }
    CHECK(order_told_by(samples) == nothing);
}

// The batches as the store's database and its export hold them.
TEST_CASE("neither the store's database nor its export tells when a batch's responses came") {
    std::vector<Sample> in_store;
    std::vector<Sample> in_export;
    const base::Day today = *base::parse_day("2026-01-05");
    for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
        SeededStation station(seed);
        station.add(0, response_count);
        const std::filesystem::path path = station.folder / "store.db";
        const auto database =
            sqlite_storage::Database::create(path, {"store.example.org", 1, store::Copies::sole}).value();
        store::Kiosk kiosk;
        kiosk.log_id = station.log_id;
        kiosk.station = "Station";
        kiosk.device_key = station.key.verify_key();
        kiosk.stored_hash = batch::genesis_hash(station.log_id);
        REQUIRE(store::add_kiosk(*database, kiosk).has_value());
        const auto upload = protocol::make_upload({station.draw()});
        REQUIRE(store::take_upload(*database, station.log_id, upload, {}, today).has_value());
        const ForensicImage image = image_of(station.disk, path);
        in_store.push_back(places_in(image.database + image.log, response_count));

        const auto folder = station.folder / "export";
        REQUIRE(store::export_store(*database, station.key, {}, folder).has_value());
        const auto file = folder / base::to_hex(station.log_id) / "000001.batch";
        const auto exported = base::read_file(file, std::size_t{1} << 30U).value();
        in_export.push_back(places_in(std::string(base::text_of(exported)), response_count));
    }
    CHECK(order_told_by(in_store) == nothing);
    CHECK(order_told_by(in_export) == nothing);
}

}  // namespace
}  // namespace pillarbox::tests
