// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/submission/submission.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_submission(base::ByteView input) {
    // As given, and padded as encode does, so that the size does not stop the fuzzer.
    base::Bytes padded(input.begin(), input.end());
    padded.push_back(0x80);
    padded.resize(submission::padded_size(input.size()));
    for (const base::ByteView bytes : {input, base::ByteView(padded)}) {
        const auto decoded = submission::decode(bytes);
        if (decoded) {
            const auto encoded = submission::encode(*decoded);
            PILLARBOX_CHECK(encoded && std::ranges::equal(encoded->view(), bytes));
        }
    }
}
