// SPDX-License-Identifier: GPL-3.0-or-later
//
// free() and realloc() of every program that links this: each block is overwritten when it is freed, and when it is
// left for a larger one. They stand before glibc's for all libraries of the process, so that what Pango, HarfBuzz and
// Mesa copied is overwritten too. Threading: any, as the functions they replace.
#pragma once

namespace pillarbox::app {

// off: under a sanitizer, which has a heap of its own.
enum class HeapWiping { off, on };
[[nodiscard]] HeapWiping heap_wiping();

}  // namespace pillarbox::app
