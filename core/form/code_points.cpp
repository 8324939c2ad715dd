// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/code_points.hpp"

#include "core/base/utf8.hpp"

namespace pillarbox::form {

std::u32string code_points_of(std::string_view text) {
    if (base::Result<std::u32string> decoded = base::from_utf8(text)) {
        return *std::move(decoded);
    }
    std::u32string bytes;
    for (const char byte : text) {
        bytes += static_cast<unsigned char>(byte);
    }
    return bytes;
}

std::string utf8_of(std::u32string_view code_points) {
    std::string text;
    for (const char32_t code_point : code_points) {
        base::append_utf8(text, code_point);
    }
    return text;
}

}  // namespace pillarbox::form
