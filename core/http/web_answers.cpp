// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/web_answers.hpp"

#include <string>
#include <vector>

namespace pillarbox::http {
namespace {

std::vector<Header> security_fields() {
    return {{"Content-Security-Policy",
             "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
             "base-uri 'none'; frame-ancestors 'none'"},
            {"X-Content-Type-Options", "nosniff"},
            {"Referrer-Policy", "same-origin"},
            {"Cross-Origin-Opener-Policy", "same-origin"},
            {"Cross-Origin-Resource-Policy", "same-origin"},
            {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}};
}

}  // namespace

Response web_page(unsigned status, std::string_view html) {
    return {status, "text/html; charset=utf-8", base::bytes_of("<!DOCTYPE html>\n" + std::string(html)),
            security_fields()};
}

Response see_other(std::string_view path) {
    Response response{303, {}, {}, security_fields()};
    response.headers.push_back({"Location", std::string(path)});
    return response;
}

Response served_file(std::string_view type, std::string_view content) {
    return {200, std::string(type), base::bytes_of(content), security_fields()};
}

Response plain(unsigned status, std::string_view sentence) {
    return {status, "text/plain; charset=utf-8", base::bytes_of(std::string(sentence) + "\n"), security_fields()};
}

}  // namespace pillarbox::http
