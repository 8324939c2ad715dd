// SPDX-License-Identifier: GPL-3.0-or-later
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/http/listen_address.hpp"
#include "tests/core/http/http_fixture.hpp"
#include "tests/core/http/raw_connection.hpp"

using namespace pillarbox;
using base::ErrorCode;
using tests::RawConnection;

namespace {

using Steady = std::chrono::steady_clock;

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\r'));
}

std::string answer_to(const tests::EchoServer& echo, const std::string& request) {
    RawConnection connection(echo.server.port());
    REQUIRE(connection.connected());
    connection.send(request);
    return connection.read_to_end();
}

}  // namespace

TEST_CASE("A header over its limit is answered with 431 and never reaches the handler") {
    tests::EchoServer echo;
    const std::string request = "GET /echo HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(9000, 'a') + "\r\n\r\n";
    CHECK(first_line(answer_to(echo, request)) == "HTTP/1.1 431 Request Header Fields Too Large");
    CHECK(echo.requests == 0);
}

TEST_CASE("A header over its limit is answered with 431 also when it comes field by field") {
    tests::EchoServer echo;
    RawConnection connection(echo.server.port());
    REQUIRE(connection.connected());
    // One TLS record each, so that the server reads each alone. The first letter of the next field goes along: Beast
    // then takes the whole field before it, and no longer counts it.
    const std::string field = "-Field: " + std::string(100, 'a') + "\r\nX";
    bool open = connection.send("GET /echo HTTP/1.1\r\nHost: x\r\nX");
    for (int count = 0; open && count < 1000; ++count) {
        open = connection.send(field);
    }
    connection.send("-Last: x\r\n\r\n");
    CHECK(first_line(connection.read_to_end()) == "HTTP/1.1 431 Request Header Fields Too Large");
    CHECK(echo.requests == 0);
}

TEST_CASE("A body announced over its limit is answered with 413 before any of it is read") {
    tests::EchoServer echo;
    const std::string request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n";
    CHECK(first_line(answer_to(echo, request)) == "HTTP/1.1 413 Payload Too Large");
    const std::string elsewhere = "POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1";
    CHECK(first_line(answer_to(echo, elsewhere)) == "HTTP/1.1 413 Payload Too Large");
    CHECK(echo.requests == 0);
}

TEST_CASE("A body in chunks or without a length is answered with 411 before any of it is read") {
    tests::EchoServer echo;
    const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    CHECK(first_line(answer_to(echo, post + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")) ==
          "HTTP/1.1 411 Length Required");
    CHECK(first_line(answer_to(echo, post + "\r\n")) == "HTTP/1.1 411 Length Required");
    CHECK(echo.requests == 0);
}

TEST_CASE("A client that pours a refused body still reads the refusal") {
    tests::EchoServer echo;
    auto client = tests::make_client(echo.server.port(), echo.pin());
    const auto response = client.send({http::Method::post, "/echo", "x/y", base::Bytes(std::size_t{16} << 20U)});
    REQUIRE(response.has_value());
    CHECK(response->status == 413);
}

TEST_CASE("Two lengths or a length beside chunks are refused as a smuggler's") {
    tests::EchoServer echo;
    const std::string two = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12";
    CHECK(first_line(answer_to(echo, two)) == "HTTP/1.1 400 Bad Request");
    const std::string twice = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n1";
    CHECK(first_line(answer_to(echo, twice)) == "HTTP/1.1 400 Bad Request");
    const std::string both =
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    CHECK(first_line(answer_to(echo, both)) == "HTTP/1.1 400 Bad Request");
    CHECK(echo.requests == 0);
}

TEST_CASE("A client that sends its header byte by byte is dropped when its time is over") {
    tests::EchoServer echo;
    RawConnection connection(echo.server.port());
    REQUIRE(connection.connected());
    const auto start = Steady::now();
    std::jthread drip([&connection](const std::stop_token& stop) {
        while (!stop.stop_requested() && connection.send("G")) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    });
    drip.join();  // ends only because the server closed
    const auto lasted = Steady::now() - start;
    CHECK(lasted < std::chrono::seconds(5));
    CHECK(echo.requests == 0);
}

TEST_CASE("Clients that connect and say nothing do not keep others out while their time lasts") {
    auto settings = tests::quick_settings(tests::make_certificate());
    settings.connections_max = 4;
    settings.hurry_time = std::chrono::milliseconds(50);
    settings.header_time = std::chrono::minutes(1);
    tests::EchoServer echo(std::move(settings));
    std::vector<int> silent;
    for (int i = 0; i < 8; ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in address = tests::loopback(echo.server.port());
        CHECK(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        silent.push_back(socket);
    }
    auto client = tests::make_client(echo.server.port(), echo.pin());
    CHECK(client.send({http::Method::post, "/echo", "x/y", {}}).has_value());
    for (const int socket : silent) {
        ::close(socket);
    }
}

TEST_CASE("A body that is cut in the middle never reaches the handler") {
    tests::EchoServer echo;
    {
        RawConnection connection(echo.server.port());
        connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    CHECK(echo.requests == 0);
}

TEST_CASE("A client that announces a body and sends a part of it is dropped when its time is over") {
    auto settings = tests::quick_settings(tests::make_certificate());
    settings.body_time = std::chrono::milliseconds(1'000);
    settings.header_time = std::chrono::minutes(1);
    tests::EchoServer echo(std::move(settings));
    RawConnection connection(echo.server.port());
    REQUIRE(connection.connected());
    const auto start = Steady::now();
    connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + std::string(3'000, 'a'));
    CHECK(connection.read_to_end().empty());
    CHECK(Steady::now() - start < std::chrono::seconds(10));
    CHECK(echo.requests == 0);
}

TEST_CASE("A slow body at the least rate is taken") {
    auto settings = tests::quick_settings(tests::make_certificate());
    settings.body_time = std::chrono::milliseconds(1'000);
    settings.header_time = std::chrono::milliseconds(500);
    settings.body_rate_min_bytes_per_second = 1'000;
    tests::EchoServer echo(std::move(settings));
    RawConnection connection(echo.server.port());
    connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n");
    for (int i = 0; i < 10; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        connection.send(std::string(400, 'a'));
    }
    CHECK(first_line(connection.read_to_end()) == "HTTP/1.1 200 OK");
}

TEST_CASE("A path that the handler refuses is answered without its body") {
    auto settings = tests::quick_settings(tests::make_certificate());
    settings.body_limit = [](http::Method, std::string_view) {
        return std::unexpected(http::Response{404, "text/plain", base::bytes_of("who?")});
    };
    tests::EchoServer echo(std::move(settings));
    const std::string answer =
        answer_to(echo, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc");
    CHECK(first_line(answer) == "HTTP/1.1 404 Not Found");
    CHECK(answer.ends_with("who?"));
    CHECK(echo.requests == 0);
}

TEST_CASE("A client of TLS 1.2 gets no connection") {
    tests::EchoServer echo;
    CHECK_FALSE(RawConnection(echo.server.port(), TLS1_2_VERSION).connected());
    CHECK(RawConnection(echo.server.port()).connected());
}

TEST_CASE("A request under way is answered when the server stops") {
    std::atomic<bool> inside = false;
    auto settings = tests::quick_settings(tests::make_certificate());
    const auto pin = http::pin_of(settings.certificate.certificate_pem).value();
    auto server = http::Server::start(std::move(settings), [&inside](const http::Request&) {
        inside = true;
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return http::Response{200, {}, {}};
    });
    REQUIRE(server.has_value());
    std::atomic<unsigned> status = 0;
    std::jthread asking([&] {
        auto client = tests::make_client(server->port(), pin);
        const auto response = client.send({http::Method::get, "/", {}, {}});
        status = response.has_value() ? response->status : 0;
    });
    while (!inside) {
        std::this_thread::yield();
    }
    server->stop();
    asking.join();
    CHECK(status == 200);
}

TEST_CASE("A handler that throws is answered with 500 and the server goes on") {
    std::atomic<int> requests = 0;
    auto settings = tests::quick_settings(tests::make_certificate());
    const auto pin = http::pin_of(settings.certificate.certificate_pem).value();
    auto server = http::Server::start(std::move(settings), [&requests](const http::Request&) -> http::Response {
        if (++requests == 1) {
            throw std::bad_alloc();
        }
        return http::Response{200, {}, {}};
    });
    REQUIRE(server.has_value());
    auto client = tests::make_client(server->port(), pin);
    CHECK(client.send({http::Method::get, "/", {}, {}})->status == 500);
    CHECK(client.send({http::Method::get, "/", {}, {}})->status == 200);
}

TEST_CASE("A server on a taken port or with a broken key does not start") {
    tests::EchoServer echo;
    auto settings = tests::quick_settings(tests::make_certificate());
    settings.port = echo.server.port();
    const auto handler = [](const http::Request&) { return http::Response{}; };
    CHECK(http::Server::start(settings, handler).error().code == ErrorCode::unavailable);
    settings.port = 0;
    settings.certificate.key_pem = tests::make_certificate().key_pem;
    CHECK(http::Server::start(settings, handler).error().code == ErrorCode::malformed);
}

TEST_CASE("A listen address is numeric with a port") {
    http::ServerSettings settings;
    REQUIRE(http::set_listen_address(settings, "[::1]:8443").has_value());
    CHECK(settings.address == "::1");
    CHECK(settings.port == 8443);
    for (const char* text : {"", ":1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "localhost:1"}) {
        CHECK(http::set_listen_address(settings, text).error().code == ErrorCode::usage);
    }
}
