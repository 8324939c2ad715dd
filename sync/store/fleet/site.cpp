// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/site.hpp"

#include <array>
#include <utility>

#include "core/base/utf8.hpp"
#include "sync/store/again.hpp"
#include "sync/store/fleet/files.hpp"
#include "sync/store/fleet/other_pages.hpp"
#include "sync/store/fleet/site_state.hpp"

namespace pillarbox::fleet {
namespace {

// The prefix makes browsers keep a cookie only where it came over TLS, for this host alone and all of its paths, so
// that no neighbour can plant one.
constexpr std::string_view session_cookie = "__Host-pillarbox";
constexpr std::string_view form_cookie = "__Host-pillarbox-form";
constexpr std::string_view bearer = "Bearer ";
constexpr std::string_view icon_path = "/favicon.ico";
constexpr std::size_t form_secret_size_bytes = 16;
constexpr std::size_t name_size_bytes_max = 64;  // of what is counted as a try, and shown again

http::Header set_cookie(std::string_view name, std::string_view value) {
    return {"Set-Cookie",
            std::string(name) + "=" + std::string(value) + "; Path=/; Secure; HttpOnly; SameSite=Strict"};
}

http::Header drop_cookie(std::string_view name) {
    return {"Set-Cookie", std::string(name) + "=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"};
}

// nullopt where the path is another; else what stands for *.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == path ? std::optional<std::string_view>("") : std::nullopt;
    }
    const std::string_view before = pattern.substr(0, star);
    const std::string_view after = pattern.substr(star + 1);
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) {
        return std::nullopt;
    }
    path.remove_prefix(before.size());
    path.remove_suffix(after.size());
    return path.contains('/') ? std::nullopt : std::optional(path);
}

}  // namespace

Site::Site(Database& database, SiteSettings settings, const base::Clock& clock, base::Random& random,
           Metrics& metrics)
    : database_(database),
      settings_(std::move(settings)),
      clock_(clock),
      random_(random),
      metrics_(metrics),
      sessions_(clock, random),
      attempts_(clock) {}

bool Site::serves(std::string_view path) {
    return path == metrics_path || path == icon_path || path == "/fleet" || path.starts_with("/fleet/");
}

std::size_t Site::body_limit(http::Method method, std::string_view path) {
    return method == http::Method::post && path.starts_with("/fleet/") ? form_size_bytes_max : 0;
}

const Site::Route* Site::route_of(std::string_view path, http::Method method) {
    using http::Method;
    static constexpr std::array<Route, 16> routes = {{
        {Method::get, "/fleet", Access::everyone, &Site::kiosks},
        {Method::get, "/fleet/kiosks/*", Access::everyone, &Site::kiosks},
        {Method::get, "/fleet/kiosk/*", Access::everyone, &Site::kiosk},
        {Method::get, "/fleet/kiosk/*/revoke", Access::managers, &Site::ask_revoke},
        {Method::post, "/fleet/kiosk/*/revoke", Access::managers, &Site::revoke},
        {Method::get, "/fleet/kiosk/*/readmit", Access::managers, &Site::ask_readmit},
        {Method::post, "/fleet/kiosk/*/readmit", Access::managers, &Site::readmit},
        {Method::get, "/fleet/enrol", Access::managers, &Site::ask_enrol},
        {Method::post, "/fleet/enrol", Access::managers, &Site::enrol},
        {Method::get, "/fleet/responses", Access::everyone, &Site::responses},
        {Method::get, "/fleet/responses/*", Access::everyone, &Site::responses},
        {Method::get, "/fleet/campaigns", Access::everyone, &Site::campaigns},
        {Method::get, "/fleet/campaign/*/close", Access::managers, &Site::ask_close},
        {Method::post, "/fleet/campaign/*/close", Access::managers, &Site::close},
        {Method::get, "/fleet/audit", Access::everyone, &Site::audit},
        {Method::post, "/fleet/sign-out", Access::everyone, &Site::sign_out},
    }};
    for (const Route& route : routes) {
        if (route.method == method && match(route.path, path).has_value()) {
            return &route;
        }
    }
    return nullptr;
}

http::Response Site::handle(const http::Request& request) {
    if (request.path == icon_path) {
        return {204, {}, {}};  // browsers ask for one by themselves
    }
    if (request.path == metrics_path) {
        return metrics(request);
    }
    if (request.method == http::Method::get && request.path == "/fleet/style.css") {
        return served_file("text/css; charset=utf-8", style_sheet());
    }
    if (request.method == http::Method::get && request.path == "/fleet/fleet.js") {
        return served_file("text/javascript; charset=utf-8", script());
    }
    if (request.path == "/fleet/sign-in") {
        return request.method == http::Method::post ? sign_in(request) : sign_in_page(request, {}, {}, 200);
    }
    const auto session = session_of(request);
    return session.has_value() ? answer_signed_in(request, *session) : see_other("/fleet/sign-in");
}

http::Response Site::metrics(const http::Request& request) {
    const std::string expected = std::string(bearer) + settings_.metrics_token;
    const bool may_read =
        request.authorization.size() == expected.size() &&
        crypto::equal_in_constant_time(base::view_of(request.authorization), base::view_of(expected));
    if (!may_read) {
        return {401, {}, {}, {{"WWW-Authenticate", "Bearer"}}};
    }
    const auto text = metrics_.text();
    return text.has_value() ? http::Response{200, std::string(metrics_type), base::bytes_of(*text)}
                            : http::Response{503, {}, {}};
}

// An account that was removed or changed since ends its sessions with the next request.
std::optional<Session> Site::session_of(const http::Request& request) {
    const std::string_view cookie = http::cookie_of(request.cookie, session_cookie);
    auto session = cookie.empty() ? std::nullopt : sessions_.find(cookie);
    if (!session.has_value()) {
        return std::nullopt;
    }
    const auto now = find_account(database_, session->credentials.account.name);
    const bool same = now.has_value() && now->has_value() && (*now)->account == session->credentials.account &&
                      (*now)->password_hash == session->credentials.password_hash;
    if (!same) {
        sessions_.end(cookie);
        return std::nullopt;
    }
    return session;
}

// The form's secret is in a cookie of its own, so that nobody can sign somebody else in as themselves.
http::Response Site::sign_in_page(const http::Request& request, const std::string& name,
                                  const std::optional<FieldError>& error, unsigned status) {
    std::string secret(http::cookie_of(request.cookie, form_cookie));
    const bool is_new = secret.empty();
    if (is_new) {
        std::array<std::uint8_t, form_secret_size_bytes> bytes{};
        random_.fill(bytes);
        secret = base::to_base64_url(bytes);
    }
    Viewing nobody;
    nobody.store_name = database_.identity().name;
    auto response = page(status, nobody, error.has_value() ? "Error: Sign in" : "Sign in",
                         [&](Markup& markup) { write_sign_in(markup, form_token_of(secret), name, error); });
    if (is_new) {
        response.headers.push_back(set_cookie(form_cookie, secret));
    }
    return response;
}

http::Response Site::sign_in(const http::Request& request) {
    const auto form = http::parse_form(request.body);
    const auto field = [&form](std::string_view name) {
        const auto found = form.has_value() ? form->find(name) : http::Form::const_iterator{};
        return form.has_value() && found != form->end() ? found->second : std::string();
    };
    const std::string name(base::head_of(field("name"), name_size_bytes_max));
    const std::string passphrase = field("passphrase");
    if (!is_form_token_of(http::cookie_of(request.cookie, form_cookie), field("form"))) {
        return sign_in_page(request, name, FieldError{"name", "This page was open for too long. Sign in now."}, 403);
    }
    if (name.empty() || passphrase.empty()) {
        return sign_in_page(request, name,
                            FieldError{name.empty() ? "name" : "passphrase",
                                       name.empty() ? "Enter your name" : "Enter your passphrase"},
                            422);
    }
    if (!attempts_.may_try(name)) {
        settings_.tell(store::EventCode::staff_refused, {{"reason", "too_many"}});
        return sign_in_page(
            request, name, FieldError{"name", "There were too many tries. Wait a few minutes, then try again."}, 429);
    }
    const auto found = [&] {
        const std::scoped_lock turn(hashing_mutex_);
        return check_passphrase(database_, name, base::view_of(passphrase));
    }();
    if (!found.has_value()) {
        return sign_in_page(request, name,
                            FieldError{"name", "The store can't read its accounts now. Try again later."}, 503);
    }
    if (!found->has_value()) {
        attempts_.failed(name);
        settings_.tell(store::EventCode::staff_refused, {{"reason", "wrong"}});
        return sign_in_page(request, name, FieldError{"name", "Name or passphrase is wrong"}, 401);
    }
    attempts_.succeeded(name);
    sessions_.end(http::cookie_of(request.cookie, session_cookie));
    static_cast<void>(note(name, "signed_in", {}).has_value());  // a full disk must not keep who could help out
    settings_.tell(store::EventCode::staff_signed_in, {});
    auto response = see_other("/fleet");
    response.headers.push_back(set_cookie(session_cookie, sessions_.begin(**found)));
    response.headers.push_back(drop_cookie(form_cookie));
    return response;
}

http::Response Site::sign_out(const Asked& asked) {
    sessions_.end(http::cookie_of(asked.request.cookie, session_cookie));
    auto response = see_other("/fleet/sign-in");
    response.headers.push_back(drop_cookie(session_cookie));
    return response;
}

http::Response Site::answer_signed_in(const http::Request& request, const Session& session) {
    Asked asked{request, session, {}, {}};
    const Route* route = route_of(request.path, request.method);
    if (route == nullptr) {
        return message(asked, 404, "There is nothing here", "The address is wrong, or the page has gone.");
    }
    asked.subject = match(route->path, request.path).value_or("");
    if (route->access == Access::managers && session.credentials.account.role != Role::manager) {
        return message(asked, 403, "You can look, but not change",
                       "Your account is a viewer's. Ask a manager to do this.");
    }
    if (request.method == http::Method::post) {
        auto form = request.content_type.starts_with(http::form_type)
                        ? http::parse_form(request.body)
                        : base::fail(base::ErrorCode::malformed, "form", "Not a form.");
        const auto token = form.has_value() ? form->find("form") : http::Form::const_iterator{};
        const std::string_view cookie = http::cookie_of(request.cookie, session_cookie);
        if (!form.has_value() || token == form->end() || !is_form_token_of(cookie, token->second)) {
            settings_.tell(store::EventCode::staff_refused, {{"reason", "form"}});
            return message(asked, 403, "Nothing was done",
                           "This form is of another session. Go back, load the page again, and send it once more.");
        }
        asked.form = std::move(*form);
    }
    return (this->*route->handler)(asked);
}

Viewing Site::viewing(const Asked& asked, Place place) const {
    return {database_.identity().name, &asked.session, place};
}

http::Response Site::message(const Asked& asked, unsigned status, std::string_view title,
                             std::string_view sentence) const {
    return page(status, viewing(asked, Place::elsewhere), title,
                [&](Markup& markup) { write_message(markup, title, sentence); });
}

// What the sender can mend is said; of the store's own trouble only that there is one.
http::Response Site::failed(const Asked& asked, const base::Error& error) {
    if (error.code == base::ErrorCode::not_found) {
        return message(asked, 404, "There is nothing here", "It may have been removed, or the address is wrong.");
    }
    database_.close_after_error();
    settings_.tell(store::EventCode::store_unavailable, {{"error", std::string(base::name_of(error.code))}});
    return message(asked, 503, "The store can't do this now",
                   "Its database can't be read or written. Nothing was changed. Tell whoever runs the store.");
}

base::Result<void> Site::note(const std::string& who, std::string_view what, const std::string& subject) {
    return note_in_audit(database_, clock_.today(), who, what, subject);
}

}  // namespace pillarbox::fleet
