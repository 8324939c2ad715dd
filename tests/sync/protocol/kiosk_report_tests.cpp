// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/kiosk_report.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "sync/protocol/routes.hpp"

using namespace pillarbox;
using base::ErrorCode;
using protocol::KioskReport;

namespace {

crypto::SigningKey example_key() {
    return crypto::SigningKey::from_seed(base::Bytes(32, 0x42)).value();
}

constexpr batch::LogId example_log = {0x4f, 0x1c};
const std::chrono::sys_seconds example_clock{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} +
                                             std::chrono::hours{12}};

KioskReport example_report() {
    return {"0.1.0", "Brixton Library", "las-strategy", 3, 12, 20'000'000'000, 64'000'000'000, 87};
}

base::Bytes example_bytes() {
    return protocol::make_report(example_report(), example_log, example_clock, example_key());
}

base::Result<protocol::SignedReport> parse(base::ByteView bytes) {
    return protocol::parse_report(bytes, example_log, example_key().verify_key());
}

}  // namespace

TEST_CASE("A report reads back and its bytes are the documented ones") {
    const auto read = parse(example_bytes());
    REQUIRE(read.has_value());
    CHECK(read->report == example_report());
    CHECK(read->clock == example_clock);
    const auto document = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/protocol.md", 1 << 20);
    REQUIRE(document.has_value());
    INFO(base::to_hex(example_bytes()));
    CHECK(base::text_of(*document).find(base::to_hex(example_bytes())) != std::string_view::npos);
}

TEST_CASE("A report of a kiosk without a battery says so") {
    KioskReport report = example_report();
    report.battery_percent.reset();
    const auto read = parse(protocol::make_report(report, example_log, example_clock, example_key()));
    REQUIRE(read.has_value());
    CHECK_FALSE(read->report.battery_percent.has_value());
}

TEST_CASE("The longest report fits the limit of its path and texts over their caps are cut at a letter") {
    KioskReport report = example_report();
    report.program_version = std::string(100, '1');
    for (int i = 0; i < 100; ++i) {
        report.station += "\u20ac\n";  // three bytes, of which 200 is no multiple, and what moves a cursor
    }
    report.campaign_id = std::string(100, 'c');
    report.battery_percent = 400;
    report.waiting = report.disk_free_bytes = report.disk_total_bytes = report.pack_version = UINT64_MAX;
    const auto bytes = protocol::make_report(report, example_log, std::chrono::sys_seconds::max(), example_key());
    CHECK(bytes.size() <= protocol::report_size_bytes_max);
    const auto read = parse(bytes);
    REQUIRE(read.has_value());
    CHECK(read->report.station.size() <= protocol::station_size_bytes_max);
    CHECK(read->report.station.find('\n') == std::string::npos);
    CHECK(read->report.battery_percent == 100U);
}

TEST_CASE("A report with any bit flipped, cut or continued is refused") {
    const auto bytes = example_bytes();
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << (bit % 8)));
        CHECK_FALSE(parse(flipped).has_value());
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(parse(base::ByteView(bytes).first(size)).has_value());
    }
    auto longer = bytes;
    longer.push_back(0);
    CHECK_FALSE(parse(longer).has_value());
}

TEST_CASE("A report of another log or signed by another key is refused") {
    const auto bytes = example_bytes();
    const auto elsewhere = protocol::parse_report(bytes, {0x4f, 0x1d}, example_key().verify_key());
    REQUIRE_FALSE(elsewhere.has_value());
    CHECK(elsewhere.error().code == ErrorCode::malformed);
    const auto other_key = crypto::SigningKey::from_seed(base::Bytes(32, 0x43)).value();
    const auto forged = parse(protocol::make_report(example_report(), example_log, example_clock, other_key));
    REQUIRE_FALSE(forged.has_value());
    CHECK(forged.error().code == ErrorCode::not_authentic);
}

TEST_CASE("What the store keeps of a report reads back and holds no moment") {
    for (const std::int64_t minutes : {0, 1, -1, 5'000'000, -5'000'000}) {
        const auto bytes = protocol::encode_figures(example_report(), minutes);
        const auto read = protocol::decode_figures(bytes);
        REQUIRE(read.has_value());
        CHECK(read->report == example_report());
        CHECK(read->clock_offset_minutes == minutes);
    }
    const auto bytes = protocol::encode_figures(example_report(), 0);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(protocol::decode_figures(base::ByteView(bytes).first(size)).has_value());
    }
}

TEST_CASE("Any figures survive the way to the store and into its table") {
    const auto text = [](std::size_t size_max) {
        return rc::gen::map(rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~')),
                            [size_max](std::string made) {
                                made.resize(std::min(made.size(), size_max));
                                return made;
                            });
    };
    CHECK(rc::check([&] {
        KioskReport report;
        report.program_version = *text(protocol::program_version_size_bytes_max);
        report.station = *text(protocol::station_size_bytes_max);
        report.campaign_id = *text(protocol::campaign_id_size_bytes_max);
        report.waiting = *rc::gen::arbitrary<std::uint64_t>();
        report.disk_free_bytes = *rc::gen::arbitrary<std::uint64_t>();
        report.battery_percent = *rc::gen::inRange<std::uint64_t>(0, 101);
        const auto read = parse(protocol::make_report(report, example_log, example_clock, example_key()));
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->report == report);
        const auto kept = protocol::decode_figures(protocol::encode_figures(read->report, 7));
        RC_ASSERT(kept.has_value());
        RC_ASSERT(kept->report == report);
    }));
}
