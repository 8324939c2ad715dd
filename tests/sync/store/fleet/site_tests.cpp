// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fleet page without a browser: who gets in, what a stranger's site can make a browser do, and what is shown.
#include <algorithm>

#include "core/base/utf8.hpp"
#include "sync/store/fleet/accounts.hpp"
#include "sync/store/fleet/serving.hpp"
#include "sync/store/revoking.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using tests::make_item;
using tests::StoreFixture;

namespace {

const std::string passphrase = "four quiet words here";

// A browser that keeps its cookies, before a store's front.
class Browser {
  public:
    explicit Browser(StoreFixture& store)
        : store_(store),
          database_(store.database()),
          front_(*database_, *store.service, {tests::store_name, "https://store.example.org:8443", {}, {}}, "a token",
                 store.clock, store.random) {
        REQUIRE(fleet::put_account(*database_, {"anna", fleet::Role::manager}, base::view_of(passphrase)));
        REQUIRE(fleet::put_account(*database_, {"ben", fleet::Role::viewer}, base::view_of(passphrase)));
    }

    http::Response get(const std::string& path) { return ask({http::Method::get, path, {}, {}, cookies(), {}}); }
    http::Response post(const std::string& path, const std::string& body) {
        return ask(
            {http::Method::post, path, "application/x-www-form-urlencoded", base::bytes_of(body), cookies(), {}});
    }
    // The form token that the last page had.
    http::Response submit(const std::string& path, const std::string& body) {
        return post(path, "form=" + token_ + "&" + body);
    }
    unsigned sign_in(const std::string& name, const std::string& words) {
        (void)get("/fleet/sign-in");
        std::string escaped = words;
        std::ranges::replace(escaped, ' ', '+');
        return submit("/fleet/sign-in", "name=" + name + "&passphrase=" + escaped).status;
    }
    http::Response scrape(const std::string& authorization) {
        return ask({http::Method::get, "/metrics", {}, {}, {}, authorization});
    }
    void forget(const std::string& name) { jar_.erase(name); }
    void plant(const std::string& name, const std::string& value) { jar_[name] = value; }
    [[nodiscard]] store::Database& database() { return *database_; }
    [[nodiscard]] fleet::Front& front() { return front_; }

  private:
    http::Response ask(const http::Request& request) {
        auto response = front_.handle(request);
        for (const auto& header : response.headers) {
            if (header.name != "Set-Cookie") {
                continue;
            }
            CHECK(header.value.find("; Path=/; Secure; HttpOnly; SameSite=Strict") != std::string::npos);
            const auto equals = header.value.find('=');
            const std::string value = header.value.substr(equals + 1, header.value.find(';') - equals - 1);
            jar_[header.value.substr(0, equals)] = value;
        }
        const std::string_view text = base::text_of(response.body);
        constexpr std::string_view mark = "name=\"form\" value=\"";
        if (const auto found = text.find(mark); found != std::string_view::npos) {
            token_ = std::string(text.substr(found + mark.size(), 43));
        }
        return response;
    }
    [[nodiscard]] std::string cookies() const {
        std::string text;
        for (const auto& [name, value] : jar_) {
            text += (text.empty() ? "" : "; ") + name + "=" + value;
        }
        return text;
    }

    StoreFixture& store_;
    std::unique_ptr<store::Database> database_;
    fleet::Front front_;
    std::map<std::string, std::string> jar_;
    std::string token_;
};

bool contains(const http::Response& response, std::string_view text) {
    return base::text_of(response.body).find(text) != std::string_view::npos;
}

std::string header_of(const http::Response& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, &http::Header::name);
    return found == response.headers.end() ? std::string() : found->value;
}

std::string kiosk_path(const tests::ChainMaker& kiosk) {
    return "/fleet/kiosk/" + base::to_hex(kiosk.log_id());
}

}  // namespace

TEST_CASE("Who is not signed in is sent to the page for signing in from every path") {
    StoreFixture store;
    Browser browser(store);
    for (const char* path : {"/fleet", "/fleet/audit", "/fleet/responses", "/fleet/enrol", "/fleet/nowhere"}) {
        const auto response = browser.get(path);
        CHECK(response.status == 303);
        CHECK(header_of(response, "Location") == "/fleet/sign-in");
        CHECK(header_of(response, "Content-Security-Policy").starts_with("default-src 'none'"));
    }
    CHECK(browser.get("/fleet/sign-in").status == 200);
}

TEST_CASE("A right passphrase opens the page and a wrong one or a forged cookie does not") {
    StoreFixture store;
    Browser browser(store);
    CHECK(browser.sign_in("anna", "something else entirely") == 401);
    CHECK(browser.sign_in("nobody", passphrase) == 401);
    CHECK(browser.get("/fleet").status == 303);
    browser.plant("__Host-pillarbox", std::string(43, 'A'));
    CHECK(browser.get("/fleet").status == 303);
    CHECK(browser.sign_in("anna", passphrase) == 303);
    CHECK(browser.get("/fleet").status == 200);
    CHECK(browser.submit("/fleet/sign-out", "").status == 303);
    CHECK(browser.get("/fleet").status == 303);
}

TEST_CASE("A name waits after five wrong passphrases even with the right one and is let in after the wait") {
    StoreFixture store;
    Browser browser(store);
    for (int i = 0; i < 5; ++i) {
        CHECK(browser.sign_in("anna", "wrong words again") == 401);
    }
    CHECK(browser.sign_in("anna", passphrase) == 429);
    store.clock.advance(fleet::Attempts::first_wait);
    CHECK(browser.sign_in("anna", passphrase) == 303);
    CHECK(store.log_text.str().find("anna") == std::string::npos);
}

TEST_CASE("A name too long for an account is shown again without a letter cut in two") {
    StoreFixture store;
    Browser browser(store);
    (void)browser.get("/fleet/sign-in");
    std::string name = "a";
    for (int letters = 0; letters < 40; ++letters) {
        name += "\u00e9";
    }
    const auto page = browser.submit("/fleet/sign-in", "name=" + name);
    CHECK(page.status == 422);
    CHECK(base::is_utf8(base::text_of(page.body)));
    CHECK(base::text_of(page.body).contains("a\u00e9\u00e9"));
}

TEST_CASE("A session ends when it is idle or its account is removed or changed") {
    StoreFixture store;
    Browser browser(store);
    REQUIRE(browser.sign_in("anna", passphrase) == 303);
    store.clock.advance(fleet::Sessions::idle_max);
    CHECK(browser.get("/fleet").status == 303);
    REQUIRE(browser.sign_in("anna", passphrase) == 303);
    REQUIRE(fleet::put_account(browser.database(), {"anna", fleet::Role::viewer}, base::view_of(passphrase)));
    CHECK(browser.get("/fleet").status == 303);
    REQUIRE(browser.sign_in("anna", passphrase) == 303);
    REQUIRE(fleet::remove_account(browser.database(), "anna").has_value());
    CHECK(browser.get("/fleet").status == 303);
}

TEST_CASE("A form that another site has sent changes nothing") {
    StoreFixture store;
    Browser browser(store);
    const auto kiosk = store.enrolled_kiosk();
    REQUIRE(browser.sign_in("anna", passphrase) == 303);
    const std::string path = kiosk_path(kiosk) + "/revoke";
    CHECK(browser.post(path, "after=0").status == 403);
    CHECK(browser.post(path, "form=" + std::string(43, 'A') + "&after=0").status == 403);
    CHECK(browser.post(path, "form=%zz&after=0").status == 403);
    CHECK_FALSE(store::find_kiosk(browser.database(), kiosk.log_id()).value()->revoked_after.has_value());
    (void)browser.get(path);
    CHECK(browser.submit(path, "after=99").status == 422);
    CHECK(browser.submit(path, "after=0").status == 303);
    CHECK(store::find_kiosk(browser.database(), kiosk.log_id()).value()->revoked_after == 0U);
    CHECK(contains(browser.get("/fleet/audit"), "Revoked a kiosk"));
    (void)browser.get(kiosk_path(kiosk) + "/readmit");
    CHECK(browser.submit(kiosk_path(kiosk) + "/readmit", "").status == 303);
    CHECK_FALSE(store::find_kiosk(browser.database(), kiosk.log_id()).value()->revoked_after.has_value());
}

TEST_CASE("A viewer sees everything and may change nothing") {
    StoreFixture store;
    Browser browser(store);
    const auto kiosk = store.enrolled_kiosk();
    REQUIRE(browser.sign_in("ben", passphrase) == 303);
    for (const std::string& path : {std::string("/fleet"), kiosk_path(kiosk), std::string("/fleet/responses"),
                                    std::string("/fleet/campaigns"), std::string("/fleet/audit")}) {
        CHECK(browser.get(path).status == 200);
    }
    CHECK_FALSE(contains(browser.get("/fleet"), "Enrol a kiosk"));
    CHECK(browser.get("/fleet/enrol").status == 403);
    CHECK(browser.submit("/fleet/enrol", "station=A&address=https%3A%2F%2Fa").status == 403);
    CHECK(browser.submit(kiosk_path(kiosk) + "/revoke", "after=0").status == 403);
}

TEST_CASE("A token of the page enrols a kiosk and what a station is called can't become markup") {
    StoreFixture store;
    Browser browser(store);
    REQUIRE(browser.sign_in("anna", passphrase) == 303);
    (void)browser.get("/fleet/enrol");
    CHECK(browser.submit("/fleet/enrol", "station=A&address=http%3A%2F%2Fa").status == 422);
    const auto page = browser.submit(
        "/fleet/enrol", "station=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22&address=https%3A%2F%2Fstore.example.org");
    REQUIRE(page.status == 200);
    CHECK(contains(page, "<svg"));
    const std::string_view text = base::text_of(page.body);
    const auto start = text.find("pillarbox-enrol-1.");
    REQUIRE(start != std::string_view::npos);
    const auto token = station::parse_token(text.substr(start, text.find('<', start) - start));
    REQUIRE(token.has_value());
    const tests::ChainMaker kiosk(store.random);
    REQUIRE(store.enrol(kiosk, token->secret).status == 200);
    for (const std::string& path :
         {std::string("/fleet"), kiosk_path(kiosk), std::string("/fleet/audit"), std::string("/fleet/responses")}) {
        const auto shown = browser.get(path);
        CHECK(contains(shown, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;"));
        CHECK_FALSE(contains(shown, "<script>alert"));
    }
}

TEST_CASE("A campaign is closed after a page that says what will happen") {
    StoreFixture store;
    Browser browser(store);
    const auto kiosk = store.enrolled_kiosk();
    const protocol::KioskReport report{"0.1.0", "Brixton", "las-strategy", 3, 2, 1, 64, 5};
    REQUIRE(store
                .post(protocol::report_path(kiosk.log_id()),
                      protocol::make_report(report, kiosk.log_id(), store.clock.now(), kiosk.key()))
                .status == 200);
    REQUIRE(browser.sign_in("anna", passphrase) == 303);
    CHECK(contains(browser.get("/fleet"), "Storage almost full"));
    CHECK(browser.get("/fleet/campaign/unknown/close").status == 404);
    CHECK(contains(browser.get("/fleet/campaign/las-strategy/close"), "What will happen"));
    CHECK(browser.submit("/fleet/campaign/las-strategy/close", "days=-1").status == 422);
    CHECK(browser.submit("/fleet/campaign/las-strategy/close", "days=7").status == 303);
    CHECK(contains(browser.get("/fleet/campaigns"), "Closing: by network until 2026-01-12"));
}

TEST_CASE("A count from 1 to 4 does not stand on the page of responses") {
    StoreFixture store;
    Browser browser(store);
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1), make_item(2)})}).status == 200);
    REQUIRE(browser.sign_in("anna", passphrase) == 303);
    CHECK_FALSE(contains(browser.get("/fleet/responses"), ">hidden<"));  // the day is not over
    store.clock.set_day(store.clock.today() + std::chrono::days(1));
    const auto page = browser.get("/fleet/responses");
    CHECK(contains(page, ">hidden<"));
    CHECK_FALSE(contains(page, ">2</td>"));
    CHECK_FALSE(contains(page, ">2</text>"));
}

TEST_CASE("Only who shows the token reads the metrics and they name no kiosk") {
    StoreFixture store;
    Browser browser(store);
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
    (void)browser.front().handle({http::Method::post, std::string(protocol::enrol_path), {}, base::bytes_of("x")});
    CHECK(browser.scrape("").status == 401);
    CHECK(browser.scrape("Bearer another").status == 401);
    const auto text = browser.scrape("Bearer a token");
    REQUIRE(text.status == 200);
    CHECK(contains(text, "pillarbox_store_batches_total 1\n"));
    CHECK(contains(text, "pillarbox_store_envelopes_total 1\n"));
    CHECK(contains(text, "pillarbox_kiosks{state=\"active\"} 1\n"));
    CHECK(contains(text, "pillarbox_kiosks_last_contact{days=\"0\"} 1\n"));
    CHECK(contains(text, "pillarbox_refusals_total{kind=\"malformed\"} 1\n"));
    CHECK(contains(text, "pillarbox_request_duration_seconds_count{resource=\"enrol\"} 1\n"));
    CHECK_FALSE(contains(text, "Brixton"));
    CHECK_FALSE(contains(text, base::to_hex(kiosk.log_id()).substr(0, 8)));
}

TEST_CASE("A form of the page has a small body and no other path of it takes one") {
    CHECK(fleet::Site::body_limit(http::Method::post, "/fleet/sign-in") == fleet::form_size_bytes_max);
    CHECK(fleet::Site::body_limit(http::Method::post, "/metrics") == 0);
    CHECK(fleet::Site::body_limit(http::Method::get, "/fleet") == 0);
    CHECK_FALSE(fleet::Site::serves("/fleetx"));
}

TEST_CASE("A browser that asks for an icon by itself gets an empty answer whoever it is") {
    StoreFixture store;
    Browser browser(store);
    const auto response = browser.get("/favicon.ico");
    CHECK(response.status == 204);
    CHECK(response.body.empty());
}
