// SPDX-License-Identifier: GPL-3.0-or-later
//
// What growing costs a kiosk with little memory. SQLite's own pages are not counted: its cache has a size.
#include <malloc.h>

#include <algorithm>
#include <atomic>

#include "tests/core/outbox/outbox_fixture.hpp"
#include "tests/support/watched_heap.hpp"

namespace {

struct Held {
    std::atomic<std::int64_t> now{0};
    std::atomic<std::int64_t> most{0};
};

Held& held() {
    static Held bytes;
    return bytes;
}

}  // namespace

// The blocks of operator new, in the size in which they are given back.
bool pillarbox::tests::may_allocate(std::size_t size_bytes) noexcept {
    const std::int64_t now = held().now += static_cast<std::int64_t>(size_bytes);
    held().most = std::max(held().most.load(), now);
    return true;
}

void pillarbox::tests::see_released(void* block) noexcept {
    held().now -= static_cast<std::int64_t>(malloc_usable_size(block));
}

using namespace pillarbox;
using tests::OutboxFixture;

TEST_CASE_METHOD(OutboxFixture,
                 "the pool grows with little of it in memory and everything in it is there afterwards") {
    constexpr int slots_of_three_blocks = 768;
    constexpr std::int64_t pool_size_bytes = slots_of_three_blocks * 4096;
    auto outbox = open();
    for (int number = 0; number < slots_of_three_blocks; ++number) {
        REQUIRE(outbox.add(tests::numbered_item(number), outbox::Emptying::by_checkpoint).has_value());
    }
    REQUIRE(outbox.counts()->bytes_free == 0);
    held().now = 0;
    held().most = 0;
    REQUIRE(outbox.add(tests::numbered_item(slots_of_three_blocks)).has_value());
    CHECK(held().most > 0);
    CHECK(held().most < pool_size_bytes / 4);
    REQUIRE(outbox.start_log(log_id).has_value());
    const auto batch = draw(outbox);
    REQUIRE(batch.has_value());
    REQUIRE(batch->has_value());
    CHECK(tests::items_in(**batch).size() == slots_of_three_blocks + 1);
}
