// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "core/base/utf8.hpp"
#include "core/cbor/cbor.hpp"
#include "core/cbor/initial_byte.hpp"

namespace pillarbox::cbor {
namespace {

std::unexpected<base::Error> malformed_at(std::size_t position, std::string what) {
    return base::fail(base::ErrorCode::malformed, "CBOR byte " + std::to_string(position), std::move(what));
}

std::unexpected<base::Error> over_limit_at(std::size_t position, std::uint64_t found, std::size_t most) {
    return base::fail(base::ErrorCode::limit_exceeded, "CBOR byte " + std::to_string(position),
                      "The item has " + std::to_string(found) + " elements or bytes; at most " +
                          std::to_string(most) + " are accepted here.");
}

}  // namespace

// Moves past the head only where all of it is right, so that a caller may try another type after an error.
base::Result<std::uint64_t> Reader::head(std::uint8_t major_type, std::string_view type_name) {
    if (at_end()) {
        return malformed_at(position_, "The input ends where " + std::string(type_name) + " is due.");
    }
    const std::uint8_t initial = input_[position_];
    if (initial >> 5U != major_type) {
        return malformed_at(position_, "Expected " + std::string(type_name) + ".");
    }
    const std::uint8_t information = initial & 31U;
    if (information < one_byte_follows) {
        ++position_;
        return information;
    }
    if (information > eight_bytes_follow) {
        return malformed_at(position_, "Indefinite lengths and reserved forms are not canonical.");
    }
    const std::size_t size = std::size_t{1} << (information - one_byte_follows);
    if (size > input_.size() - position_ - 1) {
        return malformed_at(position_, "The input ends within an item's head.");
    }
    std::uint64_t argument = 0;
    for (const std::uint8_t byte : input_.subspan(position_ + 1, size)) {
        argument = argument << 8U | byte;
    }
    // No malleability: a number that fits a shorter form must have it, so that each record has one encoding.
    const bool fits_shorter = size == 1 ? argument < one_byte_follows : argument >> (4U * size) == 0;
    if (fits_shorter) {
        return malformed_at(position_, "A number is not in its shortest form.");
    }
    position_ += 1 + size;
    return argument;
}

base::Result<base::ByteView> Reader::string(std::uint8_t major_type, std::string_view type_name,
                                            std::size_t size_max) {
    const std::size_t start = position_;
    const std::uint64_t size = TRY(head(major_type, type_name));
    // Both checks come before anybody allocates or copies: a length is a claim of the sender.
    if (size > input_.size() - position_) {
        position_ = start;
        return malformed_at(start, "A string's length is over the end of the input.");
    }
    if (size > size_max) {
        position_ = start;
        return over_limit_at(start, size, size_max);
    }
    const base::ByteView content = input_.subspan(position_, static_cast<std::size_t>(size));
    position_ += content.size();
    return content;
}

base::Result<std::uint64_t> Reader::unsigned_integer() {
    return head(major_unsigned, "an unsigned integer");
}

base::Result<base::ByteView> Reader::bytes(std::size_t size_max) {
    return string(major_bytes, "a byte string", size_max);
}

base::Result<std::string_view> Reader::text(std::size_t size_max) {
    const std::size_t start = position_;
    const base::ByteView content = TRY(string(major_text, "a text string", size_max));
    const std::string_view text = base::text_of(content);
    if (!base::is_utf8(text)) {
        position_ = start;
        return malformed_at(start, "A text string is not UTF-8.");
    }
    return text;
}

base::Result<std::size_t> Reader::array(std::size_t count_max) {
    const std::size_t start = position_;
    const std::uint64_t count = TRY(head(major_array, "an array"));
    // Each element takes at least a byte, so a larger count is a lie and must not size anybody's vector.
    if (count > input_.size() - position_) {
        position_ = start;
        return malformed_at(start, "An array's count is over the end of the input.");
    }
    if (count > count_max) {
        position_ = start;
        return over_limit_at(start, count, count_max);
    }
    return static_cast<std::size_t>(count);
}

base::Result<void> Reader::array_of(std::size_t exactly) {
    const std::size_t start = position_;
    const std::uint64_t count = TRY(head(major_array, "an array"));
    if (count != exactly) {
        position_ = start;
        return malformed_at(start, "Expected an array of " + std::to_string(exactly) + ", found one of " +
                                       std::to_string(count) + ".");
    }
    return {};
}

base::Result<bool> Reader::boolean() {
    if (at_end() || (input_[position_] != byte_true && input_[position_] != byte_false)) {
        return malformed_at(position_, "Expected true or false.");
    }
    return input_[position_++] == byte_true;
}

bool Reader::next_is_null() const {
    return !at_end() && input_[position_] == byte_null;
}

base::Result<void> Reader::null() {
    if (!next_is_null()) {
        return malformed_at(position_, "Expected null.");
    }
    ++position_;
    return {};
}

base::Result<void> Reader::end() const {
    if (!at_end()) {
        return malformed_at(position_, "Bytes are left over after the record.");
    }
    return {};
}

}  // namespace pillarbox::cbor
