// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/file_server.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/http/transfer.hpp"

namespace pillarbox::http {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

constexpr std::size_t answer_size_bytes_max = std::size_t{1} << 20U;
constexpr std::array<std::string_view, 3> this_machine = {"127.0.0.1", "[::1]", "localhost"};
constexpr unsigned status_done = 200;
constexpr unsigned status_missing = 404;
constexpr unsigned status_not_done = 409;

std::string encoded(std::string_view text, std::string_view besides) {
    std::string result;
    for (const char letter : text) {
        const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                           (letter >= '0' && letter <= '9') || std::string_view("-_.~").contains(letter) ||
                           besides.contains(letter);
        result += plain ? std::string(1, letter) : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return result;
}

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    const bool found = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    std::string copy = found ? text : "";
    curl_free(text);
    return copy;
}

base::Result<FileProtocol> check_address(const std::string& base_url) {
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    const bool parsed = url && base_url.ends_with('/') &&
                        curl_url_set(url.get(), CURLUPART_URL, base_url.c_str(), CURLU_PATH_AS_IS) == CURLUE_OK;
    const std::string scheme = parsed ? part_of(url.get(), CURLUPART_SCHEME) : "";
    const std::string host = parsed ? part_of(url.get(), CURLUPART_HOST) : "";
    const bool is_here = std::ranges::find(this_machine, host) != this_machine.end();
    const bool bare = parsed && part_of(url.get(), CURLUPART_USER).empty() &&
                      part_of(url.get(), CURLUPART_PASSWORD).empty() && part_of(url.get(), CURLUPART_QUERY).empty() &&
                      part_of(url.get(), CURLUPART_FRAGMENT).empty();
    if (!bare || (scheme != "https" && scheme != "sftp" && (scheme != "http" || !is_here))) {
        // The address is not quoted: it may hold a password.
        return base::fail(base::ErrorCode::usage, "url", "Not the address of a folder on a server that is encrypted.",
                          "Write https://HOST/PATH/ or sftp://HOST/PATH/, with / at the end and no password in it.");
    }
    return scheme == "sftp" ? FileProtocol::sftp : FileProtocol::https;
}

// A path in a command of libcurl's to an SFTP server.
std::string in_quotes(std::string_view path) {
    std::string result = "\"";
    for (const char letter : path) {
        result += letter == '"' || letter == '\\' ? "\\" : "";
        result += letter;
    }
    return result + "\"";
}

base::Error error_of(CURLcode code, const std::string& where, std::string_view detail) {
    const std::string_view reason = detail.empty() ? std::string_view(curl_easy_strerror(code)) : detail;
    switch (code) {
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
            return {base::ErrorCode::not_authentic, where,
                    fmt::format("The server did not prove who it is, so nothing was sent: {}.", reason),
                    "Check the address, and the authority or the known_hosts file that the target names."};
        case CURLE_LOGIN_DENIED:
        case CURLE_REMOTE_ACCESS_DENIED:
        case CURLE_UPLOAD_FAILED:
            return {base::ErrorCode::refused, where, fmt::format("The server does not allow it: {}.", reason),
                    "Check user, password or key, and what this user may do there."};
        case CURLE_REMOTE_DISK_FULL:
            return {base::ErrorCode::no_space, where, "The server's disk or quota is full.", "Ask the archive."};
        default:
            return {base::ErrorCode::network, where, fmt::format("The transfer failed: {}.", reason),
                    "Check the network and the address, and run it again: it goes on where it was."};
    }
}

}  // namespace

std::string encode_url_path(std::string_view path) {
    return encoded(path, "/");
}
std::string encode_url_value(std::string_view value) {
    return encoded(value, "");
}

struct FileServer::State {
    // libcurl calls these from C: they must not let an exception out.
    static std::size_t receive(char* data, std::size_t, std::size_t size, void* self) noexcept;
    static std::size_t send_piece(char* data, std::size_t, std::size_t size, void* file) noexcept;
    static int rewind(void* file, curl_off_t offset, int origin) noexcept;

    void begin(const std::string& url);
    void prove_us();
    base::Result<FileAnswer> perform(const std::string& where);
    base::Result<FileAnswer> command(const std::string& text);
    [[nodiscard]] std::string url_of(std::string_view path) const {
        return settings.base_url + encode_url_path(path);
    }

    FileServerSettings settings;
    FileProtocol protocol = FileProtocol::https;
    std::string folder;               // of the address, decoded: SFTP's commands take paths
    const TakePiece* take = nullptr;  // of get()
    base::Bytes received;             // of send()
    bool stopped = false;
    Transfer transfer;  // last, so that it ends before what its callbacks use
};

std::size_t FileServer::State::receive(char* data, std::size_t, std::size_t size, void* self) noexcept {
    auto& state = *static_cast<State*>(self);
    try {
        long status = 0;
        curl_easy_getinfo(state.transfer.handle(), CURLINFO_RESPONSE_CODE, &status);
        const base::ByteView piece(reinterpret_cast<const std::uint8_t*>(data), size);
        // Of SFTP there is no status while a file comes.
        if (state.take != nullptr && (state.protocol == FileProtocol::sftp || status == status_done)) {
            state.stopped = (*state.take)(piece) == Proceed::stop;
            return state.stopped ? 0 : size;
        }
        if (size > answer_size_bytes_max - state.received.size()) {
            return 0;
        }
        state.received.insert(state.received.end(), piece.begin(), piece.end());
        return size;
    } catch (...) {  // out of memory
        return 0;
    }
}

std::size_t FileServer::State::send_piece(char* data, std::size_t, std::size_t size, void* file) noexcept {
    auto* source = static_cast<std::FILE*>(file);
    const std::size_t count = std::fread(data, 1, size, source);
    return count == 0 && std::ferror(source) != 0 ? CURL_READFUNC_ABORT : count;
}

int FileServer::State::rewind(void* file, curl_off_t offset, int origin) noexcept {
    return std::fseek(static_cast<std::FILE*>(file), static_cast<long>(offset), origin) == 0 ? CURL_SEEKFUNC_OK
                                                                                             : CURL_SEEKFUNC_FAIL;
}

void FileServer::State::begin(const std::string& url) {
    transfer.begin(settings.connect_timeout, settings.stall_timeout);
    received.clear();
    take = nullptr;
    stopped = false;
    transfer.set(CURLOPT_URL, url.c_str());
    transfer.set(CURLOPT_PROTOCOLS_STR, protocol == FileProtocol::sftp ? "sftp" : "https,http");
    transfer.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    transfer.set(CURLOPT_WRITEFUNCTION, &State::receive);
    transfer.set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    prove_us();
}

void FileServer::State::prove_us() {
    if (!settings.user.empty()) {
        transfer.set(CURLOPT_USERNAME, settings.user.c_str());
    }
    if (protocol == FileProtocol::sftp) {
        transfer.set(CURLOPT_SSH_KNOWNHOSTS,
                     settings.known_hosts.c_str());  // an unknown key is refused, as is a changed one
        if (settings.private_key.empty()) {
            transfer.set(CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PASSWORD));
            transfer.set(CURLOPT_PASSWORD, settings.password.c_str());
        } else {
            transfer.set(CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PUBLICKEY));
            transfer.set(CURLOPT_SSH_PRIVATE_KEYFILE, settings.private_key.c_str());
            transfer.set(CURLOPT_KEYPASSWD, settings.password.c_str());
        }
        return;
    }
    if (!settings.certificate_authority.empty()) {
        transfer.set(CURLOPT_CAINFO, settings.certificate_authority.c_str());
        transfer.set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    }
    if (!settings.password.empty()) {
        transfer.set(CURLOPT_PASSWORD, settings.password.c_str());
    }
    if (!settings.region.empty()) {
        transfer.set(CURLOPT_AWS_SIGV4, fmt::format("aws:amz:{}:s3", settings.region).c_str());
    } else if (!settings.user.empty()) {
        transfer.set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    }
}

base::Result<FileAnswer> FileServer::State::perform(const std::string& where) {
    const CURLcode code = curl_easy_perform(transfer.handle());
    const bool is_sftp = protocol == FileProtocol::sftp;
    if (is_sftp && code == CURLE_REMOTE_FILE_NOT_FOUND) {
        return FileAnswer{status_missing, {}};
    }
    if (is_sftp && code == CURLE_QUOTE_ERROR) {
        return FileAnswer{status_not_done, {}};
    }
    if (code != CURLE_OK && !stopped) {
        return std::unexpected(error_of(code, where, transfer.detail()));
    }
    long status = status_done;
    if (!is_sftp) {
        curl_easy_getinfo(transfer.handle(), CURLINFO_RESPONSE_CODE, &status);
    }
    return FileAnswer{static_cast<unsigned>(status), std::exchange(received, {})};
}

FileServer::FileServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileServer::~FileServer() = default;
FileServer::FileServer(FileServer&&) noexcept = default;
FileServer& FileServer::operator=(FileServer&&) noexcept = default;

base::Result<FileServer> FileServer::create(FileServerSettings settings) {
    auto state = std::make_unique<State>();
    if (state->transfer.handle() == nullptr) {
        return base::fail(base::ErrorCode::unavailable, "libcurl", "The client for servers could not be started.");
    }
    state->protocol = TRY(check_address(settings.base_url));
    if (state->protocol == FileProtocol::sftp && settings.known_hosts.empty()) {
        return base::fail(
            base::ErrorCode::usage, "known_hosts", "Nothing says which key the SFTP server has.",
            "Name a known_hosts file, as ssh-keyscan writes it, with a key that the archive confirmed.");
    }
    const std::size_t host = settings.base_url.find("://") + 3;
    const std::string path = settings.base_url.substr(settings.base_url.find('/', host));
    int size = 0;
    char* decoded = curl_easy_unescape(state->transfer.handle(), path.c_str(), static_cast<int>(path.size()), &size);
    state->folder = decoded == nullptr ? "" : std::string(decoded, static_cast<std::size_t>(size));
    curl_free(decoded);
    state->settings = std::move(settings);
    return FileServer(std::move(state));
}

// What S3 signs is the request; that the file arrived whole is found out by reading it back.
static constexpr const char* unsigned_payload = "x-amz-content-sha256: UNSIGNED-PAYLOAD";

base::Result<FileAnswer> FileServer::get(std::string_view path, const TakePiece& take) {
    State& state = *state_;
    const std::string url = state.url_of(path);
    state.begin(url);
    state.take = &take;
    const HeaderList headers(state.settings.region.empty() ? nullptr : curl_slist_append(nullptr, unsigned_payload));
    state.transfer.set(CURLOPT_HTTPHEADER, headers.get());
    return state.perform(url);
}

base::Result<FileAnswer> FileServer::put(std::string_view path, const std::filesystem::path& file) {
    State& state = *state_;
    const std::string url = state.url_of(path);
    const std::unique_ptr<std::FILE, CloseFile> source(std::fopen(file.c_str(), "rbe"));
    std::error_code problem;
    const std::uintmax_t size = std::filesystem::file_size(file, problem);
    if (!source || problem) {
        return std::unexpected(base::error_of_errno(problem ? problem.value() : errno, file, "opened"));
    }
    state.begin(url);
    state.transfer.set(CURLOPT_UPLOAD, 1L);
    state.transfer.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
    state.transfer.set(CURLOPT_READFUNCTION, &State::send_piece);
    state.transfer.set(CURLOPT_READDATA, static_cast<void*>(source.get()));
    state.transfer.set(CURLOPT_SEEKFUNCTION, &State::rewind);
    state.transfer.set(CURLOPT_SEEKDATA, static_cast<void*>(source.get()));
    state.transfer.set(CURLOPT_NEW_FILE_PERMS, 0600L);
    // Without "Expect: 100-continue" a file costs one round trip less. Of signed requests libcurl would sign that
    // line and not send it.
    const HeaderList headers(
        curl_slist_append(nullptr, state.settings.region.empty() ? "Expect:" : unsigned_payload));
    state.transfer.set(CURLOPT_HTTPHEADER, headers.get());
    return state.perform(url);
}

base::Result<FileAnswer> FileServer::send(const std::string& method, std::string_view path, std::string_view query,
                                          const std::vector<std::string>& headers) {
    State& state = *state_;
    PILLARBOX_CHECK(state.protocol == FileProtocol::https);
    std::string url = state.url_of(path);
    url += query.empty() ? "" : "?" + std::string(query);
    state.begin(url);
    state.transfer.set(CURLOPT_CUSTOMREQUEST, method.c_str());
    HeaderList list;
    for (const std::string& header : headers) {
        list.reset(curl_slist_append(list.release(), header.c_str()));
    }
    if (!state.settings.region.empty()) {
        list.reset(curl_slist_append(list.release(), unsigned_payload));
    }
    state.transfer.set(CURLOPT_HTTPHEADER, list.get());
    return state.perform(url);
}

base::Result<FileAnswer> FileServer::State::command(const std::string& text) {
    PILLARBOX_CHECK(protocol == FileProtocol::sftp);
    begin(settings.base_url);
    transfer.set(CURLOPT_NOBODY, 1L);  // the folder is not listed
    const HeaderList commands(curl_slist_append(nullptr, text.c_str()));
    transfer.set(CURLOPT_QUOTE, commands.get());
    return perform(settings.base_url);
}

base::Result<FileAnswer> FileServer::make_folder(std::string_view path) {
    return state_->command("mkdir " + in_quotes(state_->folder + std::string(path)));
}

base::Result<FileAnswer> FileServer::rename(std::string_view from, std::string_view to) {
    return state_->command("rename " + in_quotes(state_->folder + std::string(from)) + " " +
                           in_quotes(state_->folder + std::string(to)));
}

FileProtocol FileServer::protocol() const {
    return state_->protocol;
}
std::string FileServer::url_of(std::string_view path) const {
    return state_->url_of(path);
}

}  // namespace pillarbox::http
