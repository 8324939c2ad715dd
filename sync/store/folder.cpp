// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/folder.hpp"

#include "core/base/file.hpp"
#include "sync/protocol/seed_file.hpp"

namespace pillarbox::store {
namespace {

constexpr std::size_t key_file_size_bytes_max = 16 * 1024;

std::filesystem::path tls_key_path(const std::filesystem::path& folder) {
    return folder / "tls.key";
}
std::filesystem::path certificate_path(const std::filesystem::path& folder) {
    return folder / "tls.crt";
}

std::filesystem::path address_path(const std::filesystem::path& folder) {
    return folder / "database";
}

base::Result<std::string> read_text(const std::filesystem::path& path) {
    const base::Bytes bytes = TRY(base::read_file(path, key_file_size_bytes_max));
    return std::string(base::text_of(bytes));
}

base::Result<void> make_keys(const std::filesystem::path& folder, const std::vector<std::string>& hosts,
                             base::Day today, base::Random& random) {
    const http::OwnCertificate certificate = TRY(http::make_own_certificate(hosts, today, random));
    TRY(base::make_folder(folder));
    std::error_code status;
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, status);
    if (status) {
        return std::unexpected(base::error_of_errno(status.value(), folder, "closed to others"));
    }
    const crypto::SigningKey store_key = crypto::SigningKey::generate(random);
    TRY(protocol::write_seed_file(signing_key_path(folder), store_key));
    TRY(base::write_file(tls_key_path(folder), base::view_of(certificate.key_pem), base::FileMode::owner_only));
    return base::write_file(certificate_path(folder), base::view_of(certificate.certificate_pem));
}

}  // namespace

std::filesystem::path signing_key_path(const std::filesystem::path& folder) {
    return folder / "store.key";
}

std::filesystem::path successions_path(const std::filesystem::path& folder) {
    return folder / "successions.txt";
}

std::filesystem::path database_path(const std::filesystem::path& folder) {
    return folder / "store.db";
}

base::Result<std::string> database_address(const std::filesystem::path& folder) {
    auto line = read_text(address_path(folder));
    if (!line.has_value()) {
        return line.error().code == base::ErrorCode::not_found ? sqlite_address(database_path(folder))
                                                               : std::move(line);
    }
    while (line->ends_with('\n')) {
        line->pop_back();
    }
    return line;
}

base::Result<void> set_database_address(const std::filesystem::path& folder, std::string_view address) {
    TRY(check_address(address));
    return base::write_file(address_path(folder), base::view_of(std::string(address) + "\n"),
                            base::FileMode::owner_only);
}

base::Result<std::unique_ptr<Database>> open_database_of(const std::filesystem::path& folder) {
    const std::string address = TRY(database_address(folder));
    auto database = open_database(address);
    if (!database.has_value() && database.error().code == base::ErrorCode::not_found) {
        return base::fail(base::ErrorCode::not_found, folder.string(), "There is no store in this folder.",
                          "Make one with 'pillarbox-store init', or name the right folder with --data.");
    }
    return database;
}

base::Result<void> make_store(const std::filesystem::path& folder, const Identity& identity,
                              const std::vector<std::string>& hosts, base::Day today, base::Random& random,
                              const std::optional<std::string>& address) {
    TRY(storage::check_store_name(identity.name));
    // A folder that says where its database is must not become the folder of another one.
    const std::string set = TRY(database_address(folder));
    const std::string wanted = address.value_or(set);
    TRY(check_address(wanted));
    const bool made_elsewhere = wanted != set && TRY(is_made(set));
    const bool made = made_elsewhere || TRY(is_made(wanted));
    if (made) {
        return base::fail(base::ErrorCode::already_exists, made_elsewhere ? folder.string() : wanted,
                          "There is a store already.", "Choose another folder for --data, or another database.");
    }
    // Keys that are there already are kept: an earlier attempt made them, or kiosks have pinned them and it was the
    // database that got lost.
    const auto keys = read_keys(folder);
    if (!keys.has_value()) {
        TRY(make_keys(folder, hosts, today, random));
    }
    if (address.has_value()) {
        TRY(set_database_address(folder, wanted));
    }
    TRY(create_database(wanted, identity));
    return {};
}

base::Result<Keys> read_keys(const std::filesystem::path& folder) {
    auto store_key = TRY(protocol::read_seed_file(signing_key_path(folder)));
    auto certificate = TRY(read_text(certificate_path(folder)));
    auto tls_key = TRY(read_text(tls_key_path(folder)));
    return Keys{std::move(store_key), {std::move(certificate), std::move(tls_key)}};
}

}  // namespace pillarbox::store
