// SPDX-License-Identifier: GPL-3.0-or-later
//
// libpq, wrapped: the only folder that includes <libpq-fe.h>. A Connection closes itself; values go and come in
// binary, so that a byte of ciphertext is a byte on the wire.
//
// Errors: network (the connection is gone, or the server set the transaction aside: whether a COMMIT was kept is
// unknown), no_space (the server's disk is full), unavailable (a standby, too many connections, starting up, locked
// for too long), already_exists and conflict (constraints), damaged, input_output (all else). They hold the server's
// primary message except where it could quote a value, and never a parameter.
//
// Threading: one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "sync/store/postgres/parameters.hpp"

struct pg_conn;
struct pg_result;

namespace pillarbox::postgres_storage {

// usage for what is no libpq URI, or one with a password in it.
[[nodiscard]] base::Result<void> check_address(std::string_view address);

// The rows of an answer, all in memory. Columns count from 0.
class Rows {
  public:
    [[nodiscard]] int count() const;
    [[nodiscard]] std::uint64_t changed() const;  // rows that an INSERT or UPDATE touched
    [[nodiscard]] bool is_null(int row, int column) const;
    // Another type or size than asked for is `damaged`. Views are valid while the Rows is.
    [[nodiscard]] base::Result<base::ByteView> bytes(int row, int column) const;
    [[nodiscard]] base::Result<std::string_view> text(int row, int column) const;
    [[nodiscard]] base::Result<std::uint64_t> unsigned_integer(int row, int column) const;  // of an int8
    [[nodiscard]] base::Result<bool> truth(int row, int column) const;
    template <std::size_t Size>
    [[nodiscard]] base::Result<std::array<std::uint8_t, Size>> array(int row, int column) const {
        const base::ByteView view = TRY(bytes(row, column));
        return view.size() == Size ? base::array_of<Size>(view) : std::unexpected(wrong_type());
    }

  private:
    friend class Connection;
    struct Clear {
        void operator()(pg_result* result) const noexcept;
    };
    explicit Rows(pg_result* result) : result_(result) {}
    [[nodiscard]] static base::Error wrong_type();
    std::unique_ptr<pg_result, Clear> result_;
};

class Connection {
  public:
    // Connects to the one server of the address that takes writes, and sets what every session of a store has.
    [[nodiscard]] static base::Result<Connection> open(std::string_view address);

    // One or more statements without parameters and without rows.
    [[nodiscard]] base::Result<void> run(const std::string& sql);
    // One statement that is sent along with the next one, which fails where this one did, or where `check` finds that
    // it did not do what it should: a round trip less, and less time with a lock in hand. Settled before a COMMIT.
    using Check = std::function<base::Result<void>(const Rows& answer)>;
    [[nodiscard]] base::Result<void> post(const std::string& sql, const Parameters& parameters = {},
                                          Check check = {});
    [[nodiscard]] base::Result<void> settle();  // waits for what was posted
    // One statement, $1 $2 ...; prepared at its first use.
    [[nodiscard]] base::Result<Rows> query(const std::string& sql, const Parameters& parameters = {});
    // The same, one row at a time in memory; each `Rows` has one. The visitor must not use this connection.
    using RowVisitor = std::function<base::Result<void>(const Rows& row)>;
    [[nodiscard]] base::Result<void> stream(const std::string& sql, const Parameters& parameters,
                                            const RowVisitor& visit);

    // False once it is cut, or the server stopped to be one that takes writes: only good to be closed.
    [[nodiscard]] bool is_usable() const;
    [[nodiscard]] const std::string& where() const { return where_; }  // "postgres:host/name"

  private:
    struct Close {
        void operator()(pg_conn* handle) const noexcept;
    };
    Connection(pg_conn* handle, std::string where) : handle_(handle), where_(std::move(where)) {}
    [[nodiscard]] base::Result<void> configure();
    [[nodiscard]] base::Result<std::string> prepare(const std::string& sql, const Parameters& parameters);
    [[nodiscard]] base::Result<void> send(const std::string& name, const Parameters& parameters);
    [[nodiscard]] base::Result<void> collect_posted();
    [[nodiscard]] base::Result<void> end_pipeline();
    [[nodiscard]] base::Result<Rows> next_answer();
    [[nodiscard]] base::Result<Rows> judge(pg_result* result);
    [[nodiscard]] base::Error error_of(const pg_result* result);

    std::unique_ptr<pg_conn, Close> handle_;
    std::string where_;
    std::map<std::string, std::string, std::less<>> prepared_;  // SQL to the statement's name
    std::vector<Check> posted_;                                 // those whose answers are still to come
    bool gone_ = false;
};

}  // namespace pillarbox::postgres_storage
