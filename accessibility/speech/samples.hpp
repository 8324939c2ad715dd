// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sound on its way from a voice to the loudspeaker: 16-bit, one channel.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace pillarbox::speech {

using Sample = std::int16_t;
inline constexpr int sample_rate_hz = 22'050;  // of espeak-ng, and of clips

// Whether the voice goes on or stops at once.
enum class More { go_on, stop };
using TakeSamples = std::function<More(std::span<const Sample>)>;

// Leaves out the silence that voices begin with (up to 60 ms of it), which a listener takes for a slow kiosk.
class LeadingSilence {
  public:
    [[nodiscard]] std::span<const Sample> trim(std::span<const Sample> samples);

  private:
    static constexpr int quiet = 100;                  // of 32,767
    static constexpr std::size_t trimmed_max = 2'205;  // 100 ms: whoever is quiet for longer means it
    std::size_t trimmed_ = 0;
    bool heard_ = false;
};

// Loudness as ears judge it: half way is heard as half as loud, and is a quarter of the amplitude.
[[nodiscard]] std::vector<Sample> at_volume(std::span<const Sample> samples, int percent);

}  // namespace pillarbox::speech
