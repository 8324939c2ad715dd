// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/base/check.hpp"
#include "core/base/utf8.hpp"
#include "sync/store/fleet/accounts.hpp"
#include "sync/store/fleet/metrics.hpp"
#include "sync/store/fleet/site.hpp"
#include "targets.hpp"
#include "tests/fuzz/store.hpp"

// What a browser, or who plays one, asks of the fleet page. The input is a letter (G or P: GET or POST), a path, a
// line of cookies and a body, each on a line. A cookie line "anna" stands for the session of a manager, and puts the
// form token that goes with it before the body.
//
// Whoever is not signed in sees no page but that for signing in, nothing that was sent comes back as markup, and no
// header has a line of the sender's. A sign-in that is whole is left out: its hash would be all that is fuzzed.
namespace pillarbox::fuzz {
namespace {

constexpr std::string_view passphrase = "four quiet words here";
constexpr std::string_view session_cookie = "__Host-pillarbox";
constexpr std::string_view form_cookie = "__Host-pillarbox-form";
constexpr std::string_view markup_of_the_sender = "<fuzz";

// Secrets that differ, and are the same in every run.
class CountingRandom final : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
        std::ranges::generate(bytes, [this] { return ++last_; });
    }

  private:
    std::uint8_t last_ = 0;
};

std::string next_line(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

class FuzzedSite {
  public:
    FuzzedSite()
        : metrics_(store_.database(), clock_),
          site_(store_.database(),
                {{"store.example.org", "https://store.example.org:8443", {}, {}},
                 "a token",
                 [](store::EventCode, std::initializer_list<store::EventLog::Field>) {}},
                clock_, random_, metrics_) {
        PILLARBOX_CHECK(
            fleet::put_account(store_.database(), {"anna", fleet::Role::manager}, base::view_of(passphrase))
                .has_value());
        constexpr std::string_view secret = "secret";
        const std::string body = "name=anna&passphrase=four+quiet+words+here&form=" + fleet::form_token_of(secret);
        const auto answer = site_.handle({http::Method::post,
                                          "/fleet/sign-in",
                                          std::string(http::form_type),
                                          base::bytes_of(body),
                                          std::string(form_cookie) + "=secret",
                                          {}});
        for (const http::Header& header : answer.headers) {
            if (header.name == "Set-Cookie" && header.value.starts_with(std::string(session_cookie) + "=")) {
                session_ = header.value.substr(session_cookie.size() + 1,
                                               header.value.find(';') - session_cookie.size() - 1);
            }
        }
        PILLARBOX_CHECK(!session_.empty());
    }

    void ask(char letter, std::string path, std::string cookies, std::string body) {
        const bool is_anna = cookies == "anna";
        if (is_anna) {
            cookies = std::string(session_cookie) + "=" + session_;
            body = "form=" + fleet::form_token_of(session_) + "&" + body;
        }
        const http::Method method = letter == 'P' ? http::Method::post : http::Method::get;
        if (!fleet::Site::serves(path) || body.size() > fleet::form_size_bytes_max ||
            (method == http::Method::post && takes_long(path, body))) {
            return;
        }
        const http::Request request{method, path, std::string(http::form_type), base::bytes_of(body), cookies, {}};
        const http::Response response = site_.handle(request);
        check(response);
        PILLARBOX_CHECK(is_anna || response.status != 200 || path == "/fleet/sign-in" || path == "/fleet/style.css" ||
                        path == "/fleet/fleet.js" || cookies.contains(session_));
        if (method == http::Method::post) {
            store_.forget_fleet_changes();
        }
    }

  private:
    // A whole sign-in is hashed, and signing out would ask for another one.
    static bool takes_long(std::string_view path, std::string_view body) {
        const auto form = http::parse_form(base::view_of(body));
        const auto has = [&form](std::string_view name) {
            return form.has_value() && form->contains(name) && !form->find(name)->second.empty();
        };
        return path == "/fleet/sign-out" || (path == "/fleet/sign-in" && has("name") && has("passphrase"));
    }

    static void check(const http::Response& response) {
        constexpr std::array<unsigned, 11> usual = {200, 204, 303, 401, 403, 404, 409, 422, 429, 503, 400};
        PILLARBOX_CHECK(std::ranges::find(usual, response.status) != usual.end());
        const std::string_view body = base::text_of(response.body);
        PILLARBOX_CHECK(base::is_utf8(body) && !body.contains(markup_of_the_sender));
        bool has_policy = false;
        for (const http::Header& header : response.headers) {
            PILLARBOX_CHECK(header.value.find_first_of("\r\n") == std::string::npos);
            has_policy = has_policy || header.name == "Content-Security-Policy";
        }
        PILLARBOX_CHECK(has_policy || !response.content_type.starts_with("text/html"));
    }

    Store store_;
    base::ManualClock clock_{base::parse_day("2026-01-05").value()};
    CountingRandom random_;
    fleet::Metrics metrics_;
    fleet::Site site_;
    std::string session_;
};

}  // namespace

void fuzz_fleet(base::ByteView input) {
    static FuzzedSite site;
    if (input.empty()) {
        return;
    }
    std::string_view rest = base::text_of(input.subspan(1));
    std::string path = next_line(rest);
    std::string cookies = next_line(rest);
    site.ask(static_cast<char>(input.front()), std::move(path), std::move(cookies), std::string(rest));
}

}  // namespace pillarbox::fuzz
