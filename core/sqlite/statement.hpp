// SPDX-License-Identifier: GPL-3.0-or-later
//
// A prepared statement, and the rows of one run of it.
//
//   auto select = TRY(connection.prepare("SELECT hash FROM batch WHERE number = ?"));
//   auto rows = TRY(select.query(number));
//   while (TRY(rows.next())) {
//       const base::ByteView hash = TRY(rows.bytes(0));  // valid until the next next()
//   }
//
// A Rows resets its statement and drops the bound values when it goes, so that no lock outlives it. The Statement
// must outlive its Rows, the Connection its Statements. Parameters count from 1 in SQL and are given in order;
// columns count from 0.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

struct sqlite3_stmt;

namespace pillarbox::sqlite {

struct Null {};

class Rows {
  public:
    ~Rows();
    Rows(Rows&& other) noexcept;
    Rows& operator=(Rows&&) = delete;
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    // Moves to the next row; false after the last.
    [[nodiscard]] base::Result<bool> next();

    // The columns of the current row. Another type than asked for is `damaged`: schemas here say what they hold.
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] base::Result<std::int64_t> integer(int column) const;
    [[nodiscard]] base::Result<std::uint64_t> unsigned_integer(int column) const;  // negative is `damaged`
    [[nodiscard]] base::Result<double> real(int column) const;
    [[nodiscard]] base::Result<base::ByteView> bytes(int column) const;   // valid until next() or destruction
    [[nodiscard]] base::Result<std::string_view> text(int column) const;  // the same
    template <std::size_t Size>
    [[nodiscard]] base::Result<std::array<std::uint8_t, Size>> array(int column) const {
        const base::ByteView view = TRY(bytes(column));
        return view.size() == Size ? base::array_of<Size>(view) : std::unexpected(wrong_type(column));
    }

  private:
    friend class Statement;
    explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
    [[nodiscard]] base::Error wrong_type(int column) const;
    sqlite3_stmt* statement_;
};

class Statement {
  public:
    // Binds `values` to the parameters in order; as many as there are parameters (checked). Values: integers (an
    // unsigned one past 2^63-1 is limit_exceeded), double, std::string_view, base::ByteView (and what converts),
    // Null.
    template <typename... Values>
    [[nodiscard]] base::Result<Rows> query(const Values&... values) {
        Rows rows = start(sizeof...(Values));
        int position = 0;
        base::Result<void> bound;
        ((bound = bound.has_value() ? bind(++position, values) : std::move(bound)), ...);
        if (!bound.has_value()) {
            return std::unexpected(std::move(bound).error());
        }
        return rows;
    }

    // For statements without rows of interest: steps to the end.
    template <typename... Values>
    [[nodiscard]] base::Result<void> run(const Values&... values) {
        Rows rows = TRY(query(values...));
        return finish(rows);
    }

  private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    [[nodiscard]] Rows start(std::size_t value_count);
    [[nodiscard]] static base::Result<void> finish(Rows& rows);
    template <std::signed_integral Integer>
    [[nodiscard]] base::Result<void> bind(int position, Integer number) {
        return bind_integer(position, number);
    }
    template <std::unsigned_integral Integer>
    [[nodiscard]] base::Result<void> bind(int position, Integer number) {
        return bind_unsigned(position, number);
    }
    [[nodiscard]] base::Result<void> bind(int position, double number);
    [[nodiscard]] base::Result<void> bind(int position, std::string_view text);
    [[nodiscard]] base::Result<void> bind(int position, base::ByteView bytes);
    [[nodiscard]] base::Result<void> bind(int position, Null nothing);
    [[nodiscard]] base::Result<void> bind(int position, bool truth) = delete;  // bind 0 or 1
    [[nodiscard]] base::Result<void> bind_integer(int position, std::int64_t number);
    [[nodiscard]] base::Result<void> bind_unsigned(int position, std::uint64_t number);

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace pillarbox::sqlite
