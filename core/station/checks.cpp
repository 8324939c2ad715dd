// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/checks.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace pillarbox::station {
namespace {

constexpr std::string_view scheme = "https://";

bool is_host_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '.' || letter == '-' ||
           letter == ':' || letter == '[' || letter == ']';  // brackets and colons of IPv6 addresses and ports
}

std::unexpected<base::Error> wrong(const std::string& field, std::string what, std::string remedy = {}) {
    return base::fail(base::ErrorCode::malformed, field, std::move(what), std::move(remedy));
}

}  // namespace

base::Result<void> check_text(std::string_view text, const std::string& field) {
    if (text.empty() || text.size() > text_size_bytes_max) {
        return wrong(field, "It must have 1 to 200 bytes, not " + std::to_string(text.size()) + ".");
    }
    const bool any_control = std::ranges::any_of(
        text, [](char letter) { return static_cast<unsigned char>(letter) < 32 || letter == 127; });
    if (any_control || !base::is_utf8(text)) {
        return wrong(field, "It has a control character or is not UTF-8.");
    }
    return {};
}

base::Result<void> check_store(const StorePin& store, const std::string& field) {
    TRY(check_text(store.name, field + "name"));
    if (store.name.find_first_of("+ ") != std::string::npos) {
        return wrong(field + "name", "A store's name has no spaces and no plus sign.");
    }
    TRY(check_text(store.url, field + "url"));
    const std::string_view host = std::string_view(store.url).substr(std::min(scheme.size(), store.url.size()));
    if (!store.url.starts_with(scheme) || host.empty() || !std::ranges::all_of(host, is_host_letter)) {
        return wrong(field + "url", "It is not an https address of a host.",
                     "Write it as https://store.example.org:8443, in small letters and without a path.");
    }
    return {};
}

}  // namespace pillarbox::station
