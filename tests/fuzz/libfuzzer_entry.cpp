// SPDX-License-Identifier: GPL-3.0-or-later
//
// libFuzzer's entry point, compiled once for each target: PILLARBOX_FUZZ_TARGET is its function.
// https://llvm.org/docs/LibFuzzer.html
#include <cstddef>
#include <cstdint>

#include "targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    pillarbox::fuzz::PILLARBOX_FUZZ_TARGET({bytes, size});
    return 0;
}
