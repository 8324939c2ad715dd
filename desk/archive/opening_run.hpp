// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens the envelopes of a checked export batch by batch, and puts what counts into a spool. What counts is what
// `pillarbox open` counts: the first of equal envelopes and of equal uuids, no test, nothing of another campaign. On
// the way it hands on each batch as the archive keeps it.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/envelope/envelope.hpp"
#include "desk/archive/spool.hpp"
#include "desk/archive/withdrawn.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/opening/progress.hpp"

namespace pillarbox::archive {

struct OpeningPlan {
    std::string campaign_id;
    const std::vector<envelope::Identity>& identities;
    const WithdrawnTags& withdrawn;
    unsigned jobs = 1;
};

struct OpeningCounts {
    std::uint64_t responses = 0, duplicates = 0, tests = 0, withdrawn = 0, other_campaigns = 0;
    std::vector<std::string> damaged;  // one line each: log, batch, position, why
};

// The bytes under which a batch file is kept: without the envelopes that were withdrawn or are another campaign's.
using TakeBatch =
    std::function<base::Result<void>(const opening::LogReport&, const opening::CheckedBatch&, base::ByteView)>;

[[nodiscard]] base::Result<OpeningCounts> open_into(Spool& spool, const opening::ExportReport& report,
                                                    const OpeningPlan& plan, const TakeBatch& take_batch,
                                                    opening::Progress& progress);

}  // namespace pillarbox::archive
