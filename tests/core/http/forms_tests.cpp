// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "core/http/forms.hpp"

namespace pillarbox::http {
namespace {

base::Result<Form> parsed(std::string_view body) {
    return parse_form(base::view_of(body));
}

bool is_refused(std::string_view body) {
    const auto form = parsed(body);
    return !form.has_value() && form.error().code == base::ErrorCode::malformed;
}

std::string fields(std::size_t count) {
    std::string body;
    for (std::size_t i = 0; i < count; ++i) {
        body += (i == 0 ? "f" : "&f") + std::to_string(i) + "=x";
    }
    return body;
}

TEST_CASE("A form's fields are what a person typed, in any script") {
    CHECK(parsed("name=Ade+O%27Neil&note=%E0%A6%AC%E0%A6%BE%0D%0A%26%3D%2B%25") ==
          Form{{"name", "Ade O'Neil"}, {"note", "\xE0\xA6\xAC\xE0\xA6\xBE\r\n&=+%"}});
    CHECK(parsed("%6eame=x") == Form{{"name", "x"}});
    CHECK(parsed("").value().empty());
}

TEST_CASE("A field without a value is there and empty") {
    CHECK(parsed("a&b=") == Form{{"a", ""}, {"b", ""}});
    CHECK(parsed("a=1&") == Form{{"a", "1"}});
    CHECK(parsed("a=b=c") == Form{{"a", "b=c"}});
}

TEST_CASE("A form is refused when an escape is cut or not hexadecimal") {
    for (const char* body : {"a=%", "a=%4", "a=%4&b=1", "a=%zz", "a=%4g", "%=1", "a=%%41", "a=% 41"}) {
        INFO(body);
        CHECK(is_refused(body));
    }
}

TEST_CASE("A form is refused when its text is not UTF-8, however it is escaped") {
    CHECK(is_refused("a=%FF"));
    CHECK(is_refused("a=\xFF"));
    CHECK(is_refused("%C0%80=1"));        // an overlong zero
    CHECK(is_refused("a=%ED%A0%80"));     // half of a pair
    CHECK(is_refused("a=%E0%A6&b=%AC"));  // a letter across two fields
}

TEST_CASE("A form is refused when a field comes twice, as the second could be planted") {
    CHECK(is_refused("form=a&form=b"));
    CHECK(is_refused("form=a&%66orm=a"));
}

TEST_CASE("A form has at most as many fields as are allowed") {
    CHECK(parsed(fields(form_fields_max)).value().size() == form_fields_max);
    CHECK(is_refused(fields(form_fields_max + 1)));
}

TEST_CASE("An error says nothing of what was typed") {
    const auto form = parsed("note=a-secret-answer%FF");
    REQUIRE(!form.has_value());
    CHECK(form.error().what.find("secret") == std::string::npos);
    CHECK(form.error().where.find("secret") == std::string::npos);
}

TEST_CASE("A cookie is found by its whole name") {
    CHECK(cookie_of("other=1; desk-41=abc; desk-4=no", "desk-41") == "abc");
    CHECK(cookie_of("desk-41=abc", "desk-41") == "abc");
    CHECK(cookie_of("desk-411=abc; xdesk-41=d", "desk-41").empty());
    CHECK(cookie_of("desk-41", "desk-41").empty());
    CHECK(cookie_of("desk-41=", "desk-41").empty());
    CHECK(cookie_of("", "desk-41").empty());
}

TEST_CASE("A cookie that comes twice counts as none") {
    CHECK(cookie_of("desk-41=abc; desk-41=def", "desk-41").empty());
    CHECK(cookie_of("desk-41=abc;desk-41=abc", "desk-41").empty());
}

TEST_CASE("Only so many cookies are looked at") {
    std::string cookies;
    for (std::size_t i = 0; i < cookies_max; ++i) {
        cookies += "a=b; ";
    }
    CHECK(cookie_of(cookies + "desk-41=abc", "desk-41").empty());
    CHECK(cookie_of(cookies.substr(5) + "desk-41=abc", "desk-41") == "abc");
}

}  // namespace
}  // namespace pillarbox::http
