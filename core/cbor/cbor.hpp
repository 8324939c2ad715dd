// SPDX-License-Identifier: GPL-3.0-or-later
//
// Deterministic CBOR (RFC 8949 section 4.2), the parts in use: unsigned integers, byte and text strings, arrays,
// booleans, null. Records are arrays, so there are no map keys to sort. The writer can only make canonical bytes; the
// reader refuses all others: longer-than-needed integers, indefinite lengths, text that is not UTF-8, maps, tags,
// floats, lengths over the input.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::cbor {

// Items are appended in order; the caller says an array's size first and then writes that many items.
class Writer {
  public:
    Writer() = default;
    // Reserves room, so that the bytes never move while they grow: a secret then leaves no copy behind (wipe what
    // take() gives).
    explicit Writer(std::size_t size_bytes_expected);

    Writer& unsigned_integer(std::uint64_t number);
    Writer& bytes(base::ByteView bytes);
    Writer& text(std::string_view text);  // must be UTF-8 (base/utf8.hpp): anything else aborts
    Writer& array(std::size_t count);
    Writer& boolean(bool truth);
    Writer& null();
    [[nodiscard]] const base::Bytes& result() const { return out_; }
    [[nodiscard]] base::Bytes take() { return std::move(out_); }

  private:
    void head(std::uint8_t major_type, std::uint64_t argument);
    base::Bytes out_;
};

// Reads items in order. Views point into the input, which must outlive them. Errors: malformed, and limit_exceeded
// past a cap; both name the byte. An item that was refused is not passed over.
class Reader {
  public:
    explicit Reader(base::ByteView input) : input_(input) {}
    [[nodiscard]] base::Result<std::uint64_t> unsigned_integer();
    [[nodiscard]] base::Result<base::ByteView> bytes(std::size_t size_max);
    [[nodiscard]] base::Result<std::string_view> text(std::size_t size_max);
    [[nodiscard]] base::Result<std::size_t> array(std::size_t count_max);
    [[nodiscard]] base::Result<void> array_of(std::size_t exactly);
    [[nodiscard]] base::Result<bool> boolean();
    [[nodiscard]] bool next_is_null() const;
    [[nodiscard]] base::Result<void> null();
    [[nodiscard]] bool at_end() const { return position_ == input_.size(); }
    [[nodiscard]] base::Result<void> end() const;  // an error where bytes are left over
    [[nodiscard]] std::size_t position() const { return position_; }

  private:
    [[nodiscard]] base::Result<std::uint64_t> head(std::uint8_t major_type, std::string_view type_name);
    [[nodiscard]] base::Result<base::ByteView> string(std::uint8_t major_type, std::string_view type_name,
                                                      std::size_t size_max);
    base::ByteView input_;
    std::size_t position_ = 0;
};

}  // namespace pillarbox::cbor
