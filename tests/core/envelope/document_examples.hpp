// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the worked examples out of docs/formats, so that a test fails where a document and the code part ways.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"

namespace pillarbox::tests {

// A document of docs/formats by its file name; empty where it is missing.
inline std::string format_document(std::string_view file_name) {
    const auto bytes =
        base::read_file(std::string(PILLARBOX_SOURCE_DIR "/docs/formats/").append(file_name), std::size_t{1} << 20U);
    return bytes.has_value() ? std::string(base::text_of(*bytes)) : std::string();
}

// The bytes of the first block of hex (lines with four spaces in front) under a heading; empty where there is none.
inline base::Bytes hex_under(std::string_view document, std::string_view heading) {
    const std::size_t start = document.find("\n" + std::string(heading) + "\n");
    if (start == std::string_view::npos) {
        return {};
    }
    std::string_view rest = document.substr(start + heading.size() + 2);
    std::string hex;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line.starts_with("    ")) {
            hex += line.substr(4);
        } else if (!hex.empty()) {
            break;
        }
    }
    return base::from_hex(hex).value_or(base::Bytes{});
}

}  // namespace pillarbox::tests
