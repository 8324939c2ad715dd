// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes the folder that `pillarbox-store export` would write, of kiosks that sealed and batched synthetic responses:
// with the real code, keys from the seed. Responses stay in memory only until their batch is full.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"
#include "tests/faults/storage/seeded_random.hpp"

namespace pillarbox::tests {

class ExportMaker {
  public:
    // `folder` is made. Batches are of `campaign_id` unless a call says otherwise.
    ExportMaker(std::filesystem::path folder, std::string campaign_id, crypto::Digest pack_digest,
                std::uint64_t seed);

    [[nodiscard]] base::Result<void> add_kiosk(const std::string& station);
    [[nodiscard]] std::size_t kiosks() const { return kiosks_.size(); }
    [[nodiscard]] const std::string& station(std::size_t kiosk) const { return kiosks_[kiosk].station; }

    // Put into the kiosk's next batch, which is written when it holds as many as were drawn for it.
    [[nodiscard]] base::Result<void> add(std::size_t kiosk, batch::Item item);
    // A batch of another campaign, in the same chain.
    [[nodiscard]] base::Result<void> add_foreign_batch(std::size_t kiosk, const std::string& campaign_id,
                                                       const std::vector<batch::Item>& items);
    // What is left, the receipts, kiosks.json and store.json. Nothing may be added after it.
    [[nodiscard]] base::Result<void> finish();

    [[nodiscard]] std::uint64_t batches() const { return batches_; }

  private:
    struct Kiosk {
        std::string station;
        crypto::SigningKey key;
        batch::Header last;  // number 0 before the first
        crypto::Digest hash{};
        std::vector<batch::Item> waiting;
        std::size_t wanted = 0;
    };
    base::Result<void> write_batch(Kiosk& kiosk, const std::string& campaign_id,
                                   const std::vector<batch::Item>& items);
    base::Result<void> flush(Kiosk& kiosk);
    base::Result<void> write_lists();

    std::filesystem::path folder_;
    std::string campaign_id_;
    crypto::Digest pack_digest_;
    SeededRandom random_;
    crypto::SigningKey store_;
    std::vector<Kiosk> kiosks_;
    std::uint64_t batches_ = 0;
};

}  // namespace pillarbox::tests
