// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/padding.hpp"

#include <sodium.h>

#include "core/base/check.hpp"

namespace pillarbox::crypto {

void pad(std::span<std::uint8_t> buffer, std::size_t content_size_bytes) {
    PILLARBOX_CHECK(content_size_bytes < buffer.size());
    // One "block" is the whole buffer: content that is smaller than it is padded to exactly its end.
    std::size_t padded_size = 0;
    const int result = sodium_pad(&padded_size, buffer.data(), content_size_bytes, buffer.size(), buffer.size());
    PILLARBOX_CHECK(result == 0 && padded_size == buffer.size());
}

base::Result<std::size_t> unpadded_size(base::ByteView padded) {
    std::size_t size = 0;
    if (padded.empty() || sodium_unpad(&size, padded.data(), padded.size(), padded.size()) != 0) {
        return base::fail(base::ErrorCode::malformed, {}, "The padding is not ISO/IEC 7816-4 padding.");
    }
    return size;
}

}  // namespace pillarbox::crypto
