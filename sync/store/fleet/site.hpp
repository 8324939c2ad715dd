// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages under /fleet and /metrics: requests in, responses out, free of sockets. The store's kiosks know nothing
// of them (service.hpp answers those).
//
// Whoever is not signed in sees the page for signing in and nothing else. A request that changes something is a POST
// with the session's form token by a manager, after a page that says what will happen; it is written to the audit log
// with name and day. What people answered is not here: the store can't open it.
// Threading: handle() and body_limit() may be called from several threads.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/http/forms.hpp"
#include "core/http/message.hpp"
#include "core/station/station.hpp"
#include "sync/store/event_log.hpp"
#include "sync/store/fleet/attempts.hpp"
#include "sync/store/fleet/metrics.hpp"
#include "sync/store/fleet/overview.hpp"
#include "sync/store/fleet/page.hpp"
#include "sync/store/fleet/sessions.hpp"

namespace pillarbox::fleet {

inline constexpr std::size_t form_size_bytes_max = 4 * 1024;

struct SiteSettings {
    station::StorePin pin;      // of the tokens that are issued here; its url is what the form suggests
    std::string metrics_token;  // what a scraper shows
    std::function<void(store::EventCode, std::initializer_list<store::EventLog::Field>)> tell;
};

class Site {
  public:
    Site(Database& database, SiteSettings settings, const base::Clock& clock, base::Random& random, Metrics& metrics);

    [[nodiscard]] static bool serves(std::string_view path);
    [[nodiscard]] static std::size_t body_limit(http::Method method, std::string_view path);
    [[nodiscard]] http::Response handle(const http::Request& request);

  private:
    struct Asked;  // one request, and who asks
    using Handler = http::Response (Site::*)(const Asked& asked);
    struct Route;
    [[nodiscard]] static const Route* route_of(std::string_view path, http::Method method);

    [[nodiscard]] http::Response metrics(const http::Request& request);
    [[nodiscard]] http::Response sign_in_page(const http::Request& request, const std::string& name,
                                              const std::optional<FieldError>& error, unsigned status);
    [[nodiscard]] http::Response sign_in(const http::Request& request);
    [[nodiscard]] http::Response sign_out(const Asked& asked);
    [[nodiscard]] http::Response answer_signed_in(const http::Request& request, const Session& session);
    [[nodiscard]] std::optional<Session> session_of(const http::Request& request);

    [[nodiscard]] http::Response kiosks(const Asked& asked);
    [[nodiscard]] http::Response kiosk(const Asked& asked);
    [[nodiscard]] http::Response ask_revoke(const Asked& asked);
    [[nodiscard]] http::Response revoke(const Asked& asked);
    [[nodiscard]] http::Response ask_readmit(const Asked& asked);
    [[nodiscard]] http::Response readmit(const Asked& asked);
    [[nodiscard]] http::Response ask_enrol(const Asked& asked);
    [[nodiscard]] http::Response enrol(const Asked& asked);
    [[nodiscard]] http::Response responses(const Asked& asked);
    [[nodiscard]] http::Response campaigns(const Asked& asked);
    [[nodiscard]] http::Response ask_close(const Asked& asked);
    [[nodiscard]] http::Response close(const Asked& asked);
    [[nodiscard]] http::Response audit(const Asked& asked);

    [[nodiscard]] http::Response message(const Asked& asked, unsigned status, std::string_view title,
                                         std::string_view sentence) const;
    [[nodiscard]] http::Response failed(const Asked& asked, const base::Error& error);
    [[nodiscard]] base::Result<void> note(const std::string& who, std::string_view what, const std::string& subject);
    [[nodiscard]] Viewing viewing(const Asked& asked, Place place) const;

    Database& database_;
    SiteSettings settings_;
    const base::Clock& clock_;
    base::Random& random_;
    Metrics& metrics_;
    Sessions sessions_;
    Attempts attempts_;
    std::mutex hashing_mutex_;  // one Argon2id at a time: its memory is a large part of the store's
};

}  // namespace pillarbox::fleet
