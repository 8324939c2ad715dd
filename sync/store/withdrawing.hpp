// SPDX-License-Identifier: GPL-3.0-or-later
//
// Withdraws responses by the tag of their respondents' code: the ciphertext goes, its digest stays, so that
// signatures, chain, receipts and exports still verify. The tag is remembered, so that nothing with it is kept
// whenever it comes: a kiosk that was away, a stick, an old copy. Threading: a store may be serving meanwhile.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

// Looks through all batches whether or not it finds something, and tells nobody which: who tries codes learns
// nothing, neither from the answer nor, in substance, from the time it takes.
[[nodiscard]] base::Result<void> withdraw(Database& database, const batch::WithdrawalTag& tag);

// The batch's bytes without the envelopes of these tags. malformed where it is no batch.
[[nodiscard]] base::Result<base::Bytes> without_withdrawn(base::ByteView content,
                                                          const std::vector<batch::WithdrawalTag>& tags);

}  // namespace pillarbox::store
