// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/outbox/slot.hpp"
#include "targets.hpp"

// Slots of the pool. The input is cut into pieces; each is the beginning of a slot, first as it is, then with the
// digest that fits it: no fuzzer would find that one.
void pillarbox::fuzz::fuzz_slot(base::ByteView input) {
    constexpr std::size_t piece_size = 96;
    constexpr std::size_t digest_size = 32;
    std::vector<base::Bytes> slots;
    for (std::size_t start = 0; start < input.size(); start += piece_size) {
        const base::ByteView piece = input.subspan(start, std::min(piece_size, input.size() - start));
        base::Bytes slot(piece.begin(), piece.end());
        slot.resize(outbox::slot_size_bytes, 0x5A);
        static_cast<void>(outbox::label_of(slot));
        std::ranges::copy(crypto::sha256(base::ByteView(slot).subspan(digest_size)), slot.begin());
        const auto label = outbox::label_of(slot);
        PILLARBOX_CHECK(!label || label->number < label->count);
        slots.push_back(std::move(slot));
    }
    const auto item = outbox::item_of(slots);
    if (item) {
        const std::size_t whole = item->tag.size() + item->envelope.size();
        PILLARBOX_CHECK(!item->envelope.empty() && whole == outbox::label_of(slots[0])->item_size_bytes);
    }
}
