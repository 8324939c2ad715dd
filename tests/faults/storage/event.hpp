// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a station or a store does, told while it does it: "will" before it is tried, "has" once it is acknowledged.
// Everything that the invariants are held against comes from these; they cross a pipe where the teller is to die.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "core/base/bytes.hpp"

namespace pillarbox::tests {

enum class EventKind : std::uint8_t {
    has_started,   // the outbox's log
    will_add,      // bytes: tag and envelope
    has_added,     // the same bytes
    will_draw,     //
    has_drawn,     // bytes: the batch, as it goes out to the store
    will_purge,    // number: up to which batch
    has_purged,    // the same number
    will_upload,   // number: of the batch, at the store
    has_uploaded,  // number: up to which batch the store's receipt goes
    has_failed,    // number: the ErrorCode; bytes: the error's text
};

struct Event {
    EventKind kind{};
    std::uint64_t number = 0;
    base::Bytes bytes;
};

using Tell = std::function<void(const Event&)>;

// For a pipe: kind, number (8 bytes), size (4 bytes), bytes; integers are big-endian.
[[nodiscard]] base::Bytes encode_event(const Event& event);
// Takes the first event off `bytes`; nullopt where none is there as a whole.
[[nodiscard]] std::optional<Event> take_event(base::Bytes& bytes);

}  // namespace pillarbox::tests
