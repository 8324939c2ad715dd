// SPDX-License-Identifier: GPL-3.0-or-later
//
// age files as text (C2SP age, "ASCII armor"), as `age --armor` writes them: lines of 64 letters of base64 between
// two marks. Strict, so that a file has one text but for line ends and white space around it.
#pragma once

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::envelope {

// Whether the first line that is not blank is the mark at the start.
[[nodiscard]] bool is_armored(base::ByteView bytes);

// malformed where a line is too long, too short, blank or no base64, where the end's mark is missing, or where
// anything but white space follows it.
[[nodiscard]] base::Result<base::Bytes> without_armor(base::ByteView bytes);

}  // namespace pillarbox::envelope
