// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/chain.hpp"

#include <fmt/format.h>

#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

ChainCheck::ChainCheck(const Kiosk& kiosk, std::vector<storage::Gap> gaps, std::uint64_t from,
                       const crypto::Digest& from_hash)
    : kiosk_(kiosk), gaps_(std::move(gaps)), number_(from), hash_(from_hash) {
    pass_gaps();
}

void ChainCheck::pass_gaps() {
    for (const storage::Gap& gap : gaps_) {
        if (gap.is_open() && gap.first == number_ + 1) {
            number_ = gap.last;
            hash_ = gap.last_hash;
        }
    }
}

base::Result<batch::Batch> ChainCheck::next(const storage::Batch& row) {
    auto parsed = batch::parse_batch(row.content, no_limits, batch::Withdrawn::taken);
    const std::uint64_t number = number_ + 1;
    const bool whole = parsed.has_value() && row.number == number && parsed->header.number == number &&
                       parsed->header.log_id == kiosk_.log_id && parsed->header.previous == hash_ &&
                       batch::hash_of(parsed->header) == row.hash &&
                       batch::verify_signature(*parsed, kiosk_.device_key).has_value();
    if (!whole) {
        return broken(number);
    }
    number_ = number;
    hash_ = row.hash;
    pass_gaps();
    return parsed;
}

base::Result<void> ChainCheck::end() {
    if (number_ != kiosk_.stored || hash_ != kiosk_.stored_hash) {
        return broken(number_ + 1);
    }
    return {};
}

std::unexpected<base::Error> ChainCheck::broken(std::uint64_t number) const {
    return base::fail(base::ErrorCode::damaged, base::to_hex(kiosk_.log_id),
                      fmt::format("Batch {} is not as it was accepted.", number),
                      "Stop the store, keep its database for inspection, and put back the last verified backup.");
}

}  // namespace pillarbox::store
