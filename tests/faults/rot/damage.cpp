// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/rot/damage.hpp"

#include <algorithm>

namespace pillarbox::tests {
namespace {

std::span<std::uint8_t> some_stretch(base::Bytes& bytes, SeededRandom& random) {
    constexpr std::size_t near_bytes = 8 * page_size_bytes;
    const std::size_t reach = random.in_percent(50) ? std::min(bytes.size(), near_bytes) : bytes.size();
    const std::size_t start = random.below(reach);
    const std::size_t size = 1 + random.below(std::min<std::size_t>(page_size_bytes, bytes.size() - start));
    return std::span(bytes).subspan(start, size);
}

void flip_bits(base::Bytes& bytes, SeededRandom& random) {
    const std::uint64_t flips = 1 + random.below(8);
    for (std::uint64_t flip = 0; flip < flips; ++flip) {
        some_stretch(bytes, random).front() ^= static_cast<std::uint8_t>(1U << random.below(8));
    }
}

void misplace_page(base::Bytes& bytes, SeededRandom& random) {
    const std::size_t pages = bytes.size() / page_size_bytes;
    if (pages < 2) {
        flip_bits(bytes, random);
        return;
    }
    const auto at = [&](std::size_t page) {
        return bytes.begin() + static_cast<std::ptrdiff_t>(page * page_size_bytes);
    };
    const auto from = at(random.below(pages));
    std::copy_n(from, page_size_bytes, at(random.below(pages)));
}

}  // namespace

void damage(base::Bytes& bytes, SeededRandom& random) {
    switch (random.below(8)) {
        case 0:
            bytes.resize(random.below(bytes.size()));
            break;
        case 1:
            std::ranges::fill(some_stretch(bytes, random), std::uint8_t{0});
            break;
        case 2:
            random.fill(some_stretch(bytes, random));
            break;
        case 3:
            misplace_page(bytes, random);
            break;
        case 4: {
            base::Bytes more(1 + random.below(2 * page_size_bytes));
            random.fill(more);
            bytes.insert(bytes.end(), more.begin(), more.end());
            break;
        }
        default:
            flip_bits(bytes, random);
            break;
    }
}

std::set<std::size_t> changed_pages(const base::Bytes& before, const base::Bytes& after) {
    std::set<std::size_t> changed;
    for (std::size_t start = 0; start < before.size(); start += page_size_bytes) {
        const auto old_page = base::ByteView(before).subspan(start, std::min(page_size_bytes, before.size() - start));
        const bool is_there = after.size() >= start + old_page.size();
        if (!is_there || !std::ranges::equal(old_page, base::ByteView(after).subspan(start, old_page.size()))) {
            changed.insert(start / page_size_bytes);
        }
    }
    return changed;
}

}  // namespace pillarbox::tests
