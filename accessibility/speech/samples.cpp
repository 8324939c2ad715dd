// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/samples.hpp"

#include <algorithm>
#include <cstdlib>

namespace pillarbox::speech {

std::span<const Sample> LeadingSilence::trim(std::span<const Sample> samples) {
    if (heard_) {
        return samples;
    }
    const auto loud = std::ranges::find_if(samples, [](Sample sample) { return std::abs(int{sample}) > quiet; });
    const auto silent = static_cast<std::size_t>(loud - samples.begin());
    const std::size_t cut = std::min(silent, trimmed_max - trimmed_);
    trimmed_ += cut;
    heard_ = silent < samples.size() || trimmed_ == trimmed_max;
    return samples.subspan(cut);
}

std::vector<Sample> at_volume(std::span<const Sample> samples, int percent) {
    constexpr int full = 100;
    const int gain = std::clamp(percent, 0, full) * std::clamp(percent, 0, full);
    std::vector<Sample> scaled(samples.size());
    std::ranges::transform(samples, scaled.begin(),
                           [gain](Sample sample) { return static_cast<Sample>(int{sample} * gain / (full * full)); });
    return scaled;
}

}  // namespace pillarbox::speech
