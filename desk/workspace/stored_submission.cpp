// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/stored_submission.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/padding.hpp"

namespace pillarbox::workspace {

base::ByteView without_padding(base::ByteView encoded) {
    const auto mark =
        std::ranges::find_if(encoded.rbegin(), encoded.rend(), [](std::uint8_t byte) { return byte != 0; });
    PILLARBOX_CHECK(mark != encoded.rend());
    return encoded.first(static_cast<std::size_t>(encoded.rend() - mark) - 1);
}

base::Result<submission::Submission> decode_stored(base::ByteView stored) {
    base::Bytes encoded(submission::padded_size(stored.size()));
    std::ranges::copy(stored, encoded.begin());
    crypto::pad(encoded, stored.size());
    return submission::decode(encoded);
}

}  // namespace pillarbox::workspace
