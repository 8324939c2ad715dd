// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a PulseAudio device is headphones. For this folder's sources only.
#pragma once

#include "accessibility/speech/sound_output.hpp"

namespace pillarbox::speech {

// By the type of its active port, which follows the plug of a jack; by the device's form factor where it has no
// ports, as headphones on USB. A port that is known to be empty is no headphones. In doubt everybody hears it.
[[nodiscard]] Route route_of(const pa_sink_info& sink);

}  // namespace pillarbox::speech
