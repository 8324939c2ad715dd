// SPDX-License-Identifier: GPL-3.0-or-later
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/core/http/http_fixture.hpp"

using namespace pillarbox;

namespace {

std::string answer_in_the_open(std::uint16_t port, std::string_view request) {
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = tests::loopback(port);
    REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::send(connection, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
    std::string answer;
    char part[4096];
    for (ssize_t count = 0; (count = ::recv(connection, part, sizeof part, 0)) > 0;) {
        answer.append(part, static_cast<std::size_t>(count));
    }
    ::close(connection);
    return answer;
}

http::ServerSettings plain_settings() {
    http::ServerSettings settings = tests::quick_settings({});
    settings.transport = http::Transport::plain_on_loopback;
    return settings;
}

}  // namespace

TEST_CASE("A server without TLS listens on this machine alone") {
    for (const char* address : {"0.0.0.0", "::", "192.0.2.1", "128.0.0.1"}) {
        auto settings = plain_settings();
        settings.address = address;
        const auto server = http::Server::start(settings, [](const http::Request&) { return http::Response{}; });
        INFO(address);
        REQUIRE_FALSE(server.has_value());
        CHECK(server.error().code == base::ErrorCode::usage);
    }
}

TEST_CASE("A server without TLS hands on who was asked, and from which page, and sets the fields of the answer") {
    auto server = http::Server::start(plain_settings(), [](const http::Request& request) {
        return http::Response{200,
                              "text/plain",
                              base::bytes_of(request.path + " " + request.host + " " + request.origin + " " +
                                             request.cookie + " " + std::string(base::text_of(request.body))),
                              {{"X-Own", "yes"}}};
    });
    REQUIRE(server.has_value());
    const std::string answer = answer_in_the_open(
        server->port(),
        "POST /echo HTTP/1.1\r\nHost: desk:1\r\nOrigin: http://desk:1\r\nCookie: a=b\r\nContent-Length: 5\r\n"
        "Connection: close\r\n\r\nhello");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(answer.contains("X-Own: yes\r\n"));
    CHECK(answer.contains("Cache-Control: no-store\r\n"));
    CHECK(answer.ends_with("\r\n\r\n/echo desk:1 http://desk:1 a=b hello"));
}
