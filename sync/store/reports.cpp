// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/reports.hpp"

#include <chrono>

#include "sync/store/again.hpp"

namespace pillarbox::store {
namespace {

base::Result<ReportOutcome> keep(Database& database, const batch::LogId& log_id, base::ByteView body,
                                 const base::Clock& clock) {
    const auto transaction = TRY(database.begin(TransactionKind::write));
    const std::optional<Kiosk> kiosk = TRY(transaction->find_kiosk(log_id));
    if (!kiosk.has_value()) {
        return base::fail(base::ErrorCode::not_found, base::to_hex(log_id), "No kiosk has this log.");
    }
    const protocol::SignedReport signed_report = TRY(protocol::parse_report(body, log_id, kiosk->device_key));
    if (kiosk->revoked_after.has_value()) {
        return ReportOutcome{*kiosk, batch::Refusal{log_id, batch::Revoked{*kiosk->revoked_after}}};
    }
    const auto offset = std::chrono::round<std::chrono::minutes>(signed_report.clock - clock.now()).count();
    TRY(transaction->put_report(
        {log_id, base::format_day(clock.today()), protocol::encode_figures(signed_report.report, offset)}));
    TRY(transaction->commit());
    return ReportOutcome{*kiosk, std::nullopt};
}

}  // namespace

base::Result<ReportOutcome> take_report(Database& database, const batch::LogId& log_id, base::ByteView body,
                                        const base::Clock& clock) {
    return again_if_cut([&] { return keep(database, log_id, body, clock); });
}

base::Result<std::map<batch::LogId, LastReport>> last_reports(Database& database) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    const auto rows = TRY(transaction->all_reports());
    std::map<batch::LogId, LastReport> reports;
    for (const storage::Report& row : rows) {
        auto figures = protocol::decode_figures(row.content);
        if (figures.has_value()) {
            reports.emplace(row.log_id, LastReport{row.day, std::move(*figures)});
        }
    }
    return reports;
}

}  // namespace pillarbox::store
