// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/sent_again.hpp"

#include <algorithm>
#include <set>

namespace pillarbox::store {

base::Result<std::uint64_t> sent_again(Transaction& transaction, const Kiosk& kiosk, std::uint64_t number,
                                       std::span<const batch::WithdrawalTag> tags) {
    if (kiosk.forerunner == batch::LogId{} || number > sent_again_batches_max) {
        return 0;
    }
    const std::optional<Kiosk> before = TRY(transaction.find_kiosk(kiosk.forerunner));
    if (!before.has_value()) {
        return 0;
    }
    std::set<batch::WithdrawalTag> sought(tags.begin(), tags.end());
    sought.erase(batch::test_tag());
    std::uint64_t found = 0;
    const auto look = [&](const storage::Batch& row) -> base::Result<void> {
        const batch::Batch parsed = TRY(batch::parse_batch(row.content, no_limits, batch::Withdrawn::taken));
        for (const batch::Item& item : parsed.items) {
            found += sought.erase(item.tag);
        }
        return {};
    };
    const std::uint64_t first = before->stored - std::min(before->stored, sent_again_batches_max);
    TRY(transaction.read_batches(kiosk.forerunner, first, look));
    return found;
}

}  // namespace pillarbox::store
