// SPDX-License-Identifier: GPL-3.0-or-later
//
// A submission as the database keeps it: its canonical bytes without the padding, which hides nothing here. Internal
// to desk/workspace.
#pragma once

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::workspace {

[[nodiscard]] base::Result<base::ByteView> without_padding(base::ByteView encoded);  // a part of `encoded`
[[nodiscard]] base::Result<submission::Submission> decode_stored(base::ByteView stored);

}  // namespace pillarbox::workspace
