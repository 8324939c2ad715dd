// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/parameters.hpp"

#include <limits>

#include "core/base/check.hpp"
#include "sync/store/postgres/column_types.hpp"

namespace pillarbox::postgres_storage {
namespace {

void put_big_endian(base::Bytes& bytes, std::uint64_t value, unsigned size_bytes) {
    for (unsigned left = size_bytes; left > 0; --left) {
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * (left - 1))));
    }
}

base::Bytes number_bytes(std::uint64_t number) {
    PILLARBOX_CHECK(number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
    base::Bytes bytes;
    put_big_endian(bytes, number, 8);
    return bytes;
}

// An array of one dimension: dimensions, whether it holds nulls, the type of its items, their count, the first
// index; then each item's length and bytes.
base::Bytes array_bytes(unsigned item_type, std::span<const base::ByteView> items) {
    std::size_t size_bytes = 20;
    for (const base::ByteView item : items) {
        size_bytes += 4 + item.size();
    }
    base::Bytes bytes;
    bytes.reserve(size_bytes);
    for (const std::uint64_t word : {std::uint64_t{1}, std::uint64_t{0}, std::uint64_t{item_type},
                                     std::uint64_t{items.size()}, std::uint64_t{1}}) {
        put_big_endian(bytes, word, 4);
    }
    for (const base::ByteView item : items) {
        put_big_endian(bytes, item.size(), 4);
        bytes.insert(bytes.end(), item.begin(), item.end());
    }
    return bytes;
}

}  // namespace

Parameters& Parameters::add(unsigned type, const void* value, std::size_t size_bytes) {
    PILLARBOX_CHECK(size_bytes <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    types_.push_back(type);
    values_.push_back(static_cast<const char*>(value));
    sizes_.push_back(static_cast<int>(size_bytes));
    formats_.push_back(1);
    return *this;
}

Parameters& Parameters::keep(unsigned type, base::Bytes value) {
    kept_.push_back(std::move(value));
    return add(type, kept_.back().data(), kept_.back().size());
}

Parameters& Parameters::add(std::uint64_t number) {
    return keep(int8_type, number_bytes(number));
}

Parameters& Parameters::add(std::string_view text) {
    return add(text_type, text.empty() ? "" : text.data(), text.size());  // a null pointer would be a NULL
}

Parameters& Parameters::add(base::ByteView bytes) {
    return add(bytea_type, bytes.empty() ? static_cast<const void*>("") : bytes.data(), bytes.size());
}

Parameters& Parameters::add_null_bytes() {
    return add(bytea_type, nullptr, 0);
}

Parameters& Parameters::add_array(std::span<const std::uint64_t> numbers) {
    std::vector<base::Bytes> each;
    for (const std::uint64_t number : numbers) {
        each.push_back(number_bytes(number));
    }
    const std::vector<base::ByteView> views(each.begin(), each.end());
    return keep(int8_array_type, array_bytes(int8_type, views));
}

Parameters& Parameters::add_array(std::span<const std::string_view> texts) {
    std::vector<base::ByteView> views;
    for (const std::string_view text : texts) {
        views.push_back(base::view_of(text));
    }
    return keep(text_array_type, array_bytes(text_type, views));
}

Parameters& Parameters::add_array(std::span<const base::ByteView> values) {
    return keep(bytea_array_type, array_bytes(bytea_type, values));
}

}  // namespace pillarbox::postgres_storage
