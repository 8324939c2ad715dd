// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/stored_submission.hpp"

#include <algorithm>
#include <array>

#include "core/base/check.hpp"
#include "core/crypto/padding.hpp"

namespace pillarbox::workspace {

base::ByteView without_padding(base::ByteView encoded) {
    // Eight zeros at a time: half of what was opened may be padding.
    constexpr std::array<std::uint8_t, 8> zeros{};
    while (encoded.size() >= zeros.size() && std::ranges::equal(encoded.last(zeros.size()), zeros)) {
        encoded = encoded.first(encoded.size() - zeros.size());
    }
    while (!encoded.empty() && encoded.back() == 0) {
        encoded = encoded.first(encoded.size() - 1);
    }
    PILLARBOX_CHECK(!encoded.empty());
    return encoded.first(encoded.size() - 1);  // without the mark before the zeros
}

base::Result<submission::Submission> decode_stored(base::ByteView stored) {
    base::Bytes encoded(submission::padded_size(stored.size()));
    std::ranges::copy(stored, encoded.begin());
    crypto::pad(encoded, stored.size());
    return submission::decode(encoded);
}

}  // namespace pillarbox::workspace
