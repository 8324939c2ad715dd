// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/base/check.hpp"
#include "sync/protocol/upload.hpp"
#include "targets.hpp"
#include "tests/fuzz/store.hpp"

// The body of an upload, and a kiosk that signs well but numbers and links its batches as it likes.
namespace pillarbox::fuzz {
namespace {

constexpr std::size_t order_size = 3;

// Three bytes a batch: how far its number is from the last one's, what it cites, how much is in it.
std::vector<base::Bytes> batches_from(base::ByteView orders, const Store& store) {
    std::vector<base::Bytes> batches;
    constexpr std::array<std::uint64_t, 4> steps{1, 1, 0, 2};
    crypto::Digest last = batch::genesis_hash(store.log_id());
    std::uint64_t number = 0;
    for (std::size_t at = 0; at + order_size <= orders.size() && batches.size() < 8; at += order_size) {
        batch::Header header;
        header.campaign_id = "fuzz";
        header.log_id = store.log_id();
        number += steps[orders[at] % steps.size()];
        header.number = number;
        header.previous = last;
        if (orders[at + 1] % 8U == 7U) {
            header.previous = {};
        }
        batch::Item item;
        item.tag.fill(orders[at + 1]);
        item.envelope.assign(std::size_t{orders[at + 2]} + 1, orders[at + 2]);
        auto made = batch::make_batch(header, {item}, store.device_key(), AskedStore::limits());
        if (!made) {
            continue;  // number 0
        }
        last = batch::hash_of(batch::parse_batch(*made, {})->header);
        batches.push_back(std::move(*made));
    }
    return batches;
}

// What an answer promises holds at once, and the same upload once more changes nothing.
void check_upload(Store& store, const base::Bytes& body) {
    const batch::Receipt before = store.head();
    const http::Response first = store.upload(body);
    const batch::Receipt after = store.head();
    PILLARBOX_CHECK(first.status == 200 ? after.stored >= before.stored : after == before);
    const http::Response second = store.upload(body);
    PILLARBOX_CHECK(second.status == first.status && store.head() == after);
    store.check_kept();
}

}  // namespace

void fuzz_upload(base::ByteView input) {
    static Store store;
    store.reset();
    const auto parsed = protocol::parse_upload(input, AskedStore::limits());
    if (parsed) {
        std::vector<base::Bytes> copies;
        for (const base::ByteView content : *parsed) {
            copies.emplace_back(content.begin(), content.end());
        }
        PILLARBOX_CHECK(std::ranges::equal(protocol::make_upload(copies), input));
    }
    check_upload(store, base::Bytes(input.begin(), input.end()));

    // The orders in two uploads, so that the second meets what the first left.
    const std::vector<base::Bytes> batches = batches_from(input, store);
    const auto middle = batches.begin() + static_cast<std::ptrdiff_t>(batches.size() / 2);
    check_upload(store, protocol::make_upload({batches.begin(), middle}));
    check_upload(store, protocol::make_upload({middle, batches.end()}));
}

}  // namespace pillarbox::fuzz
