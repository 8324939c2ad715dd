// SPDX-License-Identifier: GPL-3.0-or-later
//
// Holds a kiosk's stored batches against everything they were signed with, in order: numbers, digests, signatures,
// the chain of hashes, the attested gaps in it, the head. Whoever reads batches back goes by it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "sync/store/storage/rows.hpp"

namespace pillarbox::store {

class ChainCheck {
  public:
    // `gaps`: of this kiosk, ascending. `from`: a batch of it with its hash, or 0 and the genesis hash.
    ChainCheck(const storage::Kiosk& kiosk, std::vector<storage::Gap> gaps, std::uint64_t from,
               const crypto::Digest& from_hash);

    // The next batch that is there, parsed; damaged where it is not as it was accepted.
    [[nodiscard]] base::Result<batch::Batch> next(const storage::Batch& row);
    // After the last one; damaged unless the kiosk's head is reached.
    [[nodiscard]] base::Result<void> end();

    [[nodiscard]] std::uint64_t number() const { return number_; }  // reached so far
    [[nodiscard]] const crypto::Digest& hash() const { return hash_; }

  private:
    void pass_gaps();
    [[nodiscard]] std::unexpected<base::Error> broken(std::uint64_t number) const;

    const storage::Kiosk& kiosk_;
    std::vector<storage::Gap> gaps_;
    std::uint64_t number_;
    crypto::Digest hash_;
};

}  // namespace pillarbox::store
