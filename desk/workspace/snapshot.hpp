// SPDX-License-Identifier: GPL-3.0-or-later
//
// The workspace at one moment, for reports and exports: read-only, plain values, in one transaction. Texts are as
// redacted, quotes are those that may be told, and responses that were set aside are left out.
#pragma once

#include <optional>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "desk/exports/record.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/quotes.hpp"

namespace pillarbox::workspace {

struct SnapshotTag {
    submission::Uuid response{};
    std::string code, coder, path;
};

struct Snapshot {
    std::vector<exports::Record> records;  // by day, then uuid
    std::vector<ResponseId> ids;           // of the records, in their order
    std::vector<Status> statuses;          // of the records, in their order
    std::vector<Code> codes;
    std::vector<SnapshotTag> tags;
    std::vector<Quote> quotes;
    std::size_t quotes_withheld = 0;  // that were picked, and may not be told
};

// `until`: the cut-off, by day of capture.
[[nodiscard]] base::Result<Snapshot> take_snapshot(Workspace& workspace,
                                                   std::optional<base::Day> until = std::nullopt);

}  // namespace pillarbox::workspace
