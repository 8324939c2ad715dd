// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/bridge.hpp"

#include <catch2/catch.hpp>
#include <chrono>

namespace {

using namespace pillarbox;
using namespace pillarbox::bridge;

}  // namespace

TEST_CASE("no thread is started without any bus") {
    const semantics::TreePublisher published;
    semantics::RequestQueue requests;
    CHECK(Bridge::start(Settings{}, published, requests) == nullptr);
}

TEST_CASE("a bus that is not there holds up neither the frames nor the end") {
    const char* const address = GENERATE("unix:path=/nonexistent/bus", "tcp:host=127.0.0.1,port=9", "nonsense");
    semantics::TreePublisher published;
    semantics::RequestQueue requests;
    const auto start = std::chrono::steady_clock::now();
    {
        const auto bridge = Bridge::start({.accessibility_bus = address}, published, requests);
        REQUIRE(bridge != nullptr);
        for (int frame = 0; frame < 100; ++frame) {
            semantics::Tree tree;
            tree.px_per_mm = frame + 1;
            published.publish(std::move(tree));
            bridge->follow(frame % 2 == 0 ? Frame::more_follow : Frame::at_rest);
        }
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{1});
    CHECK(requests.take().empty());
}
