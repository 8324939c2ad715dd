// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sha256_blocks.hpp"

#include "core/base/check.hpp"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

namespace pillarbox::crypto {
namespace {

// FIPS 180-4 section 4.2.2.
alignas(16) constexpr std::array<std::uint32_t, 64> round_constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define PILLARBOX_SHA __attribute__((target("sha,ssse3,sse4.1")))

PILLARBOX_SHA __m128i load(const void* from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

}  // namespace

bool has_sha256_instructions() {
    static const bool has = [] {
        unsigned a = 0;
        unsigned b = 0;
        unsigned c = 0;
        unsigned d = 0;
        const bool vectors = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSSE3) != 0 && (c & bit_SSE4_1) != 0;
        return vectors && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
    }();
    return has;
}

// The instructions keep the eight words of the state as {a,b,e,f} and {c,d,g,h}, and take two rounds at a time. `w`
// holds the 16 words of the message schedule that the next rounds need; the four used up make room for four new ones.
PILLARBOX_SHA void compress_sha256(std::array<std::uint32_t, 8>& state, const std::uint8_t* blocks,
                                   std::size_t block_count) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i badc = _mm_shuffle_epi32(load(&state[0]), 0xb1);
    const __m128i hgfe = _mm_shuffle_epi32(load(&state[4]), 0x1b);
    __m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
    __m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);
    for (; block_count > 0; --block_count, blocks += 64) {
        const __m128i abef_before = abef;
        const __m128i cdgh_before = cdgh;
        __m128i w[4];
        for (std::size_t part = 0; part < 4; ++part) {
            w[part] = _mm_shuffle_epi8(load(blocks + 16 * part), big_endian);
        }
#pragma GCC unroll 16
        for (std::size_t four = 0; four < 16; ++four) {
            const __m128i words = _mm_add_epi32(w[four % 4], load(&round_constants[4 * four]));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0e));
            if (four < 12) {
                const __m128i& newest = w[(four + 3) % 4];
                const __m128i seven_back = _mm_alignr_epi8(newest, w[(four + 2) % 4], 4);
                const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[four % 4], w[(four + 1) % 4]), seven_back);
                w[four % 4] = _mm_sha256msg2_epu32(sum, newest);
            }
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
    const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[0]), _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[4]), _mm_alignr_epi8(dchg, feba, 8));
}

#undef PILLARBOX_SHA

}  // namespace pillarbox::crypto

#else

namespace pillarbox::crypto {

bool has_sha256_instructions() {
    return false;
}

void compress_sha256(std::array<std::uint32_t, 8>& /*state*/, const std::uint8_t* /*blocks*/,
                     std::size_t /*block_count*/) {
    PILLARBOX_CHECK(false);
}

}  // namespace pillarbox::crypto

#endif
