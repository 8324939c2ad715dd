// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/event.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::size_t head_size_bytes = 1 + 8 + 4;

std::uint64_t read_integer(base::ByteView bytes) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) {
        number = number << 8U | byte;
    }
    return number;
}

void write_integer(base::Bytes& bytes, std::uint64_t number, unsigned size_bytes) {
    for (unsigned left = size_bytes; left > 0; --left) {
        bytes.push_back(static_cast<std::uint8_t>(number >> (8U * (left - 1))));
    }
}

}  // namespace

base::Bytes encode_event(const Event& event) {
    base::Bytes bytes{static_cast<std::uint8_t>(event.kind)};
    write_integer(bytes, event.number, 8);
    write_integer(bytes, event.bytes.size(), 4);
    bytes.insert(bytes.end(), event.bytes.begin(), event.bytes.end());
    return bytes;
}

std::optional<Event> take_event(base::Bytes& bytes) {
    if (bytes.size() < head_size_bytes) {
        return std::nullopt;
    }
    const std::size_t size = head_size_bytes + read_integer(base::ByteView(bytes).subspan(9, 4));
    if (bytes.size() < size) {
        return std::nullopt;
    }
    const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(size);
    Event event{static_cast<EventKind>(bytes.front()), read_integer(base::ByteView(bytes).subspan(1, 8)),
                base::Bytes(bytes.begin() + head_size_bytes, end)};
    bytes.erase(bytes.begin(), end);
    return event;
}

}  // namespace pillarbox::tests
