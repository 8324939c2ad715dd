// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/forms.hpp"

#include <algorithm>
#include <optional>

#include "core/base/utf8.hpp"

namespace pillarbox::http {
namespace {

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "form", std::move(what));
}

std::optional<unsigned> hex_digit(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<unsigned>(digit - '0');
    }
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? std::optional(static_cast<unsigned>(lower - 'a' + 10)) : std::nullopt;
}

base::Result<std::string> decode(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
        const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
        if (!high.has_value() || !low.has_value()) {
            return malformed("A form has a broken escape.");
        }
        decoded += static_cast<char>(*high * 16 + *low);
        i += 2;
    }
    if (!base::is_utf8(decoded)) {
        return malformed("A form has text that is not UTF-8.");
    }
    return decoded;
}

}  // namespace

base::Result<Form> parse_form(base::ByteView body) {
    Form form;
    std::string_view rest = base::text_of(body);
    while (!rest.empty()) {
        const std::string_view field = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), field.size() + 1));
        if (form.size() == form_fields_max) {
            return malformed("A form has too many fields.");
        }
        const std::size_t equals = std::min(field.find('='), field.size());
        std::string name = TRY(decode(field.substr(0, equals)));
        std::string value = TRY(decode(field.substr(std::min(equals + 1, field.size()))));
        if (!form.emplace(std::move(name), std::move(value)).second) {
            return malformed("A form has a field twice.");
        }
    }
    return form;
}

std::string_view cookie_of(std::string_view cookies, std::string_view name) {
    std::string_view found;
    bool seen = false;
    for (std::size_t count = 0; !cookies.empty() && count < cookies_max; ++count) {
        std::string_view pair = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(std::min(cookies.size(), pair.size() + 1));
        while (pair.starts_with(' ')) {
            pair.remove_prefix(1);
        }
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
            if (seen) {
                return {};
            }
            seen = true;
            found = pair.substr(name.size() + 1);
        }
    }
    return found;
}

}  // namespace pillarbox::http
