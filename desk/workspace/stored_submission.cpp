// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/stored_submission.hpp"

#include <algorithm>

#include "core/crypto/padding.hpp"

namespace pillarbox::workspace {

base::Result<base::ByteView> without_padding(base::ByteView encoded) {
    return encoded.first(TRY(crypto::unpadded_size(encoded)));
}

base::Result<submission::Submission> decode_stored(base::ByteView stored) {
    base::Bytes encoded(submission::padded_size(stored.size()));
    std::ranges::copy(stored, encoded.begin());
    crypto::pad(encoded, stored.size());
    return submission::decode(encoded);
}

}  // namespace pillarbox::workspace
