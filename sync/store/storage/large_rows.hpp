// SPDX-License-Identifier: GPL-3.0-or-later
//
// Large envelopes, which come in parts before the batch that names them (sync/store/parts.hpp): what is known of each,
// and its parts, in rows of at most 512 KiB. None is ever in memory as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::storage {

struct Large {
    batch::LargeEnvelope envelope;
    batch::WithdrawalTag tag{};
    std::uint64_t parts = 0;  // held so far, from the first on; all of them only where the whole has its digest
    std::uint64_t batch = 0;  // that names it, once stored; 0 before: then it is nobody's response yet
    std::string day;          // of the last change
    friend bool operator==(const Large&, const Large&) = default;
};

// What a kiosk's large envelopes that no stored batch names take up.
struct UnnamedSize {
    batch::LogId log_id{};
    std::uint64_t envelopes = 0;
    std::uint64_t size_bytes = 0;  // of the parts that are here
    friend bool operator==(const UnnamedSize&, const UnnamedSize&) = default;
};

enum class WhichLarge { all, unnamed };

class LargeRows {
  public:
    [[nodiscard]] virtual base::Result<std::optional<Large>> find_large(const batch::LogId& log_id,
                                                                        const crypto::Digest& envelope) = 0;
    [[nodiscard]] virtual base::Result<std::vector<Large>> all_large(const batch::LogId& log_id,
                                                                     WhichLarge which) = 0;  // by digest
    // In the place of the one of this digest.
    [[nodiscard]] virtual base::Result<void> put_large(const batch::LogId& log_id, const Large& large) = 0;
    // A number of an envelope is taken once.
    [[nodiscard]] virtual base::Result<void> add_part(const batch::LogId& log_id, const crypto::Digest& envelope,
                                                      std::uint64_t number, base::ByteView content) = 0;
    [[nodiscard]] virtual base::Result<std::optional<base::Bytes>> part_content(const batch::LogId& log_id,
                                                                                const crypto::Digest& envelope,
                                                                                std::uint64_t number) = 0;
    // With its parts.
    [[nodiscard]] virtual base::Result<void> drop_large(const batch::LogId& log_id,
                                                        const crypto::Digest& envelope) = 0;
    [[nodiscard]] virtual base::Result<std::vector<UnnamedSize>> unnamed_sizes() = 0;  // of kiosks with any

  protected:
    LargeRows() = default;
    ~LargeRows() = default;
    LargeRows(const LargeRows&) = default;
    LargeRows& operator=(const LargeRows&) = default;
};

}  // namespace pillarbox::storage
