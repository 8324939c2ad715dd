// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of a POST to a kiosk's batches: a CBOR sequence (RFC 8742) of byte strings, each one batch exactly as it
// was made. The numbers ascend without gaps; all of them are kept or none.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::protocol {

inline constexpr std::size_t upload_batches_max = 256;

[[nodiscard]] base::Bytes make_upload(const std::vector<base::Bytes>& batches);

// The batches as views into `body`, which must outlive them: 1 to upload_batches_max of them. Not parsed further.
[[nodiscard]] base::Result<std::vector<base::ByteView>> parse_upload(base::ByteView body,
                                                                     const batch::Limits& limits);

}  // namespace pillarbox::protocol
