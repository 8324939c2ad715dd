// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/workspace.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <optional>

#include "core/base/file.hpp"
#include "core/crypto/sealed_block.hpp"
#include "core/sqlite/transaction.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/schema.hpp"
#include "desk/workspace/withdrawal.hpp"

namespace pillarbox::workspace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_file_size_bytes_max = std::size_t{64} << 10U;
// 16 MiB of pages: what is looked up again and again of 100,000 responses. More was no faster, nor for searching. A
// log of 32 MiB before it is moved into the database: a page that many responses change is sealed once then, not for
// each few of them.
constexpr std::string_view cache = "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8192";

fs::path key_path(const fs::path& folder) {
    return folder / "key.age";
}

base::Result<void> refuse_existing(const fs::path& path) {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(path, ignored))) {
        return base::fail(base::ErrorCode::already_exists, path.string(), "There is something of this name already.",
                          "Choose another name, or remove it if an earlier start was cut short.");
    }
    return {};
}

base::Result<sqlite::Connection> open_database(const fs::path& folder, sqlite::OpenMode mode,
                                               const crypto::SecretBytes& key) {
    auto database = TRY(sqlite::Connection::open(database_path(folder), mode, {.key = &key}));
    TRY(database.run(cache));
    TRY(sqlite::migrate(database, schema()));
    return database;
}

base::Result<campaign::Campaign> verify(base::ByteView pack, const crypto::VerifyKey& committee_key,
                                        const fs::path& folder) {
    campaign::Acceptance acceptance;  // without a day: responses are read long after their pack has expired
    acceptance.committee_key = committee_key;
    return campaign::verify_pack(pack, folder.string(), acceptance);
}

base::Result<void> fill(const fs::path& folder, base::ByteView pack, const crypto::VerifyKey& committee_key,
                        const campaign::Campaign& campaign, base::Random& random) {
    crypto::SecretBytes key(crypto::block_key_size_bytes);
    random.fill(key.bytes());
    const base::Bytes sealed = TRY(envelope::seal(key.view(), campaign.recipients, random));
    TRY(base::write_file(key_path(folder), sealed, base::FileMode::owner_only));
    auto database = TRY(open_database(folder, sqlite::OpenMode::create, key));
    auto transaction = TRY(sqlite::Transaction::begin(database, sqlite::TransactionKind::write));
    {
        auto insert = TRY(database.prepare("INSERT INTO setting VALUES(?, ?)"));
        TRY(insert.run(std::string_view("pack"), pack));
        TRY(insert.run(std::string_view("committee_key"), base::ByteView(committee_key.bytes)));
        TRY(insert.run(std::string_view("indexed"), 0));
    }
    TRY(add_campaign_codes(database, *campaign.form));
    return transaction.commit();
}

base::Result<base::Bytes> read_setting(sqlite::Connection& database, std::string_view name) {
    auto select = TRY(database.prepare("SELECT value FROM setting WHERE name = ?"));
    auto rows = TRY(select.query(name));
    if (!TRY(rows.next())) {
        return base::fail(base::ErrorCode::damaged, database.path().string(),
                          "The workspace says nothing of its campaign.", "Restore it from a copy.");
    }
    const base::ByteView bytes = TRY(rows.bytes(0));
    return base::Bytes(bytes.begin(), bytes.end());
}

}  // namespace

fs::path database_path(const fs::path& folder) {
    return folder / "workspace.db";
}

base::Result<void> Workspace::create(const fs::path& folder, base::ByteView signed_pack,
                                     const crypto::VerifyKey& committee_key, base::Random& random) {
    const campaign::Campaign campaign = TRY(verify(signed_pack, committee_key, folder));
    const fs::path full = fs::absolute(folder).lexically_normal();
    fs::path partial = full.has_filename() ? full : full.parent_path();
    const fs::path target = partial;
    partial += ".new";
    TRY(refuse_existing(target));
    TRY(refuse_existing(partial));
    TRY(base::make_folder(partial));
    if (::chmod(partial.c_str(), S_IRWXU) != 0) {
        return std::unexpected(base::error_of_errno(errno, partial, "made private"));
    }
    auto outcome = fill(partial, signed_pack, committee_key, campaign, random);
    std::error_code problem;
    if (outcome.has_value()) {
        fs::rename(partial, target, problem);
        if (problem) {
            outcome = std::unexpected(base::error_of_errno(problem.value(), target, "made"));
        }
    }
    if (!outcome.has_value()) {
        fs::remove_all(partial, problem);
    }
    return outcome;
}

base::Result<crypto::SecretBytes> read_workspace_key(const fs::path& folder,
                                                     const std::vector<envelope::Identity>& identities) {
    const base::Bytes sealed = TRY(base::read_file(key_path(folder), key_file_size_bytes_max));
    auto key = envelope::open(sealed, identities, crypto::block_key_size_bytes);
    if (!key.has_value()) {
        base::Error error = key.error();
        error.where = key_path(folder).string();
        return std::unexpected(std::move(error));
    }
    if (key->size() != crypto::block_key_size_bytes) {
        return base::fail(base::ErrorCode::damaged, key_path(folder).string(), "This is not a workspace's key.",
                          "Restore it from a copy of the workspace.");
    }
    return key;
}

base::Result<Workspace> Workspace::open(const fs::path& folder, const std::vector<envelope::Identity>& identities) {
    std::error_code ignored;
    if (!fs::exists(key_path(folder), ignored)) {
        return base::fail(base::ErrorCode::not_found, folder.string(), "There is no workspace here.",
                          "Make one with `pillarbox workspace init`.");
    }
    const crypto::SecretBytes key = TRY(read_workspace_key(folder, identities));
    auto database =
        std::make_unique<sqlite::Connection>(TRY(open_database(folder, sqlite::OpenMode::read_write, key)));
    // While another program reads, the erasing waits for a later opening, and the opening does not wait for it.
    const auto erased = finish_erasing(*database);
    if (!erased.has_value() && erased.error().code != base::ErrorCode::conflict) {
        return std::unexpected(erased.error());
    }
    const base::Bytes pack = TRY(read_setting(*database, "pack"));
    const base::Bytes committee = TRY(read_setting(*database, "committee_key"));
    crypto::VerifyKey committee_key;
    committee_key.bytes = TRY(base::array_of<32>(base::ByteView(committee)));
    campaign::Campaign campaign = TRY(verify(pack, committee_key, folder));
    return Workspace(folder, std::move(database), std::move(campaign));
}

}  // namespace pillarbox::workspace
