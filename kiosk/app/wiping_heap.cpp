// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/wiping_heap.hpp"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PILLARBOX_OWN_HEAP 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define PILLARBOX_OWN_HEAP 0
#endif
#endif
#ifndef PILLARBOX_OWN_HEAP
#define PILLARBOX_OWN_HEAP 1
#endif

#if PILLARBOX_OWN_HEAP

// glibc's own, under the names by which it exports them beside the replaceable ones.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" void* __libc_malloc(std::size_t size) noexcept;
extern "C" void __libc_free(void* block) noexcept;
// NOLINTEND(bugprone-reserved-identifier)

// NOLINTBEGIN(cppcoreguidelines-no-malloc)
extern "C" void free(void* block) noexcept {
    if (block != nullptr) {
        ::explicit_bzero(block, ::malloc_usable_size(block));
        __libc_free(block);
    }
}

extern "C" void* realloc(void* block, std::size_t size) noexcept {
    if (block == nullptr) {
        return __libc_malloc(size);
    }
    if (size == 0) {
        free(block);
        return nullptr;
    }
    const std::size_t room = ::malloc_usable_size(block);
    if (size <= room && size >= room / 2) {
        return block;
    }
    void* moved = __libc_malloc(size);
    if (moved != nullptr) {
        std::memcpy(moved, block, std::min(size, room));
        free(block);
    }
    return moved;
}
// NOLINTEND(cppcoreguidelines-no-malloc)

#endif

namespace pillarbox::app {

HeapWiping heap_wiping() {
    return PILLARBOX_OWN_HEAP != 0 ? HeapWiping::on : HeapWiping::off;
}

}  // namespace pillarbox::app
