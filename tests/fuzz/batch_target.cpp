// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/batch/batch.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_batch(base::ByteView input) {
    const auto batch = batch::parse_batch(input, {});
    if (batch) {
        // One encoding for each batch: nobody can alter bytes that the signature does not cover.
        PILLARBOX_CHECK(std::ranges::equal(batch::encode_batch(*batch), input));
    }
}
