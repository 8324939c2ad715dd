// SPDX-License-Identifier: GPL-3.0-or-later
//
// A submission as the database keeps it: its canonical bytes without the padding, which hides nothing here. Internal
// to desk/workspace.
#pragma once

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::workspace {

// A part of `encoded`, which submission::decode has accepted: so its padding is as it must be.
[[nodiscard]] base::ByteView without_padding(base::ByteView encoded);
[[nodiscard]] base::Result<submission::Submission> decode_stored(base::ByteView stored);

}  // namespace pillarbox::workspace
