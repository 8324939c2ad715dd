// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may look after the fleet through /fleet. An account is a name, a role and the Argon2id hash of a passphrase
// (core/crypto/password.hpp); it is made and removed on the store's own machine only (`pillarbox-store staff`).
// Threading: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::fleet {

using store::Database;

enum class Role {
    viewer,   // sees everything that the page shows
    manager,  // and may enrol, revoke, readmit and close
};
[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] base::Result<Role> parse_role(std::string_view text);  // usage

struct Account {
    std::string name;
    Role role = Role::viewer;
    friend bool operator==(const Account&, const Account&) = default;
};

inline constexpr std::size_t passphrase_size_bytes_min = 12;
inline constexpr std::size_t passphrase_size_bytes_max = 1024;

// usage for a name that is not 1 to 64 of a-z 0-9 . _ - @, and for a passphrase that is too short or too long. One of
// this name gets the new passphrase and role.
[[nodiscard]] base::Result<void> put_account(Database& database, const Account& account, base::ByteView passphrase);
[[nodiscard]] base::Result<void> remove_account(Database& database, const std::string& name);  // not_found
[[nodiscard]] base::Result<std::vector<Account>> all_accounts(Database& database);             // by name

// What a session is bound to: another passphrase, another role or a removal ends it.
struct Credentials {
    Account account;
    std::string password_hash;
};
[[nodiscard]] base::Result<std::optional<Credentials>> find_account(Database& database, const std::string& name);

// The account, where the passphrase is its own. Takes as long for a name that there is not.
[[nodiscard]] base::Result<std::optional<Credentials>> check_passphrase(Database& database, const std::string& name,
                                                                        base::ByteView passphrase);

// A line of the audit log: who did what to what, and on which day.
[[nodiscard]] base::Result<void> note_in_audit(Database& database, base::Day today, const std::string& who,
                                               std::string_view what, const std::string& subject);

}  // namespace pillarbox::fleet
