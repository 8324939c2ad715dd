// SPDX-License-Identifier: GPL-3.0-or-later
//
// Replaces this program's operator new by one that can be made to fail on every thread but the test's own: the
// server's.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/core/http/http_fixture.hpp"
#include "tests/support/watched_heap.hpp"

using namespace pillarbox;

namespace {

std::atomic<bool>& others_have_no_memory() {
    static std::atomic<bool> value{false};
    return value;
}

bool& is_test_thread() {
    thread_local bool value = false;
    return value;
}

}  // namespace

bool tests::may_allocate(std::size_t /*size_bytes*/) noexcept {
    return !others_have_no_memory() || is_test_thread();
}

void tests::see_released(void* /*block*/) noexcept {}

TEST_CASE("A server that had no memory for a connection takes the next ones when it has some again") {
    tests::EchoServer echo;
    const sockaddr_in address = tests::loopback(echo.server.port());
    is_test_thread() = true;
    others_have_no_memory() = true;
    for (int i = 0; i < 3; ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        CHECK(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        ::close(socket);
    }
    others_have_no_memory() = false;
    auto client = tests::make_client(echo.server.port(), echo.pin());
    CHECK(client.send({http::Method::post, "/echo", "x/y", {}}).has_value());
    CHECK(echo.requests == 1);
}
