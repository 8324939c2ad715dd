// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/statement.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <limits>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/utf8.hpp"
#include "core/sqlite/error_mapping.hpp"

namespace pillarbox::sqlite {
namespace {

base::Result<void> check_bound(sqlite3_stmt* statement, int code) {
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(sqlite3_db_handle(statement), code, "bind a value"));
    }
    return {};
}

// SQLite binds NULL for a null pointer, also where an empty string or blob is meant.
const void* never_null(const void* data) {
    return data == nullptr ? static_cast<const void*>("") : data;
}

}  // namespace

Rows::~Rows() {
    if (statement_ != nullptr) {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
}

Rows::Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

base::Result<bool> Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    return std::unexpected(error_of(sqlite3_db_handle(statement_), code,
                                    sqlite3_stmt_readonly(statement_) != 0 ? "be read" : "be written"));
}

base::Error Rows::wrong_type(int column) const {
    const char* path = sqlite3_db_filename(sqlite3_db_handle(statement_), "main");
    const char* name = sqlite3_column_name(statement_, column);
    return base::Error{base::ErrorCode::damaged, path == nullptr ? "" : path,
                       fmt::format("Column {} does not hold what its table says.", name == nullptr ? "?" : name),
                       "Keep a copy of the file, then restore it from a backup."};
}

bool Rows::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

base::Result<std::int64_t> Rows::integer(int column) const {
    if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER) {
        return std::unexpected(wrong_type(column));
    }
    return sqlite3_column_int64(statement_, column);
}

base::Result<std::uint64_t> Rows::unsigned_integer(int column) const {
    const std::int64_t number = TRY(integer(column));
    if (number < 0) {
        return std::unexpected(wrong_type(column));
    }
    return static_cast<std::uint64_t>(number);
}

base::Result<double> Rows::real(int column) const {
    if (sqlite3_column_type(statement_, column) != SQLITE_FLOAT) {
        return std::unexpected(wrong_type(column));
    }
    return sqlite3_column_double(statement_, column);
}

base::Result<base::ByteView> Rows::bytes(int column) const {
    if (sqlite3_column_type(statement_, column) != SQLITE_BLOB) {
        return std::unexpected(wrong_type(column));
    }
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return base::ByteView(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

base::Result<std::string_view> Rows::text(int column) const {
    if (sqlite3_column_type(statement_, column) != SQLITE_TEXT) {
        return std::unexpected(wrong_type(column));
    }
    const unsigned char* data = sqlite3_column_text(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    const std::string_view text = base::text_of(base::ByteView(data, size));
    // SQLite keeps any bytes as a text, and its integrity check lets them pass.
    if (!base::is_utf8(text)) {
        return std::unexpected(wrong_type(column));
    }
    return text;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

Rows Statement::start(std::size_t value_count) {
    PILLARBOX_CHECK(static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_.get())) == value_count);
    // A second query() while the Rows of a first one live would pull the rows from under it.
    PILLARBOX_CHECK(sqlite3_stmt_busy(statement_.get()) == 0);
    return Rows(statement_.get());
}

base::Result<void> Statement::finish(Rows& rows) {
    while (TRY(rows.next())) {
    }
    return {};
}

base::Result<void> Statement::bind(int position, double number) {
    return check_bound(statement_.get(), sqlite3_bind_double(statement_.get(), position, number));
}

base::Result<void> Statement::bind(int position, std::string_view text) {
    const auto* data = static_cast<const char*>(never_null(text.data()));
    return check_bound(statement_.get(), sqlite3_bind_text64(statement_.get(), position, data, text.size(),
                                                             SQLITE_TRANSIENT, SQLITE_UTF8));
}

base::Result<void> Statement::bind(int position, base::ByteView bytes) {
    return check_bound(statement_.get(), sqlite3_bind_blob64(statement_.get(), position, never_null(bytes.data()),
                                                             bytes.size(), SQLITE_TRANSIENT));
}

base::Result<void> Statement::bind(int position, Null) {
    return check_bound(statement_.get(), sqlite3_bind_null(statement_.get(), position));
}

base::Result<void> Statement::bind_integer(int position, std::int64_t number) {
    return check_bound(statement_.get(), sqlite3_bind_int64(statement_.get(), position, number));
}

base::Result<void> Statement::bind_unsigned(int position, std::uint64_t number) {
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return base::fail(base::ErrorCode::limit_exceeded, {}, "A number is too large for the database.");
    }
    return bind_integer(position, static_cast<std::int64_t>(number));
}

}  // namespace pillarbox::sqlite
