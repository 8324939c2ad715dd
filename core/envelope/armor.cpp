// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/armor.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/envelope/lines.hpp"

namespace pillarbox::envelope {
namespace {

constexpr std::string_view start_mark = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view end_mark = "-----END AGE ENCRYPTED FILE-----";
constexpr std::string_view white_space = " \t\r\n";
constexpr std::size_t line_letters_max = 64;

std::unexpected<base::Error> wrong(std::string what) {
    return base::fail(base::ErrorCode::malformed, "age armor", std::move(what),
                      "Copy the file again: it is not as age wrote it.");
}

std::string_view without_start(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
    return text;
}

}  // namespace

bool is_armored(base::ByteView bytes) {
    return without_start(base::text_of(bytes)).starts_with(start_mark);
}

base::Result<base::Bytes> without_armor(base::ByteView bytes) {
    std::string_view rest = without_start(base::text_of(bytes));
    if (next_line(rest) != start_mark) {
        return wrong("The file does not begin with the mark of an armored age file.");
    }
    base::Bytes plain;
    bool was_short = false;
    while (true) {
        if (rest.empty()) {
            return wrong("The mark at the end is missing: the file was cut short.");
        }
        const std::string_view line = next_line(rest);
        if (line == end_mark) {
            break;
        }
        if (line.empty() || line.size() > line_letters_max || was_short) {
            return wrong("A line is longer or shorter than it may be.");
        }
        const auto decoded = base::from_base64(line);
        if (!decoded.has_value()) {
            return wrong("A line is not base64.");
        }
        was_short = line.size() < line_letters_max || line.ends_with('=');
        plain.insert(plain.end(), decoded->begin(), decoded->end());
    }
    if (!without_start(rest).empty()) {
        return wrong("Something follows the mark at the end.");
    }
    return plain;
}

}  // namespace pillarbox::envelope
