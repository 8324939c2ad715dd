// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/sound_route.hpp"

#include <pulse/pulseaudio.h>

#include <string_view>

namespace pillarbox::speech {
namespace {

bool is_for_one_person(std::uint32_t port_type) {
    return port_type == PA_DEVICE_PORT_TYPE_HEADPHONES || port_type == PA_DEVICE_PORT_TYPE_HEADSET ||
           port_type == PA_DEVICE_PORT_TYPE_EARPIECE || port_type == PA_DEVICE_PORT_TYPE_HANDSET;
}

}  // namespace

Route route_of(const pa_sink_info& sink) {
    if (const auto* port = sink.active_port; port != nullptr) {
        const bool empty = port->available == PA_PORT_AVAILABLE_NO;
        return is_for_one_person(port->type) && !empty ? Route::headphones : Route::loudspeaker;
    }
    const char* form = pa_proplist_gets(sink.proplist, PA_PROP_DEVICE_FORM_FACTOR);
    const std::string_view factor = form == nullptr ? "" : form;
    return factor == "headphone" || factor == "headset" ? Route::headphones : Route::loudspeaker;
}

}  // namespace pillarbox::speech
