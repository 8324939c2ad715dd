// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "core/base/check.hpp"
#include "core/http/transfer.hpp"

namespace pillarbox::http {
namespace {

bool has_part(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    const bool found = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return found;
}

// What libcurl hands to TLS at a time. With its own 64 KiB a synchronization of two thousand responses takes a
// twentieth longer.
constexpr long upload_buffer_size_bytes = 512L * 1024;

// What a failed transfer means to the caller. `detail` is libcurl's own sentence: addresses and system errors, never
// a body.
base::Error error_of(CURLcode code, const std::string& where, std::string_view detail) {
    const std::string_view reason = detail.empty() ? std::string_view(curl_easy_strerror(code)) : detail;
    if (code == CURLE_SSL_PINNEDPUBKEYNOTMATCH || code == CURLE_PEER_FAILED_VERIFICATION) {
        return {base::ErrorCode::not_authentic, where,
                "The server's certificate is not the store's, so nothing was sent.",
                "Check the network for a sign-in page or a filter; if the store has a new certificate, enrol again."};
    }
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        return {base::ErrorCode::network, where, "The transfer was stopped.", ""};
    }
    if (code == CURLE_SSL_CONNECT_ERROR) {
        return {base::ErrorCode::network, where, fmt::format("No TLS 1.3 connection: {}.", reason),
                "Check the network for a sign-in page or a filter, and the address."};
    }
    return {base::ErrorCode::network, where, fmt::format("No connection: {}.", reason),
            "Check the network cable or Wi-Fi and try again; nothing is lost."};
}

}  // namespace

base::Result<void> check_base_url(const std::string& base_url) {
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    const bool plain = url && base_url.starts_with("https://") && !base_url.ends_with("/") &&
                       curl_url_set(url.get(), CURLUPART_URL, base_url.c_str(), 0) == CURLUE_OK &&
                       !has_part(url.get(), CURLUPART_USER) && !has_part(url.get(), CURLUPART_QUERY) &&
                       !has_part(url.get(), CURLUPART_FRAGMENT) &&
                       base_url.find('/', std::string_view("https://").size()) == std::string::npos;
    if (!plain) {
        return base::fail(base::ErrorCode::usage, base_url, "Not the address of a store.",
                          "Write it as https://HOST:PORT, without a path.");
    }
    return {};
}

struct Client::State {
    // libcurl calls these from C: they must not let an exception out.
    static std::size_t receive(char* data, std::size_t, std::size_t size, void* self) noexcept;
    static std::size_t receive_header(char* data, std::size_t, std::size_t size, void* self) noexcept;
    static int report(void* self, curl_off_t, curl_off_t, curl_off_t total, curl_off_t sent) noexcept;

    void set_connection();
    HeaderList set_request(const Request& request);

    ClientSettings settings;
    Progress progress;
    base::Bytes received;
    std::size_t received_header_bytes = 0;
    bool over_cap = false;
    Transfer transfer;  // last, so that it ends before what its callbacks use
};

std::size_t Client::State::receive(char* data, std::size_t, std::size_t size, void* self) noexcept {
    auto& state = *static_cast<State*>(self);
    try {
        if (size > state.settings.response_size_bytes_max - state.received.size()) {
            state.over_cap = true;
            return 0;
        }
        state.received.insert(state.received.end(), data, data + size);
        return size;
    } catch (...) {  // out of memory
        return 0;
    }
}

std::size_t Client::State::receive_header(char*, std::size_t, std::size_t size, void* self) noexcept {
    auto& state = *static_cast<State*>(self);
    state.received_header_bytes += size;
    state.over_cap = state.received_header_bytes > state.settings.response_header_size_bytes_max;
    return state.over_cap ? 0 : size;
}

int Client::State::report(void* self, curl_off_t, curl_off_t, curl_off_t total, curl_off_t sent) noexcept {
    const auto& state = *static_cast<const State*>(self);
    try {
        const auto answer = state.progress(static_cast<std::uint64_t>(sent), static_cast<std::uint64_t>(total));
        return answer == Proceed::yes ? 0 : 1;
    } catch (...) {
        return 1;
    }
}

void Client::State::set_connection() {
    const std::string pin = "sha256//" + base::to_base64(settings.certificate_pin);
    transfer.begin(settings.connect_timeout, settings.stall_timeout);
    transfer.set(CURLOPT_PROTOCOLS_STR, "https");
    transfer.set(CURLOPT_PROXY, settings.proxy.c_str());
    transfer.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    // The pin alone decides. No authority is asked, and a name or date in the certificate adds nothing to its own
    // key: the handshake proves that the other side holds that key before a byte of HTTP is written.
    transfer.set(CURLOPT_PINNEDPUBLICKEY, pin.c_str());
    transfer.set(CURLOPT_SSL_VERIFYPEER, 0L);
    transfer.set(CURLOPT_SSL_VERIFYHOST, 0L);
    transfer.set(CURLOPT_HEADERFUNCTION, &State::receive_header);
    transfer.set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    transfer.set(CURLOPT_WRITEFUNCTION, &State::receive);
    transfer.set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    if (progress) {
        transfer.set(CURLOPT_NOPROGRESS, 0L);
        transfer.set(CURLOPT_XFERINFOFUNCTION, &State::report);
        transfer.set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
    }
}

HeaderList Client::State::set_request(const Request& request) {
    PILLARBOX_CHECK(request.method != Method::other && request.path.starts_with('/'));
    transfer.set(CURLOPT_URL, (settings.base_url + request.path).c_str());
    const std::chrono::seconds body_time(static_cast<long>(request.body.size()) / stall_rate_bytes_per_second);
    transfer.set(CURLOPT_TIMEOUT_MS,
                 static_cast<long>(std::chrono::milliseconds(settings.answer_timeout + body_time).count()));
    curl_slist* headers = nullptr;
    if (request.method == Method::post) {
        transfer.set(CURLOPT_POST, 1L);
        transfer.set(CURLOPT_UPLOAD_BUFFERSIZE, upload_buffer_size_bytes);
        transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        transfer.set(CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(request.body.data()));
        headers = curl_slist_append(headers, ("Content-Type: " + request.content_type).c_str());
        headers = curl_slist_append(headers, "Expect:");  // a 100-continue would cost a round trip a batch
    }
    transfer.set(CURLOPT_HTTPHEADER, headers);
    return HeaderList(headers);
}

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

base::Result<Client> Client::create(ClientSettings settings, Progress progress) {
    TRY(check_base_url(settings.base_url));
    auto state = std::make_unique<State>();
    if (state->transfer.handle() == nullptr) {
        return base::fail(base::ErrorCode::unavailable, "libcurl", "The HTTPS client could not be started.");
    }
    state->settings = std::move(settings);
    state->progress = std::move(progress);
    return Client(std::move(state));
}

base::Result<Response> Client::send(const Request& request) {
    State& state = *state_;
    CURL* handle = state.transfer.handle();
    state.received.clear();
    state.received_header_bytes = 0;
    state.over_cap = false;
    state.set_connection();
    const HeaderList headers = state.set_request(request);

    const CURLcode code = curl_easy_perform(handle);
    const std::string& where = state.settings.base_url;
    if (state.over_cap) {
        return base::fail(base::ErrorCode::limit_exceeded, where, "The answer is longer than any the store gives.",
                          "Check the network for a sign-in page.");
    }
    if (code != CURLE_OK) {
        return std::unexpected(error_of(code, where, state.transfer.detail()));
    }
    long status = 0;
    char* content_type = nullptr;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &content_type);
    return Response{static_cast<unsigned>(status), content_type == nullptr ? "" : content_type,
                    std::exchange(state.received, {})};
}

}  // namespace pillarbox::http
