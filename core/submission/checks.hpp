// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for every submission, written or read. Internal to core/submission.
#pragma once

#include "core/base/result.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::submission {

// limit_exceeded past a cap; malformed where a text is not UTF-8, the uuid is not version 4, or a path comes twice.
[[nodiscard]] base::Result<void> check(const Submission& submission);

inline constexpr std::uint64_t format_version = 1;

}  // namespace pillarbox::submission
