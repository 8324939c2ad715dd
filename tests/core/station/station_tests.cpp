// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/station.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>

#include "core/base/file.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

station::StorePin a_store() {
    station::StorePin store;
    store.name = "store.example.org";
    store.url = "https://store.example.org:8443";
    store.key.bytes.fill(2);
    store.certificate_pin.fill(3);
    return store;
}

station::Station a_station() {
    station::Station station;
    station.name = "Brixton Library";
    station.campaign_id = "las-strategy-2023-28";
    station.pack_version_min = 4;
    station.committee_key.bytes.fill(1);
    station.store = a_store();
    return station;
}

station::EnrolmentToken a_token() {
    return {.store = a_store(), .station_name = "Bibliothèque", .secret = {1, 2, 3}};
}

std::string station_text(const tests::TemporaryFolder& folder) {
    return std::string(base::text_of(base::read_file(folder / "station.json", 65536).value()));
}

base::Error error_with(const tests::TemporaryFolder& folder, std::string text, std::string_view from,
                       std::string_view to) {
    const std::size_t position = text.find(from);
    REQUIRE(position != std::string::npos);
    text.replace(position, from.size(), to);
    REQUIRE(base::write_file(folder / "station.json", base::view_of(text)).has_value());
    const auto read = station::read_station(folder.path());
    REQUIRE_FALSE(read.has_value());
    return read.error();
}

}  // namespace

TEST_CASE("a station folder is read back as it was written") {
    const tests::TemporaryFolder folder;
    REQUIRE(station::write_station(folder.path(), a_station()).has_value());
    CHECK(station::read_station(folder.path()).value() == a_station());
    CHECK(station::pack_path(folder.path()) == folder / "campaign.pack");
    CHECK(station::outbox_path(folder.path()) == folder / "outbox.db");
    CHECK(station::device_key_path(folder.path()) == folder / "device.key");
    CHECK(station::token_path(folder.path()) == folder / "enrolment.token");
}

TEST_CASE("a damaged station file is refused with the name of its field") {
    const tests::TemporaryFolder folder;
    REQUIRE(station::write_station(folder.path(), a_station()).has_value());
    const std::string good = station_text(folder);
    CHECK(error_with(folder, good, "\"name\": \"Brixton Library\"", "\"nam\": \"\"")
              .where.ends_with("station.json: name"));
    CHECK(error_with(folder, good, "\"Brixton Library\"", "7").where.ends_with(": name"));
    CHECK(error_with(folder, good, "Brixton Library", "Brixton\\nLibrary").where.ends_with(": name"));
    CHECK(error_with(folder, good, "\"pack_version_min\": 4", "\"pack_version_min\": -4")
              .where.ends_with("pack_version_min"));
    CHECK(error_with(folder, good, "\"pack_version_min\": 4", "\"pack_version_min\": 4.5")
              .where.ends_with("pack_version_min"));
    CHECK(error_with(folder, good, "AQEB", "AQ").where.ends_with(": committee_key"));
    CHECK(error_with(folder, good, "AgIC", "*gIC").where.ends_with(": store.key"));
    CHECK(error_with(folder, good, "https://", "http://").where.ends_with(": store.url"));
    CHECK(error_with(folder, good, ":8443", ":8443/path").where.ends_with(": store.url"));
    CHECK(error_with(folder, good, "https://store", "https://user@store").where.ends_with(": store.url"));
    CHECK(error_with(folder, good, "\"store\": {", "\"shop\": {").where.ends_with(": store"));
    CHECK(error_with(folder, good, "station 1", "station 2").code == ErrorCode::unsupported);
    CHECK(error_with(folder, good, "{", "[").code == ErrorCode::malformed);
    CHECK(error_with(folder, good, "}", "").code == ErrorCode::malformed);
    CHECK(error_with(folder, good, good, "").code == ErrorCode::malformed);
    CHECK(error_with(folder, good, good, std::string(60'000, '[')).code == ErrorCode::malformed);
    CHECK(error_with(folder, good, good, std::string(70'000, ' ')).code == ErrorCode::limit_exceeded);
    std::filesystem::remove(folder / "station.json");
    CHECK(station::read_station(folder.path()).error().code == ErrorCode::not_found);
}

TEST_CASE("a station that could not be read again is not written") {
    const tests::TemporaryFolder folder;
    auto station = a_station();
    station.name.clear();
    CHECK_FALSE(station::write_station(folder.path(), station).has_value());
    station = a_station();
    station.store.url = "ftp://store";
    CHECK_FALSE(station::write_station(folder.path(), station).has_value());
    station = a_station();
    station.name = "\xff";
    CHECK_FALSE(station::write_station(folder.path(), station).has_value());
    CHECK_FALSE(std::filesystem::exists(folder / "station.json"));
}

TEST_CASE("an enrolment token is read back from its text with white space around it") {
    const std::string text = station::format_token(a_token());
    CHECK(text.starts_with("pillarbox-enrol-1."));
    const auto token = station::parse_token(" \r\n" + text + "\n").value();
    CHECK(token.store == a_store());
    CHECK(token.station_name == "Bibliothèque");
    CHECK(token.secret == a_token().secret);
}

TEST_CASE("an enrolment token with any letter changed or missing is refused") {
    const std::string text = station::format_token(a_token());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string altered = text;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        CAPTURE(altered);
        CHECK(station::parse_token(altered).error().code == ErrorCode::malformed);
        CHECK(station::parse_token(text.substr(0, i)).error().code == ErrorCode::malformed);
    }
    CHECK_FALSE(station::parse_token(text + "AAAA").has_value());
    CHECK(station::parse_token(std::string(3000, 'A')).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("an error about a token never quotes it") {
    std::string text = station::format_token(a_token());
    text[40] = '*';
    CHECK(station::parse_token(text).error().describe().find(text.substr(20, 15)) == std::string::npos);
}

TEST_CASE("random texts never crash the token's reader") {
    CHECK(rc::check("none is a token", [](const std::string& text, const base::Bytes& bytes) {
        RC_ASSERT_FALSE(station::parse_token(text).has_value());
        RC_ASSERT_FALSE(station::parse_token("pillarbox-enrol-1." + base::to_base64_url(bytes)).has_value());
    }));
}

TEST_CASE("a token whose checksum fits is still read strictly") {
    const std::string start = "pillarbox-enrol-1.";
    base::Bytes good = base::from_base64_url(station::format_token(a_token()).substr(start.size())).value();
    good.erase(good.end() - 4, good.end());  // its checksum
    using Changes = std::vector<std::pair<std::uint8_t, std::uint8_t>>;
    const auto token_of = [&start](base::Bytes record) {
        const crypto::Digest digest = crypto::sha256(record);
        record.insert(record.end(), digest.begin(), digest.begin() + 4);
        return start + base::to_base64_url(record);
    };
    REQUIRE(station::parse_token(token_of(good)).has_value());
    CHECK(rc::check("one encoding for each token", [&](const Changes& changes, const base::Bytes& any) {
        RC_ASSERT_FALSE(station::parse_token(token_of(any)).has_value());
        base::Bytes record = good;
        for (const auto& [position, value] : changes) {
            record[position % record.size()] = value;
        }
        if (const auto read = station::parse_token(token_of(record)); read.has_value()) {
            RC_ASSERT(station::format_token(*read) == token_of(record));
        }
    }));
}

TEST_CASE("a station file of random or changed bytes never crashes its reader") {
    const tests::TemporaryFolder folder;
    REQUIRE(station::write_station(folder.path(), a_station()).has_value());
    const std::string good = station_text(folder);
    using Changes = std::vector<std::pair<std::uint16_t, std::uint8_t>>;
    CHECK(rc::check("what is read can be written again", [&](const Changes& changes, const base::Bytes& any) {
        RC_ASSERT(base::write_file(folder / "station.json", any).has_value());
        RC_ASSERT_FALSE(station::read_station(folder.path()).has_value());
        base::Bytes bytes = base::bytes_of(good);
        for (const auto& [position, value] : changes) {
            bytes[position % bytes.size()] = value;
        }
        RC_ASSERT(base::write_file(folder / "station.json", bytes).has_value());
        if (const auto read = station::read_station(folder.path()); read.has_value()) {
            RC_ASSERT(station::write_station(folder.path(), *read).has_value());
            RC_ASSERT(station::read_station(folder.path()).value() == *read);
        }
    }));
}
