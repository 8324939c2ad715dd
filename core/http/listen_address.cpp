// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/listen_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <charconv>
#include <string>

namespace pillarbox::http {

base::Result<void> set_listen_address(ServerSettings& settings, std::string_view text) {
    const auto wrong = [&text] {
        return base::fail(base::ErrorCode::usage, std::string(text), "Not an address and port.",
                          "Write it as 127.0.0.1:8443 or [::1]:8443.");
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) {
        return wrong();
    }
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
        address = address.substr(1, address.size() - 2);
    }
    const std::string_view digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const std::string host(address);
    std::array<std::uint8_t, sizeof(in6_addr)> numeric{};
    const bool known = ::inet_pton(AF_INET, host.c_str(), numeric.data()) == 1 ||
                       ::inet_pton(AF_INET6, host.c_str(), numeric.data()) == 1;
    if (!known || status != std::errc{} || end != digits.data() + digits.size()) {
        return wrong();
    }
    settings.address = host;
    settings.port = port;
    return {};
}

}  // namespace pillarbox::http
