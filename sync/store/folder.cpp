// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/folder.hpp"

#include "core/base/file.hpp"
#include "sync/protocol/seed_file.hpp"

namespace pillarbox::store {
namespace {

constexpr std::size_t key_file_size_bytes_max = 16 * 1024;

std::filesystem::path signing_key_path(const std::filesystem::path& folder) {
    return folder / "store.key";
}
std::filesystem::path tls_key_path(const std::filesystem::path& folder) {
    return folder / "tls.key";
}
std::filesystem::path certificate_path(const std::filesystem::path& folder) {
    return folder / "tls.crt";
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

std::filesystem::path database_path(const std::filesystem::path& folder) {
    return folder / "store.db";
}

base::Result<void> make_store(const std::filesystem::path& folder, const Identity& identity,
                              const std::vector<std::string>& hosts, base::Day today, base::Random& random) {
    TRY(check_store_name(identity.name));
    const bool made = TRY(Database::is_made(database_path(folder)));
    if (made) {
        return base::fail(base::ErrorCode::already_exists, folder.string(), "There is a store already.",
                          "Choose another folder for --data.");
    }
    // Keys that are there already are kept: an earlier attempt made them, or kiosks have pinned them and it was the
    // database that got lost.
    const auto keys = read_keys(folder);
    if (!keys.has_value()) {
        TRY(make_keys(folder, hosts, today, random));
    }
    TRY(Database::create(database_path(folder), identity));
    return {};
}

base::Result<Keys> read_keys(const std::filesystem::path& folder) {
    auto store_key = TRY(protocol::read_seed_file(signing_key_path(folder)));
    auto certificate = TRY(read_text(certificate_path(folder)));
    auto tls_key = TRY(read_text(tls_key_path(folder)));
    return Keys{std::move(store_key), {std::move(certificate), std::move(tls_key)}};
}

}  // namespace pillarbox::store
