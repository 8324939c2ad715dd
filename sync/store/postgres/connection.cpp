// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/connection.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <vector>

#include "core/base/check.hpp"
#include "sync/store/postgres/column_types.hpp"
#include "sync/store/postgres/server_error.hpp"

namespace pillarbox::postgres_storage {
namespace {

struct FreeOptions {
    void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

base::Result<Options> parse(std::string_view address) {
    constexpr std::string_view hint =
        "Use postgres://USER@HOST/NAME; the password goes into ~/.pgpass or PGPASSFILE.";
    const bool is_uri = address.starts_with("postgres://") || address.starts_with("postgresql://");
    const std::string text(address);
    Options options(is_uri ? PQconninfoParse(text.c_str(), nullptr) : nullptr);
    if (options == nullptr) {
        return base::fail(base::ErrorCode::usage, {}, "Not the address of a database.", std::string(hint));
    }
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        const std::string_view name = option->keyword;
        const bool is_secret = name == "password" || name == "sslpassword";
        if (is_secret && option->val != nullptr) {  // and not shown: it may be a password of somebody's
            return base::fail(base::ErrorCode::usage, {}, "The address of the database holds a password.",
                              std::string(hint));
        }
    }
    return options;
}

// What an address says goes; these are for what it does not say. A server that vanished is noticed within half a
// minute, and after a failover the one of several servers that takes writes is found.
struct Default {
    const char* keyword;
    const char* value;
};
constexpr std::array defaults = {
    Default{"application_name", "pillarbox-store"},
    Default{"target_session_attrs", "read-write"},
    Default{"connect_timeout", "5"},
    Default{"tcp_user_timeout", "15000"},
    Default{"keepalives_idle", "10"},
    Default{"keepalives_interval", "5"},
    Default{"keepalives_count", "3"},
    Default{"client_encoding", "UTF8"},
};

// A commit is on the disk, and on a synchronous standby's where the server has one, before it is answered; a stricter
// setting of the server's stays. A store that vanishes gives its locks back.
constexpr std::string_view session_settings =
    "SELECT set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') = 'remote_apply' "
    "THEN 'remote_apply' ELSE 'on' END, false), set_config('lock_timeout', '10s', false), "
    "set_config('statement_timeout', '60s', false), "
    "set_config('idle_in_transaction_session_timeout', '60s', false)";

std::string one_line(std::string_view message) {
    std::string line;
    for (const char letter : message) {
        const bool blank = letter == '\n' || letter == '\t' || letter == ' ';
        if (!blank) {
            line.push_back(letter);
        } else if (!line.empty() && line.back() != ' ') {
            line.push_back(' ');
        }
    }
    while (line.ends_with(' ')) {
        line.pop_back();
    }
    return line;
}

}  // namespace

base::Result<void> check_address(std::string_view address) {
    TRY(parse(address));
    return {};
}

void Rows::Clear::operator()(pg_result* result) const noexcept {
    PQclear(result);
}

void Connection::Close::operator()(pg_conn* handle) const noexcept {
    PQfinish(handle);
}

int Rows::count() const {
    return PQntuples(result_.get());
}

std::uint64_t Rows::changed() const {
    std::uint64_t number = 0;
    for (const char digit : std::string_view(PQcmdTuples(result_.get()))) {
        number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return number;
}

bool Rows::is_null(int row, int column) const {
    return PQgetisnull(result_.get(), row, column) != 0;
}

base::Error Rows::wrong_type() {
    return {base::ErrorCode::damaged, "postgres", "A row does not hold what it was made for.",
            "Stop the store, keep the database for inspection, and put back the last verified backup."};
}

base::Result<base::ByteView> Rows::bytes(int row, int column) const {
    if (PQftype(result_.get(), column) != bytea_type || is_null(row, column)) {
        return std::unexpected(wrong_type());
    }
    const auto* start = reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_.get(), row, column));
    return base::ByteView(start, static_cast<std::size_t>(PQgetlength(result_.get(), row, column)));
}

base::Result<std::string_view> Rows::text(int row, int column) const {
    if (PQftype(result_.get(), column) != text_type || is_null(row, column)) {
        return std::unexpected(wrong_type());
    }
    return std::string_view(PQgetvalue(result_.get(), row, column),
                            static_cast<std::size_t>(PQgetlength(result_.get(), row, column)));
}

base::Result<std::uint64_t> Rows::unsigned_integer(int row, int column) const {
    if (PQftype(result_.get(), column) != int8_type || is_null(row, column)) {
        return std::unexpected(wrong_type());
    }
    std::uint64_t number = 0;
    const char* start = PQgetvalue(result_.get(), row, column);
    for (int place = 0; place < 8; ++place) {
        number = number << 8U | static_cast<std::uint8_t>(start[place]);
    }
    return number >> 63U == 0 ? base::Result<std::uint64_t>(number) : std::unexpected(wrong_type());
}

base::Result<bool> Rows::truth(int row, int column) const {
    if (PQftype(result_.get(), column) != bool_type || is_null(row, column)) {
        return std::unexpected(wrong_type());
    }
    return *PQgetvalue(result_.get(), row, column) != 0;
}

base::Result<Connection> Connection::open(std::string_view address) {
    const Options options = TRY(parse(address));
    std::vector<const char*> keywords;
    std::vector<const char*> values;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) {
            keywords.push_back(option->keyword);
            values.push_back(option->val);
        }
    }
    for (const Default& entry : defaults) {
        const bool is_said = std::ranges::any_of(
            keywords, [&entry](const char* keyword) { return std::string_view(keyword) == entry.keyword; });
        if (!is_said) {
            keywords.push_back(entry.keyword);
            values.push_back(entry.value);
        }
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    pg_conn* handle = PQconnectdbParams(keywords.data(), values.data(), 0);
    PILLARBOX_CHECK(handle != nullptr);
    Connection connection(handle, {});
    const auto name_of = [](const char* text) { return std::string(text == nullptr ? "" : text); };
    connection.where_ = fmt::format("postgres:{}/{}", name_of(PQhost(handle)), name_of(PQdb(handle)));
    PQsetNoticeProcessor(handle, [](void*, const char*) {}, nullptr);  // else they go to standard error
    if (PQstatus(handle) != CONNECTION_OK) {
        return base::fail(base::ErrorCode::network, "postgres",
                          "No connection to a database server: " + one_line(PQerrorMessage(handle)) + ".",
                          "See whether it runs, takes writes, and lets this user in.");
    }
    TRY(connection.configure());
    return connection;
}

base::Result<void> Connection::configure() {
    TRY(judge(PQexec(handle_.get(), std::string(session_settings).c_str())));
    return {};
}

base::Result<void> Connection::run(const std::string& sql) {
    TRY(settle());
    TRY(judge(PQexec(handle_.get(), sql.c_str())));
    return {};
}

base::Result<std::string> Connection::prepare(const std::string& sql, const Parameters& parameters) {
    const auto known = prepared_.find(sql);
    if (known != prepared_.end()) {
        return known->second;
    }
    TRY(settle());
    const std::string name = fmt::format("s{}", prepared_.size());
    TRY(judge(PQprepare(handle_.get(), name.c_str(), sql.c_str(), parameters.count(), parameters.types())));
    prepared_.emplace(sql, name);
    return name;
}

base::Result<void> Connection::send(const std::string& name, const Parameters& parameters) {
    const bool sent = PQsendQueryPrepared(handle_.get(), name.c_str(), parameters.count(), parameters.values(),
                                          parameters.sizes(), parameters.formats(), 1) != 0;
    return sent ? base::Result<void>{} : std::unexpected(error_of(nullptr));
}

base::Result<Rows> Connection::query(const std::string& sql, const Parameters& parameters) {
    const std::string name = TRY(prepare(sql, parameters));
    if (posted_.empty()) {
        return judge(PQexecPrepared(handle_.get(), name.c_str(), parameters.count(), parameters.values(),
                                    parameters.sizes(), parameters.formats(), 1));
    }
    TRY(send(name, parameters));
    const auto posted = collect_posted();
    auto answer = posted.has_value() ? next_answer() : std::unexpected(posted.error());
    TRY(end_pipeline());
    return answer;
}

base::Result<void> Connection::post(const std::string& sql, const Parameters& parameters, Check check) {
    const std::string name = TRY(prepare(sql, parameters));
    if (posted_.empty() && PQenterPipelineMode(handle_.get()) == 0) {
        return std::unexpected(error_of(nullptr));
    }
    posted_.push_back(std::move(check));
    return send(name, parameters);
}

base::Result<void> Connection::settle() {
    if (posted_.empty()) {
        return {};
    }
    const auto posted = collect_posted();
    TRY(end_pipeline());
    return posted;
}

base::Result<void> Connection::collect_posted() {
    const std::vector<Check> checks = std::exchange(posted_, {});
    if (PQpipelineSync(handle_.get()) == 0) {
        return std::unexpected(error_of(nullptr));
    }
    for (const Check& check : checks) {
        const Rows answer = TRY(next_answer());
        if (check) {
            TRY(check(answer));
        }
    }
    return {};
}

base::Result<Rows> Connection::next_answer() {
    auto answer = judge(PQgetResult(handle_.get()));
    PQclear(PQgetResult(handle_.get()));  // null: the end of that one's
    return answer;
}

// Reads on to the sync, over what an error left behind.
base::Result<void> Connection::end_pipeline() {
    while (PQstatus(handle_.get()) == CONNECTION_OK && PQpipelineStatus(handle_.get()) != PQ_PIPELINE_OFF) {
        if (PQexitPipelineMode(handle_.get()) == 0) {
            PQclear(PQgetResult(handle_.get()));
        }
    }
    return PQstatus(handle_.get()) == CONNECTION_OK ? base::Result<void>{} : std::unexpected(error_of(nullptr));
}

base::Result<void> Connection::stream(const std::string& sql, const Parameters& parameters, const RowVisitor& visit) {
    const std::string name = TRY(prepare(sql, parameters));
    TRY(settle());
    TRY(send(name, parameters));
    if (PQsetSingleRowMode(handle_.get()) == 0) {
        return std::unexpected(error_of(nullptr));
    }
    base::Result<void> outcome;
    while (pg_result* result = PQgetResult(handle_.get())) {
        auto rows = judge(result);
        if (!rows.has_value()) {
            outcome = outcome.has_value() ? base::Result<void>(std::unexpected(rows.error())) : outcome;
        } else if (rows->count() > 0 && outcome.has_value()) {
            outcome = visit(*rows);
            if (!outcome.has_value()) {
                gone_ = true;  // cheaper to connect again than to read the rest of gigabytes
                return outcome;
            }
        }
    }
    return outcome;
}

bool Connection::is_usable() const {
    return !gone_ && PQstatus(handle_.get()) == CONNECTION_OK && PQtransactionStatus(handle_.get()) == PQTRANS_IDLE;
}

base::Result<Rows> Connection::judge(pg_result* result) {
    Rows rows(result);
    const ExecStatusType status = PQresultStatus(result);  // of a null result: fatal
    const bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_SINGLE_TUPLE;
    if (!good) {
        return std::unexpected(error_of(result));
    }
    return rows;
}

base::Error Connection::error_of(const pg_result* result) {
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (PQstatus(handle_.get()) != CONNECTION_OK || state == nullptr) {
        gone_ = true;
        return {base::ErrorCode::network, where_, "The connection to the database server was cut.",
                "See whether the server runs."};
    }
    const Meaning meaning = meaning_of(state);
    gone_ = gone_ || meaning.connection == Meaning::Connection::is_useless;
    std::string what = fmt::format("{} (SQLSTATE {}", meaning.what, state);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (message != nullptr && meaning.detail == Meaning::Detail::may_be_told) {
        what += ": " + one_line(message);
    }
    return {meaning.code, where_, what + ")", std::string(meaning.remedy)};
}

}  // namespace pillarbox::postgres_storage
