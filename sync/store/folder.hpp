// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store's data folder:
//   store.db   the database, where it is SQLite's
//   database   the address of the database, where it is another (databases.hpp); one line
//   store.key  the seed of the key that signs receipts, base64, owner-only
//   successions.txt  where that key was rotated: how its forerunners introduced it (key_history.hpp)
//   tls.key    the TLS key, PEM, owner-only
//   tls.crt    its certificate, PEM
// The two keys are what kiosks have pinned: without them every kiosk must be enrolled again.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"
#include "core/http/certificate.hpp"
#include "sync/store/databases.hpp"

namespace pillarbox::store {

[[nodiscard]] std::filesystem::path signing_key_path(const std::filesystem::path& folder);  // store.key
[[nodiscard]] std::filesystem::path successions_path(const std::filesystem::path& folder);  // successions.txt
[[nodiscard]] std::filesystem::path database_path(const std::filesystem::path& folder);     // store.db

// What the file `database` says; without one, store.db.
[[nodiscard]] base::Result<std::string> database_address(const std::filesystem::path& folder);
// From now on the folder's store is there.
[[nodiscard]] base::Result<void> set_database_address(const std::filesystem::path& folder, std::string_view address);
// not_found where the folder has no store.
[[nodiscard]] base::Result<std::unique_ptr<Database>> open_database_of(const std::filesystem::path& folder);

struct Keys {
    crypto::SigningKey store_key;
    http::OwnCertificate certificate;
};

// Makes the folder (owner-only), the keys and an empty database, the database last: a folder without a finished one
// is not a store yet, and making it may start again, with the keys that are there. already_exists where there is one.
// `hosts`: names and addresses for the certificate. `address`: where the database is to be, if not in the folder.
[[nodiscard]] base::Result<void> make_store(const std::filesystem::path& folder, const Identity& identity,
                                            const std::vector<std::string>& hosts, base::Day today,
                                            base::Random& random, const std::optional<std::string>& address = {});

[[nodiscard]] base::Result<Keys> read_keys(const std::filesystem::path& folder);

}  // namespace pillarbox::store
