// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/wiping_heap.hpp"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

namespace pillarbox {
namespace {

constexpr char canary = 'Z';
// The heap writes its own chain and a random key into a freed block: one of their bytes may look like a canary.
constexpr std::size_t run = 4;

// By the kernel: the program itself may not read what it has freed. Takes no memory while it looks, as that would be
// the block that was freed last.
class Looker {
  public:
    std::size_t canaries_at(std::uintptr_t address, std::size_t size) {
        const iovec into{seen_.data(), size};
        const iovec from{reinterpret_cast<void*>(address), size};
        const auto read = ::process_vm_readv(::getpid(), &into, 1, &from, 1, 0);
        std::size_t found = 0;
        for (std::size_t end = run; read > 0 && end <= size; ++end) {
            found +=
                std::ranges::all_of(std::span(seen_).subspan(end - run, run), [](char c) { return c == canary; });
        }
        return found;
    }

  private:
    std::vector<char> seen_ = std::vector<char>(100'000);
};

bool heap_wipes() {
    if (app::heap_wiping() == app::HeapWiping::off) {
        std::puts("SKIPPED: a sanitizer's heap stands in the place of the kiosk's");
        return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a block of any size holds nothing of what was written once it is freed") {
    if (!heap_wipes()) {
        return;
    }
    Looker looker;
    for (const std::size_t size : {16U, 200U, 1'000U, 4'000U, 70'000U}) {
        void* block = std::malloc(size);
        REQUIRE(block != nullptr);
        std::memset(block, canary, size);
        const auto address = reinterpret_cast<std::uintptr_t>(block);
        REQUIRE(looker.canaries_at(address, size) == size - run + 1);
        std::free(block);
        INFO(size << " bytes");
        CHECK(looker.canaries_at(address, size) == 0);
    }
}

TEST_CASE("a block that was left for a larger one holds nothing and the larger one holds all") {
    if (!heap_wipes()) {
        return;
    }
    Looker looker;
    constexpr std::size_t size = 1'000;
    void* block = std::malloc(size);
    REQUIRE(block != nullptr);
    std::memset(block, canary, size);
    void* beside = std::malloc(size);  // so that it can't grow where it is
    const auto address = reinterpret_cast<std::uintptr_t>(block);
    void* larger = std::realloc(block, 100 * size);
    REQUIRE(larger != nullptr);
    CHECK(reinterpret_cast<std::uintptr_t>(larger) != address);
    CHECK(looker.canaries_at(address, size) == 0);
    CHECK(looker.canaries_at(reinterpret_cast<std::uintptr_t>(larger), size) == size - run + 1);
    std::free(larger);
    std::free(beside);
}

}  // namespace pillarbox
