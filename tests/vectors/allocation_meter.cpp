// SPDX-License-Identifier: GPL-3.0-or-later
//
// Replaces this program's operator new by one that remembers the largest request, so that a parser which believes a
// length it read is found out even where the system would have given the memory.
#include <atomic>
#include <cstdlib>
#include <new>

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

void* operator new(std::size_t size) {
    std::size_t before = largest().load();
    while (before < size && !largest().compare_exchange_weak(before, size)) {
    }
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
    return std::malloc(size == 0 ? 1 : size);
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
