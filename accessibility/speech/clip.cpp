// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/clip.hpp"

#include <cstring>

#include "core/base/file.hpp"

namespace pillarbox::speech {
namespace {

using base::ByteView;
using base::ErrorCode;
using base::Result;

std::unexpected<base::Error> malformed() {
    return base::fail(ErrorCode::malformed, "clip", "It is not a clip that can be played.",
                      "Save it as WAV: 16 bits, one channel, 22050 samples a second.");
}

std::uint32_t number_at(ByteView bytes, std::size_t at, std::size_t size) {
    std::uint32_t number = 0;
    for (std::size_t index = 0; index < size; ++index) {
        number |= std::uint32_t{bytes[at + index]} << (8U * index);
    }
    return number;
}

bool is_at(ByteView bytes, std::size_t at, std::string_view tag) {
    return base::text_of(bytes.subspan(at, tag.size())) == tag;
}

// The fields of a "fmt " chunk: format, channels, samples a second, bytes a second, bytes a frame, bits a sample.
bool is_playable(ByteView format) {
    constexpr std::size_t size_min = 16;
    return format.size() >= size_min && number_at(format, 0, 2) == 1 && number_at(format, 2, 2) == 1 &&
           number_at(format, 4, 4) == std::uint32_t{sample_rate_hz} && number_at(format, 14, 2) == 16;
}

}  // namespace

Result<std::vector<Sample>> parse_clip(ByteView file) {
    constexpr std::size_t header_size = 12;
    constexpr std::size_t chunk_header_size = 8;
    if (file.size() < header_size || !is_at(file, 0, "RIFF") || !is_at(file, 8, "WAVE")) {
        return malformed();
    }
    bool playable = false;
    std::size_t at = header_size;
    while (file.size() - at >= chunk_header_size) {
        const std::size_t size = number_at(file, at + 4, 4);
        const ByteView content = file.subspan(at + chunk_header_size);
        if (size > content.size()) {
            return malformed();
        }
        if (is_at(file, at, "fmt ")) {
            playable = is_playable(content.first(size));
        } else if (is_at(file, at, "data")) {
            if (!playable) {
                return malformed();
            }
            std::vector<Sample> samples(size / sizeof(Sample));
            std::memcpy(samples.data(), content.data(), samples.size() * sizeof(Sample));
            return samples;
        }
        // Chunks begin on even bytes.
        at += chunk_header_size + std::min(size + size % 2, content.size());
    }
    return malformed();
}

Result<std::vector<Sample>> read_clip(const std::filesystem::path& path) {
    return parse_clip(TRY(base::read_file(path, clip_size_bytes_max)));
}

}  // namespace pillarbox::speech
