// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/station/station.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_token(base::ByteView input) {
    const std::string_view text = base::text_of(input);
    const auto token = station::parse_token(text);
    if (token) {
        // White space around a token is allowed; between its first and last letter it has one spelling.
        PILLARBOX_CHECK(text.find(station::format_token(*token)) != std::string_view::npos);
    }
}
