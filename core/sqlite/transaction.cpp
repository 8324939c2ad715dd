// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/transaction.hpp"

#include <utility>

#include "core/base/check.hpp"

namespace pillarbox::sqlite {

base::Result<Transaction> Transaction::begin(Connection& connection, TransactionKind kind) {
    TRY(connection.run(kind == TransactionKind::write ? "BEGIN IMMEDIATE" : "BEGIN"));
    return Transaction(connection);
}

Transaction::~Transaction() {
    if (connection_ != nullptr) {
        // SQLite rolls back by itself after some errors (a full disk): "no transaction is active" is then all there
        // is to say.
        const auto rolled_back = connection_->run("ROLLBACK");
        static_cast<void>(rolled_back);
    }
}

Transaction::Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}

base::Result<void> Transaction::commit() {
    PILLARBOX_CHECK(connection_ != nullptr);
    TRY(connection_->run("COMMIT"));
    connection_ = nullptr;
    return {};
}

}  // namespace pillarbox::sqlite
