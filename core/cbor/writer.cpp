// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/base/utf8.hpp"
#include "core/cbor/cbor.hpp"
#include "core/cbor/initial_byte.hpp"

namespace pillarbox::cbor {

Writer::Writer(std::size_t size_bytes_expected) {
    out_.reserve(size_bytes_expected);
}

// RFC 8949 section 4.2.1: the argument in the shortest of its five forms.
void Writer::head(std::uint8_t major_type, std::uint64_t argument) {
    const auto initial = [major_type](std::uint8_t information) {
        return static_cast<std::uint8_t>(static_cast<unsigned>(major_type) << 5U | information);
    };
    if (argument < one_byte_follows) {
        out_.push_back(initial(static_cast<std::uint8_t>(argument)));
        return;
    }
    std::uint8_t information = one_byte_follows;
    unsigned size = 1;
    while (size < 8 && argument >> (8U * size) != 0) {
        size *= 2;
        ++information;
    }
    out_.push_back(initial(information));
    for (unsigned left = size; left > 0; --left) {
        out_.push_back(static_cast<std::uint8_t>(argument >> (8U * (left - 1))));
    }
}

Writer& Writer::unsigned_integer(std::uint64_t number) {
    head(major_unsigned, number);
    return *this;
}

Writer& Writer::bytes(base::ByteView bytes) {
    head(major_bytes, bytes.size());
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    return *this;
}

Writer& Writer::text(std::string_view text) {
    PILLARBOX_CHECK(base::is_utf8(text));  // whoever takes text in checks it there
    head(major_text, text.size());
    out_.insert(out_.end(), text.begin(), text.end());
    return *this;
}

Writer& Writer::array(std::size_t count) {
    head(major_array, count);
    return *this;
}

Writer& Writer::boolean(bool truth) {
    out_.push_back(truth ? byte_true : byte_false);
    return *this;
}

Writer& Writer::null() {
    out_.push_back(byte_null);
    return *this;
}

}  // namespace pillarbox::cbor
