// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes the responses of a checked export into the workspace: each envelope opened once, in parallel, while what was
// opened before is written. Committed chunk by chunk, so that a kill loses the last chunk's work and no response, and
// a second run goes on where the first ended. A damaged envelope never stops the others. What was withdrawn stays
// out.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/opening/progress.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

struct TakenIn {
    std::uint64_t envelopes = 0;        // looked at
    std::uint64_t known = 0;            // of these: opened by an earlier run, or the same envelope once more
    std::uint64_t responses = 0;        // new ones
    std::uint64_t duplicates = 0;       // another envelope of a submission that was there
    std::uint64_t contradictions = 0;   // of the duplicates: other content under the same uuid; the first was kept
    std::uint64_t tests = 0;            // test submissions, which are left out
    std::uint64_t withdrawn = 0;        // left out; what the store tells of as withdrawn is taken out, too
    std::uint64_t lost = 0;             // gave no submission; listed by lost_envelopes
    std::uint64_t other_campaigns = 0;  // batches skipped
};

// Errors only for what stops the whole (the disk is full, a batch file changed since it was checked).
[[nodiscard]] base::Result<TakenIn> take_in(Workspace& workspace, const opening::ExportReport& report,
                                            const std::vector<envelope::Identity>& identities, unsigned jobs,
                                            base::Day today, opening::Progress& progress);

struct LostEnvelope {
    std::string digest, station, place, reason;  // the reason is an error's text: it never holds answer text
};
[[nodiscard]] base::Result<std::vector<LostEnvelope>> lost_envelopes(Workspace& workspace);

}  // namespace pillarbox::workspace
