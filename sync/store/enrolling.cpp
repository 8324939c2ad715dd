// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/enrolling.hpp"

#include <optional>

#include "sync/store/again.hpp"

namespace pillarbox::store {
namespace {

constexpr std::size_t station_name_size_bytes_max = 200;

struct Enrolled {
    EnrolmentVerdict verdict = EnrolmentVerdict::enrolled;
    Kiosk kiosk{};
    bool is_renewal = false;
};

// Ends the trust in the old key at the last batch that is stored; an earlier end stays.
base::Result<void> retire(Transaction& transaction, Kiosk old, const Kiosk& added, base::Day today) {
    if (!old.revoked_after.has_value()) {
        old.revoked_after = old.stored;
        TRY(transaction.set_revoked(old));
    }
    return transaction.add_audit(
        {base::format_day(today), "kiosk", "kiosk_renewed", added.station + ", " + base::to_hex(added.log_id)});
}

base::Result<Enrolled> enrol_once(Database& database, const protocol::Enrolment& enrolment, base::Day today) {
    const auto transaction = TRY(database.begin(TransactionKind::write));
    const crypto::Digest digest = crypto::sha256(enrolment.secret);
    const std::optional<storage::Token> token = TRY(transaction->find_token(digest));
    if (!token.has_value()) {
        return Enrolled{EnrolmentVerdict::token_unknown};
    }
    const batch::LogId log_id = batch::log_id_of(enrolment.device_key, enrolment.forerunner);
    const std::optional<Kiosk> kiosk = TRY(transaction->find_kiosk(log_id));
    if (token->log_id.has_value()) {
        const bool same = kiosk.has_value() && log_id == *token->log_id;
        return same ? Enrolled{EnrolmentVerdict::enrolled, *kiosk} : Enrolled{EnrolmentVerdict::token_used};
    }
    if (kiosk.has_value()) {
        return Enrolled{EnrolmentVerdict::already_enrolled};
    }
    // A forerunner that is not known here was another store's: nothing of it can be checked, and nothing ends with
    // it.
    const auto old = enrolment.forerunner == batch::LogId{} ? std::optional<Kiosk>()
                                                            : TRY(transaction->find_kiosk(enrolment.forerunner));
    if (old.has_value() && !protocol::is_vouched_for(enrolment, old->device_key)) {
        return Enrolled{EnrolmentVerdict::not_vouched_for};
    }
    Kiosk added;
    added.log_id = log_id;
    added.station = token->station;
    added.device_key = enrolment.device_key;
    added.forerunner = enrolment.forerunner;
    TRY(add_kiosk(*transaction, added));
    TRY(transaction->use_token(digest, log_id));
    const bool is_renewal = old.has_value() && old->device_key != added.device_key;
    if (is_renewal) {
        TRY(retire(*transaction, *old, added, today));
    }
    TRY(transaction->commit());
    return Enrolled{EnrolmentVerdict::enrolled, std::move(added), is_renewal};
}

}  // namespace

base::Result<station::EnrolmentToken> issue_token(Database& database, const station::StorePin& pin,
                                                  std::string_view station_name, base::Random& random) {
    if (station_name.empty() || station_name.size() > station_name_size_bytes_max) {
        return base::fail(base::ErrorCode::usage, std::string(station_name), "Not a name for a station.",
                          "Use 1 to 200 bytes, such as \"Brixton Library\".");
    }
    station::EnrolmentToken token{pin, std::string(station_name), {}};
    random.fill(token.secret);
    const auto transaction = TRY(database.begin(TransactionKind::write));
    TRY(transaction->add_token({crypto::sha256(token.secret), std::string(station_name), std::nullopt}));
    TRY(transaction->commit());
    return token;
}

base::Result<EnrolmentOutcome> enrol(Database& database, const protocol::Enrolment& enrolment,
                                     const batch::Limits& limits, base::Day today) {
    const Enrolled enrolled = TRY(again_if_cut([&] { return enrol_once(database, enrolment, today); }));
    EnrolmentOutcome outcome{enrolled.verdict, {}, enrolled.is_renewal};
    if (enrolled.verdict == EnrolmentVerdict::enrolled) {
        outcome.receipt = receipt_for(enrolled.kiosk, database, limits);
    }
    return outcome;
}

}  // namespace pillarbox::store
