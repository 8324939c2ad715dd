// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "tests/core/http/http_fixture.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

http::Request echo_of(base::Bytes body) {
    return {http::Method::post, "/echo", "application/octet-stream", std::move(body)};
}

}  // namespace

TEST_CASE("A body of any size up to the limit comes back whole over one kept connection") {
    tests::EchoServer echo;
    auto client = tests::make_client(echo.server.port(), echo.pin());
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{65'536}, std::size_t{1} << 20U}) {
        const base::Bytes body(size, 0xA5);
        const auto response = client.send(echo_of(body));
        REQUIRE(response.has_value());
        CHECK(response->status == 200);
        CHECK(response->content_type == "application/octet-stream");
        CHECK(response->body == body);
    }
}

TEST_CASE("A server with another certificate gets no request at all") {
    tests::EchoServer honest;
    tests::EchoServer impostor;
    auto client = tests::make_client(impostor.server.port(), honest.pin());
    const auto response = client.send(echo_of(base::bytes_of("secret")));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().code == ErrorCode::not_authentic);
    CHECK_FALSE(response.error().remedy.empty());
    CHECK(impostor.requests == 0);
}

TEST_CASE("A port where nobody listens is a network error with its address") {
    std::uint16_t port = 0;
    {
        tests::EchoServer echo;
        port = echo.server.port();
    }
    auto client = tests::make_client(port, {});
    const auto response = client.send(echo_of({}));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().code == ErrorCode::network);
    CHECK(response.error().where == "https://127.0.0.1:" + std::to_string(port));
}

TEST_CASE("A response over the cap is dropped") {
    tests::EchoServer echo;
    http::ClientSettings settings;
    settings.base_url = "https://127.0.0.1:" + std::to_string(echo.server.port());
    settings.certificate_pin = echo.pin();
    settings.response_size_bytes_max = 100;
    auto client = http::Client::create(settings);
    REQUIRE(client.has_value());
    CHECK(client->send(echo_of(base::Bytes(100))).has_value());
    const auto response = client->send(echo_of(base::Bytes(101)));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("A redirect is an answer and is not followed") {
    std::atomic<int> requests = 0;
    auto settings = tests::quick_settings(tests::make_certificate());
    const auto pin = http::pin_of(settings.certificate.certificate_pem).value();
    auto server = http::Server::start(std::move(settings), [&requests](const http::Request&) {
        ++requests;
        return http::Response{302, "text/html", base::bytes_of("moved")};
    });
    REQUIRE(server.has_value());
    auto client = tests::make_client(server->port(), pin);
    const auto response = client.send({http::Method::get, "/", {}, {}});
    REQUIRE(response.has_value());
    CHECK(response->status == 302);
    CHECK(requests == 1);
}

TEST_CASE("The proxy of the environment is not used") {
    tests::EchoServer echo;
    ::setenv("https_proxy", "http://127.0.0.1:1", 1);
    auto client = tests::make_client(echo.server.port(), echo.pin());
    const auto response = client.send(echo_of({}));
    ::unsetenv("https_proxy");
    CHECK(response.has_value());
}

TEST_CASE("Progress that says stop ends the transfer") {
    tests::EchoServer echo;
    auto client = tests::make_client(echo.server.port(), echo.pin(),
                                     [](std::uint64_t, std::uint64_t) { return http::Proceed::stop; });
    const auto response = client.send(echo_of(base::Bytes(1000)));
    REQUIRE_FALSE(response.has_value());
    CHECK(response.error().code == ErrorCode::network);
}

TEST_CASE("An address that is not https with host and port alone is refused") {
    for (const char* url :
         {"http://127.0.0.1:80", "https://127.0.0.1/path", "https://127.0.0.1/", "https://a@127.0.0.1",
          "https://127.0.0.1?x", "https://127.0.0.1#x", "ftp://127.0.0.1", "127.0.0.1:80", "", "https://"}) {
        const auto checked = http::check_base_url(url);
        REQUIRE_FALSE(checked.has_value());
        CHECK(checked.error().code == ErrorCode::usage);
    }
    CHECK(http::check_base_url("https://store.example.org").has_value());
    CHECK(http::check_base_url("https://[::1]:8443").has_value());
}
