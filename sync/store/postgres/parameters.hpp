// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values for $1 $2 ... of one statement, in PostgreSQL's binary form: int8, text, bytea, and arrays of them.
// Byte views are not copied: they must live until the statement ran. Arrays are.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"

namespace pillarbox::postgres_storage {

class Parameters {
  public:
    Parameters& add(std::uint64_t number);  // int8; at most 2^63-1 (checked: ours are at most 2^53)
    Parameters& add(std::string_view text);
    Parameters& add(base::ByteView bytes);
    Parameters& add_null_bytes();
    Parameters& add_array(std::span<const std::uint64_t> numbers);
    Parameters& add_array(std::span<const std::string_view> texts);
    Parameters& add_array(std::span<const base::ByteView> values);

    // As libpq wants them.
    [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }
    [[nodiscard]] const unsigned* types() const { return types_.data(); }
    [[nodiscard]] const char* const* values() const { return values_.data(); }
    [[nodiscard]] const int* sizes() const { return sizes_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

  private:
    Parameters& add(unsigned type, const void* value, std::size_t size_bytes);
    Parameters& keep(unsigned type, base::Bytes value);

    std::vector<unsigned> types_;
    std::vector<const char*> values_;
    std::vector<int> sizes_;
    std::vector<int> formats_;
    std::deque<base::Bytes> kept_;  // what was converted; a deque, so that nothing of it moves
};

}  // namespace pillarbox::postgres_storage
