// SPDX-License-Identifier: GPL-3.0-or-later
//
// A folder on an archive's server, as a hand-over needs it. Where the server can rename (WebDAV, SFTP), a bag on its
// way lies under a name that no other bag has, and gets its own when it is whole. S3 can't: there a bag lies under
// its name from the start, without bagit.txt, which comes last: until then it is not a bag (RFC 8493, 2.1.1).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/crypto/sha512.hpp"
#include "core/http/file_server.hpp"
#include "desk/archive/archive_target.hpp"

namespace pillarbox::archive {

enum class Presence { missing, same, other };
enum class FolderState { is_new, was_there };

class RemotePlace {
  public:
    [[nodiscard]] static base::Result<std::unique_ptr<RemotePlace>> open(const ArchiveTarget& target);
    virtual ~RemotePlace() = default;
    RemotePlace(const RemotePlace&) = delete;
    RemotePlace& operator=(const RemotePlace&) = delete;

    // Where a bag lies while it is on its way.
    [[nodiscard]] virtual std::string folder_on_its_way(const std::string& name,
                                                        const crypto::LongDigest& manifest) const = 0;
    [[nodiscard]] virtual base::Result<FolderState> begin(const std::string& folder) = 0;
    // Reads what is there, and not more of it than a byte beyond `size_bytes`.
    [[nodiscard]] base::Result<Presence> compare(const std::string& path, std::uint64_t size_bytes,
                                                 const crypto::LongDigest& digest);
    [[nodiscard]] base::Result<void> put(const std::string& path, const std::filesystem::path& file);
    // already_exists where there is another of this name by now, or where what lies there is more than `paths`, which
    // are those of the whole bag.
    [[nodiscard]] virtual base::Result<void> give_name(const std::string& folder, const std::string& name,
                                                       const std::set<std::string>& paths) = 0;
    // Whether anything lies below the folder that is not one of `paths`, as far as the server can be asked.
    [[nodiscard]] virtual base::Result<bool> holds_more_than(const std::string& folder,
                                                             const std::set<std::string>& paths);
    [[nodiscard]] std::string url_of(const std::string& path) const { return server_.url_of(path); }

  protected:
    explicit RemotePlace(http::FileServer server) : server_(std::move(server)) {}
    virtual base::Result<void> make_parents(const std::string& path) = 0;
    [[nodiscard]] base::Error error_of_status(unsigned status, const std::string& path) const;

    http::FileServer server_;
};

}  // namespace pillarbox::archive
