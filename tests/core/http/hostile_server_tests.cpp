// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client against a server that holds the pinned key and means harm: every request ends soon and in little memory.
#include <chrono>

#include "tests/core/http/http_fixture.hpp"
#include "tests/core/http/raw_server.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;
using base::ErrorCode;

namespace {

struct Ending {
    ErrorCode code{};
    std::chrono::steady_clock::duration lasted{};
};

// Of one request for which the client has a second, 1000 bytes of body and 4 KiB of header.
Ending ask(tests::Speech speech) {
    const auto certificate = tests::make_certificate();
    const tests::RawServer server(certificate, std::move(speech));
    http::ClientSettings settings;
    settings.base_url = "https://127.0.0.1:" + std::to_string(server.port());
    settings.certificate_pin = http::pin_of(certificate.certificate_pem).value();
    settings.answer_timeout = 1s;
    settings.response_size_bytes_max = 1'000;
    settings.response_header_size_bytes_max = 4 * 1024;
    auto client = http::Client::create(settings);
    REQUIRE(client.has_value());
    const auto start = std::chrono::steady_clock::now();
    const auto response = client->send({http::Method::get, "/", {}, {}});
    REQUIRE_FALSE(response.has_value());
    return {response.error().code, std::chrono::steady_clock::now() - start};
}

const std::string ok = "HTTP/1.1 200 OK\r\n";
const std::string lump(10'000, 'x');

}  // namespace

TEST_CASE("An answer without end is dropped at its cap whether in its header or its body") {
    const std::vector<tests::Speech> speeches = {
        {ok, "A: b\r\n"},
        {ok + "A: ", lump},
        {"", "HTTP/1.1 100 Continue\r\n\r\n"},
        {"", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"},
        {ok + "\r\n", lump},
        {ok + "Content-Length: 99999999999\r\n\r\n", lump},
        {ok + "Transfer-Encoding: chunked\r\n\r\n", "2710\r\n" + lump + "\r\n"},
        {ok + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", lump},
        {ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n"},
    };
    for (const tests::Speech& speech : speeches) {
        INFO(speech.first << " then " << speech.repeated.substr(0, 30));
        const Ending ending = ask(speech);
        // libcurl has a cap of its own on one line of a header, and says so in its own words.
        CHECK((ending.code == ErrorCode::limit_exceeded || ending.code == ErrorCode::network));
        CHECK(ending.lasted < 900ms);
    }
}

TEST_CASE("An answer that drips is dropped when its time is over") {
    const std::vector<tests::Speech> speeches = {
        {"", ""},
        {"", "H", 20ms},
        {ok, "A: b\r\n", 20ms},
        {ok + "Content-Length: 900\r\n\r\n", "a", 20ms},
        {ok + "Transfer-Encoding: chunked\r\n\r\n", "1;extension=", 20ms},
    };
    for (const tests::Speech& speech : speeches) {
        INFO(speech.first << " then " << speech.repeated);
        const Ending ending = ask(speech);
        CHECK(ending.code == ErrorCode::network);
        CHECK(ending.lasted < 5s);
    }
}
