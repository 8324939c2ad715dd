// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/revoking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "sync/store/again.hpp"

namespace pillarbox::store {
namespace {

constexpr std::size_t log_digits_min = 8;

base::Result<batch::LogId> log_named(Transaction& transaction, std::string_view name) {
    const bool is_hex = std::ranges::all_of(
        name, [](char digit) { return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'); });
    if (!is_hex || name.size() < log_digits_min || name.size() > 2 * std::tuple_size_v<batch::LogId>) {
        return base::fail(base::ErrorCode::usage, std::string(name), "Not a log id.",
                          "Copy it from 'pillarbox-store status': 32 digits, or the first 8 of them.");
    }
    const std::vector<Kiosk> kiosks = TRY(transaction.all_kiosks());
    std::optional<batch::LogId> found;
    for (const Kiosk& kiosk : kiosks) {
        if (!base::to_hex(kiosk.log_id).starts_with(name)) {
            continue;
        }
        if (found.has_value()) {
            return base::fail(base::ErrorCode::usage, std::string(name), "Several kiosks' log ids begin so.",
                              "Give all 32 digits.");
        }
        found = kiosk.log_id;
    }
    if (!found.has_value()) {
        return base::fail(base::ErrorCode::not_found, std::string(name), "No kiosk has this log.",
                          "See 'pillarbox-store status'.");
    }
    return *found;
}

template <typename Change>
base::Result<Kiosk> change(Database& database, std::string_view log, const Change& changed) {
    return again_if_cut([&]() -> base::Result<Kiosk> {
        const auto transaction = TRY(database.begin(TransactionKind::write));
        const batch::LogId log_id = TRY(log_named(*transaction, log));
        // Found anew, which locks its row: all_kiosks() does not.
        const std::optional<Kiosk> kiosk = TRY(transaction->find_kiosk(log_id));
        if (!kiosk.has_value()) {
            return base::fail(base::ErrorCode::not_found, std::string(log), "No kiosk has this log.");
        }
        Kiosk after = *kiosk;
        changed(after);
        TRY(transaction->set_revoked(after));
        TRY(transaction->commit());
        return after;
    });
}

}  // namespace

base::Result<Kiosk> revoke(Database& database, std::string_view log, std::optional<std::uint64_t> after) {
    if (after.value_or(0) > batch::number_max) {
        return base::fail(base::ErrorCode::usage, fmt::format("{}", *after), "Not a batch number.");
    }
    return change(database, log, [&after](Kiosk& kiosk) { kiosk.revoked_after = after.value_or(kiosk.stored); });
}

base::Result<Kiosk> readmit(Database& database, std::string_view log) {
    return change(database, log, [](Kiosk& kiosk) { kiosk.revoked_after.reset(); });
}

base::Result<storage::QuarantineSize> quarantine_size(Database& database, const Kiosk& kiosk) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    return transaction->quarantine_size(kiosk.log_id);
}

std::uint64_t last_counting_batch(const Kiosk& kiosk) {
    return std::min(kiosk.stored, kiosk.revoked_after.value_or(kiosk.stored));
}

}  // namespace pillarbox::store
