// SPDX-License-Identifier: GPL-3.0-or-later
//
// A transaction that rolls back unless committed.
#pragma once

#include "core/base/result.hpp"
#include "core/sqlite/connection.hpp"

namespace pillarbox::sqlite {

enum class TransactionKind {
    read,   // BEGIN: one snapshot for several reads
    write,  // BEGIN IMMEDIATE: waits for its turn at the start, so that it can't fail half-way for another writer
};

// The Connection must stay where it is (not be moved) while a Transaction of it lives. They don't nest.
class Transaction {
  public:
    [[nodiscard]] static base::Result<Transaction> begin(Connection& connection, TransactionKind kind);
    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    // Durable when it returns success. On an error nothing of the transaction is kept.
    [[nodiscard]] base::Result<void> commit();

  private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;
};

}  // namespace pillarbox::sqlite
