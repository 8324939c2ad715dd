// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>

#include "core/submission/submission.hpp"

namespace pillarbox::submission {
namespace {

constexpr std::size_t bucket_size_bytes_min = 1024;
constexpr std::size_t bucket_size_bytes_max = 4096;

// Padme: a size keeps only as many leading bits as its exponent has bits, so that it leaks O(log log size) bits and
// the padding stays under 12 %.
std::size_t padme(std::size_t size_bytes) {
    const auto exponent = static_cast<unsigned>(std::bit_width(size_bytes)) - 1U;
    const auto kept_bits = static_cast<unsigned>(std::bit_width(exponent));
    const std::size_t mask = (std::size_t{1} << (exponent - kept_bits)) - 1;
    return (size_bytes + mask) & ~mask;
}

}  // namespace

std::size_t padded_size(std::size_t content_size_bytes) {
    const std::size_t needed = content_size_bytes + 1;  // the padding's first byte is always there
    if (needed > bucket_size_bytes_max) {
        return padme(needed);
    }
    return std::bit_ceil(needed < bucket_size_bytes_min ? bucket_size_bytes_min : needed);
}

}  // namespace pillarbox::submission
