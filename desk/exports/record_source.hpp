// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opened submissions, read one at a time as often as somebody asks, so that a hundred thousand of them need no more
// memory than one: whoever counts or writes walks through them and keeps none. The workspace's snapshot is one
// (desk/workspace/snapshot.hpp), what is anonymised of it another (anonymised.hpp).
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::exports {

class RecordSource {
  public:
    virtual ~RecordSource() = default;
    RecordSource(const RecordSource&) = delete;
    RecordSource& operator=(const RecordSource&) = delete;

    [[nodiscard]] virtual std::size_t size() const = 0;
    // Of an `index` below size(): always the same record.
    [[nodiscard]] virtual base::Result<Record> at(std::size_t index) = 0;

  protected:
    RecordSource() = default;
    RecordSource(RecordSource&&) noexcept = default;
};

// Those that are in memory anyway, and stay there.
class RecordList final : public RecordSource {
  public:
    explicit RecordList(const std::vector<Record>& records) : records_(records) {}
    [[nodiscard]] std::size_t size() const override { return records_.size(); }
    [[nodiscard]] base::Result<Record> at(std::size_t index) override { return records_.at(index); }

  private:
    const std::vector<Record>& records_;
};

}  // namespace pillarbox::exports
