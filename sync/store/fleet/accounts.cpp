// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/accounts.hpp"

#include <algorithm>

#include "core/crypto/password.hpp"
#include "sync/store/again.hpp"

namespace pillarbox::fleet {
namespace {

constexpr std::size_t name_size_max = 64;

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= name_size_max && std::ranges::all_of(name, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               std::string_view("._-@").contains(letter);
    });
}

// Of a passphrase that nobody knows, so that a name that there is not costs the same work.
base::Result<std::string> decoy_hash() {
    static const base::Result<std::string> hash = crypto::hash_password(base::view_of("nobody's passphrase"));
    return hash;
}

}  // namespace

std::string_view name_of(Role role) {
    switch (role) {
        case Role::viewer:
            return "viewer";
        case Role::manager:
            return "manager";
    }
    return "viewer";
}

base::Result<Role> parse_role(std::string_view text) {
    for (const Role role : {Role::viewer, Role::manager}) {
        if (text == name_of(role)) {
            return role;
        }
    }
    return base::fail(base::ErrorCode::usage, std::string(text), "Not a role.", "Take viewer or manager.");
}

base::Result<void> put_account(Database& database, const Account& account, base::ByteView passphrase) {
    if (!is_name(account.name)) {
        return base::fail(base::ErrorCode::usage, account.name, "Not a name for an account.",
                          "Take 1 to 64 of the letters a-z, digits, and . _ - @.");
    }
    if (passphrase.size() < passphrase_size_bytes_min || passphrase.size() > passphrase_size_bytes_max) {
        return base::fail(base::ErrorCode::usage, "passphrase", "It must have 12 to 1024 letters.",
                          "Take several words that nobody expects together.");
    }
    const std::string hash = TRY(crypto::hash_password(passphrase));
    return store::again_if_cut([&]() -> base::Result<void> {
        const auto transaction = TRY(database.begin(store::TransactionKind::write));
        TRY(transaction->put_staff({account.name, std::string(name_of(account.role)), hash}));
        return transaction->commit();
    });
}

base::Result<void> remove_account(Database& database, const std::string& name) {
    const auto transaction = TRY(database.begin(store::TransactionKind::write));
    const bool removed = TRY(transaction->remove_staff(name));
    if (!removed) {
        return base::fail(base::ErrorCode::not_found, name, "There is no account of this name.",
                          "See 'pillarbox-store staff list'.");
    }
    return transaction->commit();
}

base::Result<std::vector<Account>> all_accounts(Database& database) {
    const auto transaction = TRY(database.begin(store::TransactionKind::read));
    const auto rows = TRY(transaction->all_staff());
    std::vector<Account> accounts;
    for (const storage::Staff& row : rows) {
        accounts.push_back({row.name, parse_role(row.role).value_or(Role::viewer)});
    }
    return accounts;
}

base::Result<std::optional<Credentials>> find_account(Database& database, const std::string& name) {
    const auto transaction = TRY(database.begin(store::TransactionKind::read));
    const auto rows = TRY(transaction->all_staff());
    const auto row = std::ranges::find(rows, name, &storage::Staff::name);
    if (row == rows.end()) {
        return std::optional<Credentials>{};
    }
    return std::optional(Credentials{{row->name, parse_role(row->role).value_or(Role::viewer)}, row->password_hash});
}

base::Result<std::optional<Credentials>> check_passphrase(Database& database, const std::string& name,
                                                          base::ByteView passphrase) {
    std::optional<Credentials> found = TRY(find_account(database, name));
    const std::string hash = found.has_value() ? found->password_hash : TRY(decoy_hash());
    const bool matches = crypto::matches_password(hash, passphrase);
    return matches && found.has_value() ? std::move(found) : std::optional<Credentials>{};
}

base::Result<void> note_in_audit(Database& database, base::Day today, const std::string& who, std::string_view what,
                                 const std::string& subject) {
    const auto transaction = TRY(database.begin(store::TransactionKind::write));
    TRY(transaction->add_audit({base::format_day(today), who, std::string(what), subject}));
    return transaction->commit();
}

}  // namespace pillarbox::fleet
