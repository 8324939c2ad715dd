// SPDX-License-Identifier: GPL-3.0-or-later
//
// A libcurl handle and what every transfer of ours has alike: one host, one connection, no redirect, no proxy of the
// environment, an end where the other side stalls. Internal to core/http. For one thread.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <memory>

#include "core/base/check.hpp"

namespace pillarbox::http {

struct FreeHandle {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeUrl {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

inline constexpr long stall_rate_bytes_per_second = 512;

class Transfer {
  public:
    Transfer() {  // counted and thread-safe since libcurl 7.84
        ready_ = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
        handle_.reset(ready_ ? curl_easy_init() : nullptr);
    }
    ~Transfer() {
        handle_.reset();
        if (ready_) {
            curl_global_cleanup();
        }
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    [[nodiscard]] CURL* handle() const { return handle_.get(); }         // null where libcurl could not be started
    [[nodiscard]] const char* detail() const { return detail_.data(); }  // libcurl's own sentence on a failure

    template <typename T>
    void set(CURLoption option, T value) {
        PILLARBOX_CHECK(curl_easy_setopt(handle_.get(), option, value) == CURLE_OK);
    }

    // Everything as at first but the open connection, which is kept.
    void begin(std::chrono::milliseconds connect_timeout, std::chrono::seconds stall_timeout) {
        curl_easy_reset(handle_.get());
        detail_.front() = '\0';
        set(CURLOPT_ERRORBUFFER, detail_.data());
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_PATH_AS_IS, 1L);
        set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        set(CURLOPT_FOLLOWLOCATION, 0L);
        set(CURLOPT_PROXY, "");  // switches the environment's proxies off
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_timeout.count()));
        set(CURLOPT_LOW_SPEED_LIMIT, stall_rate_bytes_per_second);
        set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(stall_timeout.count()));
    }

  private:
    bool ready_ = false;
    std::unique_ptr<CURL, FreeHandle> handle_;
    std::array<char, CURL_ERROR_SIZE> detail_{};
};

}  // namespace pillarbox::http
