// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/base/check.hpp"
#include "core/base/utf8.hpp"
#include "core/http/forms.hpp"
#include "targets.hpp"

namespace pillarbox::fuzz {
namespace {

std::string escaped(std::string_view text) {
    std::string all;
    for (const char letter : text) {
        all += fmt::format("%{:02x}", static_cast<unsigned char>(letter));
    }
    return all;
}

// What parses is text, no larger than what was sent, and the same when it is sent again.
void check_form(base::ByteView body) {
    const auto form = http::parse_form(body);
    if (!form.has_value()) {
        return;
    }
    PILLARBOX_CHECK(form->size() <= http::form_fields_max);
    std::string again;
    std::size_t size = 0;
    for (const auto& [name, value] : *form) {
        PILLARBOX_CHECK(base::is_utf8(name) && base::is_utf8(value));
        size += name.size() + value.size();
        again += fmt::format("{}{}={}", again.empty() ? "" : "&", escaped(name), escaped(value));
    }
    PILLARBOX_CHECK(size <= body.size());
    const auto parsed_again = http::parse_form(base::view_of(again));
    PILLARBOX_CHECK(parsed_again.has_value() && *parsed_again == *form);
}

// What is found is one whole value of the field, and nothing once another of the same name stands beside it.
void check_cookies(std::string_view cookies) {
    const std::string_view value = http::cookie_of(cookies, "desk");
    PILLARBOX_CHECK(value.find(';') == std::string_view::npos);
    if (!value.empty()) {
        PILLARBOX_CHECK(cookies.find("desk=" + std::string(value)) != std::string_view::npos);
        PILLARBOX_CHECK(http::cookie_of("desk=planted; " + std::string(cookies), "desk") != value ||
                        value == "planted");
    }
}

}  // namespace

// A field of cookies, a line break, a form.
void fuzz_web_form(base::ByteView input) {
    const std::string_view text = base::text_of(input);
    const std::size_t line = std::min(text.find('\n'), text.size());
    check_cookies(text.substr(0, line));
    check_form(input.subspan(std::min(line + 1, text.size())));
}

}  // namespace pillarbox::fuzz
