// SPDX-License-Identifier: GPL-3.0-or-later
//
// Digests or uuids that were met before, in little more memory than they have bytes: a table with open addressing.
// Their first bytes are their hash, as all of them are random: whoever could choose them could only make this slow.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace pillarbox::archive {

template <std::size_t Size>
class Seen {
  public:
    using Value = std::array<std::uint8_t, Size>;

    // False where it was met before.
    bool insert(const Value& value) {
        if (value == empty) {
            return !std::exchange(has_zeros_, true);
        }
        if ((count_ + 1) * 8 > slots_.size() * 7) {
            grow();
        }
        Value& slot = slot_for(value);
        if (slot == value) {
            return false;
        }
        slot = value;
        ++count_;
        return true;
    }

  private:
    static constexpr Value empty{};

    // Where it is, or where it goes.
    Value& slot_for(const Value& value) {
        std::uint64_t hash = 0;
        std::memcpy(&hash, value.data(), sizeof hash);
        std::size_t place = hash % slots_.size();
        while (slots_[place] != empty && slots_[place] != value) {
            place = (place + 1) % slots_.size();
        }
        return slots_[place];
    }

    void grow() {
        const std::vector<Value> before = std::exchange(slots_, std::vector<Value>(slots_.size() * 3 / 2 + 1'024));
        for (const Value& value : before) {
            if (value != empty) {
                slot_for(value) = value;
            }
        }
    }

    std::vector<Value> slots_;
    std::size_t count_ = 0;
    bool has_zeros_ = false;
};

}  // namespace pillarbox::archive
