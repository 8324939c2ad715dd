// SPDX-License-Identifier: GPL-3.0-or-later
//
// One malformed request after the other, as bytes over TLS or without it: what the store answers to each, and that
// the next client is served.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "sync/protocol/routes.hpp"
#include "tests/core/http/raw_connection.hpp"
#include "tests/sync/hostile/plain_connection.hpp"
#include "tests/sync/hostile/watched_store.hpp"

using namespace pillarbox;
using tests::RawConnection;

namespace {

constexpr int closed = 0;  // without an answer

struct Case {
    std::string name;
    std::string request;
    int status;
};

int status_in(const std::string& answer) {
    const std::string start = "HTTP/1.1 ";
    return answer.starts_with(start) ? std::stoi(answer.substr(start.size(), 3)) : closed;
}

std::string with(const std::string& fields, const std::string& start = "POST /v1/enrol HTTP/1.1\r\nHost: x\r\n") {
    return start + fields + "\r\n";
}

std::string health(const std::string& fields) {
    return with(fields + "Connection: close\r\n", "GET /healthz HTTP/1.1\r\nHost: x\r\n");
}

std::vector<Case> lengths() {
    return {
        {"no length", with(""), 411},
        {"two equal lengths", with("Content-Length: 1\r\nContent-Length: 1\r\n") + "a", 400},
        {"two lengths", with("Content-Length: 1\r\nContent-Length: 2\r\n") + "ab", 400},
        {"a list of lengths", with("Content-Length: 1, 1\r\n") + "a", 400},
        {"a length and chunks", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
        {"chunks and a length", with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n", 400},
        {"chunks", with("Transfer-Encoding: chunked\r\n") + "1\r\na\r\n0\r\n\r\n", 411},
        {"a chunk with an extension", with("Transfer-Encoding: chunked\r\n") + "1;a=b\r\na\r\n0\r\n\r\n", 411},
        {"chunks in disguise", with("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n", 411},
        {"chunks twice", with("Transfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n", 411},
        {"no encoding", with("Transfer-Encoding: identity\r\nContent-Length: 1\r\n") + "a", 411},
        {"a negative length", with("Content-Length: -1\r\n"), 400},
        {"a length with a sign", with("Content-Length: +1\r\n") + "a", 400},
        {"a hexadecimal length", with("Content-Length: 0x1\r\n") + "a", 400},
        {"a length of letters", with("Content-Length: one\r\n"), 400},
        {"an empty length", with("Content-Length: \r\n"), 400},
        {"a broken length", with("Content-Length: 1.0\r\n") + "a", 400},
        {"a length of 2^64", with("Content-Length: 18446744073709551616\r\n"), 400},
        {"a length of 2^64-1", with("Content-Length: 18446744073709551615\r\n"), 413},
        {"a length over the limit", with("Content-Length: 513\r\n"), 413},
        {"a body where none is taken", health("Content-Length: 1\r\n") + "a", 413},
    };
}

std::vector<Case> lines() {
    const std::string get = "GET /healthz HTTP/1.1";
    std::string many;
    for (int i = 0; i < 100'000; ++i) {
        many += "A: b\r\n";
    }
    return {
        {"a good request", health(""), 200},
        {"a bare LF", get + "\nHost: x\n\n", 400},
        {"a bare CR", get + "\rHost: x\r\r", 400},
        {"a CR in a value", health("A: b\rc\r\n"), 400},
        {"an LF in a value", health("A: b\nc\r\n"), 400},
        {"a NUL in a value", health(std::string("A: b\0c\r\n", 8)), 400},
        {"a NUL in a name", health(std::string("A\0: b\r\n", 7)), 400},
        {"a NUL in the path", std::string("GET /heal\0thz HTTP/1.1\r\nHost: x\r\n\r\n", 36), 400},
        {"a space before the colon", health("A : b\r\n"), 400},
        {"a name of nothing", health(": b\r\n"), 400},
        {"a folded line whose length is another", with("A: b\r\n Content-Length: 1\r\nContent-Length: 0\r\n"), 400},
        {"a hundred thousand fields", health(many), 431},
        {"one field of a megabyte", health("A: " + std::string(1'000'000, 'b') + "\r\n"), 431},
        {"a path of a megabyte", with("", "GET /" + std::string(1'000'000, 'b') + " HTTP/1.1\r\nHost: x\r\n"), 431},
        {"no host", get + "\r\nConnection: close\r\n\r\n", 400},
        {"two hosts", health("Host: y\r\n"), 400},
        {"an absolute target", with("Connection: close\r\n", "GET https://x/healthz HTTP/1.1\r\nHost: x\r\n"), 404},
        {"an asterisk", with("", "OPTIONS * HTTP/1.1\r\nHost: x\r\n"), 404},
        {"a tunnel", with("", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n"), 404},
        {"a method of nobody", with("", "BREW /healthz HTTP/1.1\r\nHost: x\r\n"), 405},
        {"another spelling of a path", with("Connection: close\r\n", "GET //healthz HTTP/1.1\r\nHost: x\r\n"), 404},
        {"a path up and down", with("Connection: close\r\n", "GET /v1/../healthz HTTP/1.1\r\nHost: x\r\n"), 404},
        {"an upgrade", health("Upgrade: websocket\r\n"), 200},
        {"an upgrade to HTTP/2", health("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"), 200},
        {"an expectation", with("Expect: 100-continue\r\nContent-Length: 513\r\n"), 413},
        {"HTTP/0.9", "GET /healthz\r\n\r\n", 400},
        {"HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n", 200},
        {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        {"HTTP/9.9", "GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n", 400},
        {"no HTTP at all", std::string("\x01\x02\x03\x04\xff\xfe\r\n\r\n"), 400},
        {"an empty line first", "\r\n" + health(""), 400},
    };
}

}  // namespace

TEST_CASE("Each malformed request has its answer and leaves the store as it was") {
    tests::WatchedStore store;
    for (const auto& cases : {lengths(), lines()}) {
        for (const auto& [name, request, status] : cases) {
            INFO(name);
            RawConnection connection(store.port());
            REQUIRE(connection.connected());
            connection.send(request);
            CHECK(status_in(connection.read_to_end()) == status);
        }
    }
    store.deliver();
    store.check_contents();
}

TEST_CASE("Of two requests in one stream the second is not answered where the first was refused") {
    tests::WatchedStore store;
    RawConnection connection(store.port());
    REQUIRE(connection.connected());
    connection.send(with("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + health(""));
    const std::string answer = connection.read_to_end();
    CHECK(status_in(answer) == 400);
    CHECK(answer.find("HTTP/1.1", 1) == std::string::npos);
}

TEST_CASE("Who speaks no TLS 1.3 gets nothing and the store goes on") {
    tests::WatchedStore store;
    CHECK_FALSE(RawConnection(store.port(), TLS1_2_VERSION).connected());
    CHECK_FALSE(RawConnection(store.port(), TLS1_1_VERSION).connected());
    for (const std::string& text :
         {std::string("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"), std::string(100'000, '\0'),
          std::string("\x16\x03\x01\xff\xff") + std::string(70'000, '\x01'),
          std::string("SSH-2.0-OpenSSH_9.2\r\n")}) {
        const tests::PlainConnection connection(store.port());
        connection.send(text);
        CHECK(connection.read_to_end().find("HTTP") == std::string::npos);
    }
    store.deliver();
    store.check_contents();
}

TEST_CASE("A client that asks for new keys without end is served like any other and costs no memory") {
    tests::WatchedStore store;
    RawConnection connection(store.port());
    REQUIRE(connection.connected());
    const auto before = store.footprint();
    int renewed = 0;
    while (renewed < 20'000 && connection.renew_keys()) {
        ++renewed;
    }
    INFO(renewed);
    store.deliver();
    store.check_memory(before.peak_kib + 4 * 1024);
    store.check_contents();
}

TEST_CASE("A client that closes one half or everything in the middle leaves nothing behind") {
    tests::WatchedStore store;
    const auto before = store.footprint_at_rest();
    const std::string half =
        "POST " + store.batches_path() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf";
    for (int i = 0; i < 50; ++i) {
        RawConnection connection(store.port());
        REQUIRE(connection.connected());
        connection.send(half);
        if (i % 2 == 0) {
            connection.shut_down_sending();
            CHECK(connection.read_to_end().empty());
        }
    }
    store.deliver();
    for (int tries = 0; tries < 50 && store.footprint().descriptors > before.descriptors; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    CHECK(store.footprint().descriptors == before.descriptors);
    store.check_contents();
}
