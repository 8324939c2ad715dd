// SPDX-License-Identifier: GPL-3.0-or-later
//
// Responses that may be one person's twice, or one text sent by many: the same long answer, whatever the case, the
// spaces and the signs. A suspicion that an officer looks at; every response counts until one is set aside.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "core/crypto/hash.hpp"
#include "core/form/form.hpp"
#include "core/submission/submission.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

inline constexpr std::size_t alike_size_bytes_min = 40;  // shorter answers are alike by chance

// One hash for each answer that is long enough.
[[nodiscard]] std::vector<crypto::Digest> prints_of(const form::Form& form, const submission::Submission& submission);

// Groups of two or more responses that share an answer, each group once. Without those that `mark_different` took
// out.
[[nodiscard]] base::Result<std::vector<std::vector<ResponseId>>> suspected_duplicates(Workspace& workspace);

// That the response is none of its group's: undo brings it back.
[[nodiscard]] base::Result<void> mark_different(Workspace& workspace, const Editor& editor, ResponseId response);

}  // namespace pillarbox::workspace
