// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is derived from responses so that they can be found: chosen answers, and words (FTS5). Made after they are
// taken in, not while: it costs more than opening them, and can be made again at any time.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.hpp"
#include "core/submission/submission.hpp"
#include "desk/opening/progress.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

// Indexes the responses that are not yet; resumable. Lists and searches call it first.
[[nodiscard]] base::Result<void> bring_index_up_to_date(Workspace& workspace, opening::Progress* progress = nullptr);

// For the first taking in, which fills an empty table: the index by which lists are in order is made at once afterwards
// (by the above), which costs a fifth of keeping it up for each response.
[[nodiscard]] base::Result<void> drop_order(sqlite::Connection& database);

// The words of one response as they went into the index, by which they can be taken out again.
[[nodiscard]] std::string indexed_words(const form::Form& form, const submission::Submission& submission);

}  // namespace pillarbox::workspace
