// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/sent_again.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace pillarbox::store {

base::Result<std::uint64_t> sent_again(Transaction& transaction, const Kiosk& kiosk,
                                       std::span<const Arriving> arriving) {
    std::map<batch::WithdrawalTag, std::uint64_t> sought;  // in how many of the batches
    for (const Arriving& each : arriving) {
        if (each.number <= sent_again_batches_max) {
            for (const batch::WithdrawalTag& tag : std::set(each.tags.begin(), each.tags.end())) {
                ++sought[tag];
            }
        }
    }
    sought.erase(batch::test_tag());
    if (kiosk.forerunner == batch::LogId{} || sought.empty()) {
        return 0;
    }
    const std::optional<Kiosk> before = TRY(transaction.find_kiosk(kiosk.forerunner));
    if (!before.has_value()) {
        return 0;
    }
    std::uint64_t found = 0;
    const auto look = [&](const storage::Batch& row) -> base::Result<void> {
        const batch::Batch parsed = TRY(batch::parse_batch(row.content, no_limits, batch::Withdrawn::taken));
        for (const batch::Item& item : parsed.items) {
            if (const auto again = sought.extract(item.tag)) {
                found += again.mapped();
            }
        }
        return {};
    };
    const std::uint64_t first = before->stored - std::min(before->stored, sent_again_batches_max);
    TRY(transaction.read_batches(kiosk.forerunner, first, look));
    return found;
}

}  // namespace pillarbox::store
