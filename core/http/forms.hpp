// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a browser sends of a form (application/x-www-form-urlencoded, URL standard 5.1) and of its cookies (RFC 6265).
// Pure, with caps that hold before anything is kept.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::http {

inline constexpr std::string_view form_type = "application/x-www-form-urlencoded";
inline constexpr std::size_t form_fields_max = 32;
inline constexpr std::size_t cookies_max = 32;

using Form = std::map<std::string, std::string, std::less<>>;
// malformed for a broken escape, text that is not UTF-8, a field that comes twice, and too many of them.
[[nodiscard]] base::Result<Form> parse_form(base::ByteView body);

// The value of the cookie `name`; empty where there is none, or where it comes twice: then one of them is planted.
[[nodiscard]] std::string_view cookie_of(std::string_view cookies, std::string_view name);

}  // namespace pillarbox::http
