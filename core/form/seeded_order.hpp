// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order that randomize() with a seed puts things into: the same in every form engine, so that a person sees the
// same order again. Park and Miller's generator with an inside-out Fisher-Yates shuffle.
// https://getodk.github.io/xforms-spec/#fn:randomize
#pragma once

#include <cstddef>
#include <vector>

namespace pillarbox::form {

// Of 0 ... count - 1. The seed counts without its fraction; NaN as 0.
[[nodiscard]] std::vector<std::size_t> seeded_order(std::size_t count, double seed);

}  // namespace pillarbox::form
