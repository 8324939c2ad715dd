// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/enrolling.hpp"

#include <optional>

#include "core/sqlite/transaction.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {
namespace {

constexpr std::size_t station_name_size_bytes_max = 200;

struct Token {
    std::string station;
    std::optional<std::int64_t> kiosk_row;  // once used
};

// Compares with every token in constant time, so that the answer's delay tells nothing about how near a guess came.
base::Result<std::optional<Token>> find_token(sqlite::Connection& connection, const crypto::Digest& digest) {
    auto select = TRY(connection.prepare("SELECT digest, station, kiosk FROM token"));
    auto rows = TRY(select.query());
    std::optional<Token> found;
    while (TRY(rows.next())) {
        const base::ByteView candidate = TRY(rows.bytes(0));
        if (crypto::equal_in_constant_time(candidate, digest)) {
            Token token;
            token.station = TRY(rows.text(1));
            if (!rows.is_null(2)) {
                token.kiosk_row = TRY(rows.integer(2));
            }
            found = std::move(token);
        }
    }
    return found;
}

base::Result<void> burn(sqlite::Connection& connection, const crypto::Digest& digest, std::int64_t kiosk_row) {
    auto update = TRY(connection.prepare("UPDATE token SET kiosk = ? WHERE digest = ? AND kiosk IS NULL"));
    return update.run(kiosk_row, base::ByteView(digest));
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
    const crypto::Digest digest = crypto::sha256(token.secret);
    auto insert = TRY(database.connection().prepare("INSERT INTO token (digest, station) VALUES (?, ?)"));
    TRY(insert.run(base::ByteView(digest), station_name));
    return token;
}

base::Result<EnrolmentOutcome> enrol(Database& database, const protocol::Enrolment& enrolment,
                                     const batch::Limits& limits) {
    sqlite::Connection& connection = database.connection();
    auto transaction = TRY(sqlite::Transaction::begin(connection, sqlite::TransactionKind::write));
    const crypto::Digest digest = crypto::sha256(enrolment.secret);
    const std::optional<Token> token = TRY(find_token(connection, digest));
    if (!token.has_value()) {
        return EnrolmentOutcome{EnrolmentVerdict::token_unknown, {}};
    }
    const batch::LogId log_id = batch::log_id_of(enrolment.device_key, enrolment.forerunner);
    std::optional<Kiosk> kiosk = TRY(find_kiosk(connection, log_id));
    if (token->kiosk_row.has_value()) {
        const bool same = kiosk.has_value() && kiosk->row == *token->kiosk_row;
        return same ? EnrolmentOutcome{EnrolmentVerdict::enrolled, receipt_for(*kiosk, database.identity(), limits)}
                    : EnrolmentOutcome{EnrolmentVerdict::token_used, {}};
    }
    if (kiosk.has_value()) {
        return EnrolmentOutcome{EnrolmentVerdict::already_enrolled, {}};
    }
    Kiosk added;
    added.log_id = log_id;
    added.station = token->station;
    added.device_key = enrolment.device_key;
    added.forerunner = enrolment.forerunner;
    TRY(add_kiosk(connection, added));
    TRY(burn(connection, digest, added.row));
    TRY(transaction.commit());
    return EnrolmentOutcome{EnrolmentVerdict::enrolled, receipt_for(added, database.identity(), limits)};
}

}  // namespace pillarbox::store
