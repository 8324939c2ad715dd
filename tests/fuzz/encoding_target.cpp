// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/base/day.hpp"
#include "core/base/utf8.hpp"
#include "targets.hpp"

namespace pillarbox::fuzz {
namespace {

// One text form for each byte string: what decodes, encodes to the same text.
void check_one_form(std::string_view text, base::Result<base::Bytes> (*decode)(std::string_view),
                    std::string (*encode)(base::ByteView)) {
    const auto bytes = decode(text);
    PILLARBOX_CHECK(!bytes || encode(*bytes) == text);
}

}  // namespace

void fuzz_encoding(base::ByteView input) {
    const std::string_view text = base::text_of(input);
    check_one_form(text, base::from_hex, base::to_hex);
    check_one_form(text, base::from_base64, base::to_base64);
    check_one_form(text, base::from_base64_raw, base::to_base64_raw);
    check_one_form(text, base::from_base64_url, base::to_base64_url);
    for (const auto encode : {base::to_base64, base::to_base64_raw, base::to_base64_url}) {
        PILLARBOX_CHECK(base::is_utf8(encode(input)));
    }
    const auto day = base::parse_day(text);
    PILLARBOX_CHECK(!day || base::format_day(*day) == text);
    const auto letters = base::from_utf8(text);
    PILLARBOX_CHECK(letters.has_value() == base::is_utf8(text));
    if (letters) {
        std::string again;
        for (const char32_t letter : *letters) {
            base::append_utf8(again, letter);
        }
        PILLARBOX_CHECK(again == text);
    }
}

}  // namespace pillarbox::fuzz
