// SPDX-License-Identifier: GPL-3.0-or-later
//
// Replaces this program's operator new by one that remembers the largest request, so that a parser which believes a
// length it read is found out even where the system would have given the memory.
#include <atomic>

#include "tests/support/watched_heap.hpp"
#include "tests/vectors/vector_file.hpp"

namespace {

std::atomic<std::size_t>& largest() {
    static std::atomic<std::size_t> size_bytes{0};
    return size_bytes;
}

}  // namespace

std::size_t pillarbox::tests::largest_allocation_taken() {
    return largest().exchange(0);
}

bool pillarbox::tests::may_allocate(std::size_t size_bytes) noexcept {
    std::size_t before = largest().load();
    while (before < size_bytes && !largest().compare_exchange_weak(before, size_bytes)) {
    }
    return true;
}

void pillarbox::tests::see_released(void* /*block*/) noexcept {}
