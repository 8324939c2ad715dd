// SPDX-License-Identifier: GPL-3.0-or-later
//
// The text header of an age v1 file (C2SP age, "Header"): a version line, one stanza a recipient, and a MAC over all
// of it. Parsing is strict, as the specification demands: one encoding for each header. Internal to core/envelope.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/hash.hpp"

namespace pillarbox::envelope {

// "-> X25519 <share>" and its wrapped body. `arguments` has at least one: the type. Views point into the input.
struct Stanza {
    std::vector<std::string_view> arguments;
    base::Bytes body;
};

struct Header {
    std::vector<Stanza> stanzas;
    std::string_view authenticated;  // from the version line to "---": what the MAC covers
    crypto::Digest mac{};
    std::size_t size_bytes = 0;  // of the whole header; the payload follows
};

// malformed where the bytes are no age v1 header, unsupported for another version, limit_exceeded past the caps.
[[nodiscard]] base::Result<Header> parse_header(base::ByteView envelope);

// Text to be sealed: begin with version_line, add stanzas, end with footer_start, then " <MAC>\n".
inline constexpr std::string_view version_line = "age-encryption.org/v1\n";
inline constexpr std::string_view footer_start = "---";
[[nodiscard]] std::string format_stanza(const std::vector<std::string>& arguments, base::ByteView body);
[[nodiscard]] std::string format_footer_end(const crypto::Digest& mac);

}  // namespace pillarbox::envelope
