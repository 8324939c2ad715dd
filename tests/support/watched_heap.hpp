// SPDX-License-Identifier: GPL-3.0-or-later
//
// Replaces the operators new and delete of a test program by ones that ask before they give a block and show each
// one before they take it back. For one source of a program, which says what the two questions mean:
//
//     #include "tests/support/watched_heap.hpp"
//     bool tests::may_allocate(std::size_t size_bytes) noexcept { ... }
//     void tests::see_released(void* block) noexcept { ... }
#pragma once

#include <cstdlib>
#include <new>

namespace pillarbox::tests {

// False: there is no memory for this one.
[[nodiscard]] bool may_allocate(std::size_t size_bytes) noexcept;
// The block is still whole; malloc_usable_size() tells how long it is. It may be null.
void see_released(void* block) noexcept;

}  // namespace pillarbox::tests

void* operator new(std::size_t size_bytes) {
    void* const block =
        pillarbox::tests::may_allocate(size_bytes) ? std::malloc(size_bytes == 0 ? 1 : size_bytes) : nullptr;
    if (block == nullptr) {
        throw std::bad_alloc();
    }
    return block;
}

void* operator new(std::size_t size_bytes, const std::nothrow_t& /*tag*/) noexcept {
    return std::malloc(size_bytes == 0 ? 1 : size_bytes);
}

void operator delete(void* block) noexcept {
    pillarbox::tests::see_released(block);
    std::free(block);
}

void operator delete(void* block, std::size_t /*size_bytes*/) noexcept {
    pillarbox::tests::see_released(block);
    std::free(block);
}
