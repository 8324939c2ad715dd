// SPDX-License-Identifier: GPL-3.0-or-later
//
// The workspace at one moment, for reports and exports: read-only, in one transaction that lasts as long as the
// snapshot. Texts are as redacted, quotes are those that may be told, and responses that were set aside are left out.
// Responses are read from the database one at a time, as often as asked for: of each only its number is in memory.
//
// While it lives, nothing can be written through the same Workspace, which must outlive it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/sqlite/transaction.hpp"
#include "desk/exports/record_source.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/quotes.hpp"

namespace pillarbox::workspace {

struct SnapshotTag {
    submission::Uuid response{};
    std::string code, coder, path;
};

class Snapshot final : public exports::RecordSource {
  public:
    // `until`: the cut-off, by day of capture.
    [[nodiscard]] static base::Result<Snapshot> take(Workspace& workspace,
                                                     std::optional<base::Day> until = std::nullopt);
    Snapshot(Snapshot&&) noexcept = default;

    // By day, then uuid.
    [[nodiscard]] std::size_t size() const override { return ids_.size(); }
    [[nodiscard]] base::Result<exports::Record> at(std::size_t index) override;
    // Nothing where it is none of them.
    [[nodiscard]] base::Result<std::optional<submission::Uuid>> uuid_of(ResponseId response);

    std::vector<Code> codes;
    std::vector<SnapshotTag> tags;
    std::vector<Quote> quotes;
    std::size_t quotes_withheld = 0;  // that were picked, and may not be told

  private:
    Snapshot(Workspace& workspace, sqlite::Transaction one_moment, std::string until, sqlite::Statement read,
             sqlite::Statement find);
    [[nodiscard]] base::Result<void> find_responses();
    [[nodiscard]] base::Result<void> read_officers_work();

    Workspace* workspace_;
    sqlite::Transaction one_moment_;
    std::string until_;  // "2023-01-24"; empty: without a cut-off
    sqlite::Statement read_, find_;
    std::vector<ResponseId> ids_;
    std::map<ResponseId, std::vector<Redaction>> redactions_;
};

}  // namespace pillarbox::workspace
