// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a failing disk does to a file at rest.
#pragma once

#include <set>

#include "core/base/bytes.hpp"
#include "tests/faults/storage/seeded_random.hpp"

namespace pillarbox::tests {

inline constexpr std::size_t page_size_bytes = 4096;  // of a database

// Flips bits, overwrites a stretch with zeros or garbage, truncates, appends, or writes one page in another's place.
// Half of all damage is near the start, where a database has its roots. `bytes` are not empty.
void damage(base::Bytes& bytes, SeededRandom& random);

// The numbers, from 0, of the pages that are not what they were.
[[nodiscard]] std::set<std::size_t> changed_pages(const base::Bytes& before, const base::Bytes& after);

}  // namespace pillarbox::tests
