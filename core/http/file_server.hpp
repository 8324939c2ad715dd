// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server that keeps files: HTTPS (WebDAV, S3) or SFTP, by libcurl. Files of any size go and come in pieces.
//
// Invariants: nothing is sent before the server has proven who it is: over HTTPS by a certificate for its name that
// the machine's authorities, or the caller's file, vouch for; over SFTP by a key that stands in the caller's
// known_hosts file. Plain HTTP goes to this machine alone. No redirect is followed; the environment's proxies,
// cookies and .netrc are not used; answers that are not a file are capped; every request ends, however the other side
// drips. Threading: one FileServer per thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/http/client.hpp"

namespace pillarbox::http {

struct FileServerSettings {
    std::string base_url;  // of a folder: "https://archive.example.org/incoming/", "sftp://archive.example.org/srv/"
    std::string user, password;
    std::string region;  // not empty: requests are signed as S3 asks (AWS Signature Version 4), with `user` as key id
    std::filesystem::path certificate_authority;  // PEM; empty: the machine's own authorities
    std::filesystem::path private_key;            // SFTP; then `password` opens the key
    std::filesystem::path known_hosts;            // SFTP: as ssh-keyscan writes it
    std::chrono::milliseconds connect_timeout{30'000};
    std::chrono::seconds stall_timeout{60};  // fails once a transfer was slower than 512 bytes/s for this long
};

enum class FileProtocol { https, sftp };

// Takes a piece of a file; stop ends the transfer without an error.
using TakePiece = std::function<Proceed(base::ByteView)>;

struct FileAnswer {
    unsigned status = 0;  // HTTP's; of SFTP 200 where it was done, 404 where there is no such file, 409 otherwise
    base::Bytes body;     // of send(), at most a megabyte
};

class FileServer {
  public:
    // usage where the address is none of these, has no '/' at its end, or holds a name or a password.
    [[nodiscard]] static base::Result<FileServer> create(FileServerSettings settings);
    ~FileServer();
    FileServer(FileServer&&) noexcept;
    FileServer& operator=(FileServer&&) noexcept;

    // Paths are below the address, without '/' at their start, and are not encoded yet. What has a status is no
    // error; errors: not_authentic where the server is not who it should be, refused where it does not let us in,
    // network.
    [[nodiscard]] base::Result<FileAnswer> get(std::string_view path, const TakePiece& take);
    [[nodiscard]] base::Result<FileAnswer> put(std::string_view path, const std::filesystem::path& file);
    // HTTPS: any other method; `query` is encoded already, and sorted.
    [[nodiscard]] base::Result<FileAnswer> send(const std::string& method, std::string_view path,
                                                std::string_view query, const std::vector<std::string>& headers);
    // SFTP.
    [[nodiscard]] base::Result<FileAnswer> make_folder(std::string_view path);
    [[nodiscard]] base::Result<FileAnswer> rename(std::string_view from, std::string_view to);

    [[nodiscard]] FileProtocol protocol() const;
    [[nodiscard]] std::string url_of(std::string_view path) const;

  private:
    struct State;
    explicit FileServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Letters, digits and "-_.~" stay, and '/' in paths; every other byte becomes %XX.
[[nodiscard]] std::string encode_url_path(std::string_view path);
[[nodiscard]] std::string encode_url_value(std::string_view value);

}  // namespace pillarbox::http
