// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/remote_place.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "desk/archive/s3_listing.hpp"

namespace pillarbox::archive {
namespace {

constexpr unsigned status_created = 201;
constexpr unsigned status_missing = 404;
constexpr unsigned status_there_already = 405;  // of MKCOL (RFC 4918, 9.3.1)
constexpr unsigned status_precondition = 412;   // of MOVE with "Overwrite: F"

bool is_done(unsigned status) {
    return status >= 200 && status < 300;
}

std::unexpected<base::Error> name_is_taken(const std::string& where) {
    return base::fail(base::ErrorCode::already_exists, where, "The archive has something else of this name.",
                      "Settle it with the archive: a bag is never overwritten.");
}

// Of a server that can rename, and has folders that are made one by one.
class PlaceOfFolders : public RemotePlace {
  public:
    // ".NAME.0011223344556677.incoming": the digest keeps halves of another bag of this name out.
    [[nodiscard]] std::string folder_on_its_way(const std::string& name,
                                                const crypto::LongDigest& manifest) const override {
        return fmt::format(".{}.{}.incoming", name, base::to_hex(manifest).substr(0, 16));
    }

    base::Result<FolderState> begin(const std::string& folder) override {
        const FolderState state = TRY(make_folder(folder));
        made_.insert(folder);
        return state;
    }

  protected:
    explicit PlaceOfFolders(http::FileServer server) : RemotePlace(std::move(server)) {}

  private:
    virtual base::Result<FolderState> make_folder(const std::string& folder) = 0;

    base::Result<void> make_parents(const std::string& path) override {
        for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
            const std::string parent = path.substr(0, slash);
            if (!made_.contains(parent)) {
                static_cast<void>(TRY(begin(parent)));
            }
        }
        return {};
    }

    std::set<std::string> made_;
};

class WebDavPlace final : public PlaceOfFolders {
  public:
    explicit WebDavPlace(http::FileServer server) : PlaceOfFolders(std::move(server)) {}

    base::Result<void> give_name(const std::string& folder, const std::string& name,
                                 const std::set<std::string>&) override {
        const auto answer = TRY(
            server_.send("MOVE", folder + "/", {}, {"Destination: " + server_.url_of(name + "/"), "Overwrite: F"}));
        if (answer.status == status_precondition) {
            return name_is_taken(server_.url_of(name));
        }
        return is_done(answer.status) ? base::Result<void>{}
                                      : std::unexpected(error_of_status(answer.status, folder));
    }

  private:
    base::Result<FolderState> make_folder(const std::string& folder) override {
        const auto answer = TRY(server_.send("MKCOL", folder + "/", {}, {}));
        if (answer.status != status_created && answer.status != status_there_already) {
            return std::unexpected(error_of_status(answer.status, folder));
        }
        return answer.status == status_created ? FolderState::is_new : FolderState::was_there;
    }
};

class SftpPlace final : public PlaceOfFolders {
  public:
    explicit SftpPlace(http::FileServer server) : PlaceOfFolders(std::move(server)) {}

    base::Result<void> give_name(const std::string& folder, const std::string& name,
                                 const std::set<std::string>&) override {
        const auto answer = TRY(server_.rename(folder, name));
        return is_done(answer.status) ? base::Result<void>{} : name_is_taken(server_.url_of(name));
    }

  private:
    // A server says no more than that a folder was not made: then it was there, or the first file tells what is
    // wrong.
    base::Result<FolderState> make_folder(const std::string& folder) override {
        const auto answer = TRY(server_.make_folder(folder));
        return is_done(answer.status) ? FolderState::is_new : FolderState::was_there;
    }
};

class S3Place final : public RemotePlace {
  public:
    // `prefix`: of keys, below the bucket; the address is "https://HOST/BUCKET/PREFIX/".
    S3Place(http::FileServer server, http::FileServer bucket, std::string prefix)
        : RemotePlace(std::move(server)), bucket_(std::move(bucket)), prefix_(std::move(prefix)) {}

    [[nodiscard]] std::string folder_on_its_way(const std::string& name, const crypto::LongDigest&) const override {
        return name;
    }

    base::Result<FolderState> begin(const std::string& folder) override {
        const bool is_empty = !TRY(holds_more_than(folder, {}));
        return is_empty ? FolderState::is_new : FolderState::was_there;
    }

    base::Result<void> give_name(const std::string& folder, const std::string&,
                                 const std::set<std::string>& paths) override {
        const bool more = TRY(holds_more_than(folder, paths));
        return more ? name_is_taken(server_.url_of(folder)) : base::Result<void>{};
    }

    base::Result<bool> holds_more_than(const std::string& folder, const std::set<std::string>& paths) override {
        std::string token;
        for (int page = 0; page < pages_max; ++page) {
            const std::string start = prefix_ + folder + "/";
            const std::string query =
                (token.empty() ? "" : "continuation-token=" + http::encode_url_value(token) + "&") +
                "encoding-type=url&list-type=2&prefix=" + http::encode_url_value(start);
            const auto answer = TRY(bucket_.send("GET", {}, query, {}));
            if (!is_done(answer.status)) {
                return std::unexpected(error_of_status(answer.status, folder));
            }
            S3Listing listing = TRY(parse_s3_listing(base::text_of(answer.body), server_.url_of(folder)));
            for (const std::string& key : listing.keys) {
                if (!key.starts_with(start) || !paths.contains(key.substr(start.size()))) {
                    return true;
                }
            }
            if (listing.continuation.empty()) {
                return false;
            }
            token = std::move(listing.continuation);
        }
        return true;
    }

  private:
    static constexpr int pages_max = 10'000;  // of 1000 keys

    base::Result<void> make_parents(const std::string&) override { return {}; }

    http::FileServer bucket_;
    std::string prefix_;
};

base::Result<std::unique_ptr<RemotePlace>> open_s3(const http::FileServerSettings& settings) {
    const std::size_t host = settings.base_url.find("://") + 3;
    const std::size_t bucket = settings.base_url.find('/', host) + 1;
    const std::size_t prefix = settings.base_url.find('/', bucket);
    if (prefix == std::string::npos) {
        return base::fail(base::ErrorCode::usage, "url", "The address names no bucket.",
                          "Write https://HOST/BUCKET/ or https://HOST/BUCKET/PREFIX/.");
    }
    http::FileServerSettings of_bucket = settings;
    of_bucket.base_url.resize(prefix + 1);
    http::FileServer server = TRY(http::FileServer::create(settings));
    http::FileServer lister = TRY(http::FileServer::create(std::move(of_bucket)));
    return std::unique_ptr<RemotePlace>(
        std::make_unique<S3Place>(std::move(server), std::move(lister), settings.base_url.substr(prefix + 1)));
}

}  // namespace

base::Result<std::unique_ptr<RemotePlace>> RemotePlace::open(const ArchiveTarget& target) {
    switch (target.kind) {
        case TargetKind::s3:
            return open_s3(target.server);
        case TargetKind::webdav: {
            http::FileServer server = TRY(http::FileServer::create(target.server));
            return std::unique_ptr<RemotePlace>(std::make_unique<WebDavPlace>(std::move(server)));
        }
        case TargetKind::sftp: {
            http::FileServer server = TRY(http::FileServer::create(target.server));
            return std::unique_ptr<RemotePlace>(std::make_unique<SftpPlace>(std::move(server)));
        }
    }
    return base::fail(base::ErrorCode::unsupported, "kind", "Not a kind of target.");
}

base::Result<Presence> RemotePlace::compare(const std::string& path, std::uint64_t size_bytes,
                                            const crypto::LongDigest& digest) {
    crypto::Sha512 hasher;
    std::uint64_t read_bytes = 0;
    const auto answer = TRY(server_.get(path, [&](base::ByteView piece) {
        hasher.add(piece);
        read_bytes += piece.size();
        return read_bytes > size_bytes ? http::Proceed::stop : http::Proceed::yes;
    }));
    if (answer.status == status_missing) {
        return Presence::missing;
    }
    if (!is_done(answer.status)) {
        return std::unexpected(error_of_status(answer.status, path));
    }
    return read_bytes == size_bytes && hasher.finish() == digest ? Presence::same : Presence::other;
}

base::Result<void> RemotePlace::put(const std::string& path, const std::filesystem::path& file) {
    TRY(make_parents(path));
    const auto answer = TRY(server_.put(path, file));
    return is_done(answer.status) ? base::Result<void>{} : std::unexpected(error_of_status(answer.status, path));
}

base::Result<bool> RemotePlace::holds_more_than(const std::string&, const std::set<std::string>&) {
    return false;  // WebDAV and SFTP: not asked, as nothing of another bag gets into a folder on its way
}

base::Error RemotePlace::error_of_status(unsigned status, const std::string& path) const {
    const std::string where = server_.url_of(path);
    switch (status) {
        case 401:
        case 403:
            return {base::ErrorCode::refused, where, fmt::format("The server does not allow it (HTTP {}).", status),
                    "Check user and password, and what this user may do there."};
        case 404:
        case 409:  // WebDAV: the folder above is missing (RFC 4918, 9.3.1 and 9.7.1)
            return {base::ErrorCode::not_found, where, "The archive's folder is not there.",
                    "Check the target's address: the folder or bucket itself is not made here."};
        case 413:
        case 507:
            return {base::ErrorCode::no_space, where, fmt::format("The server has no room (HTTP {}).", status),
                    "Ask the archive."};
        default:
            return {status >= 500 ? base::ErrorCode::network : base::ErrorCode::refused, where,
                    fmt::format("The server answered HTTP {}.", status),
                    "Run it again: it goes on where it was. Where it stays so, ask the archive."};
    }
}

}  // namespace pillarbox::archive
