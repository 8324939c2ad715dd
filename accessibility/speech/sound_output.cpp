// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/sound_output.hpp"

#include <pulse/pulseaudio.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <utility>

#include "accessibility/speech/sound_route.hpp"

namespace pillarbox::speech {
namespace {

using base::ErrorCode;
using base::Result;

// With the server at a time: enough for a drawing that takes both processors, and what is wiped on a stop.
constexpr std::uint32_t buffer_ms = 200;
constexpr pa_sample_spec format{PA_SAMPLE_S16LE, sample_rate_hz, 1};

class Lock {
  public:
    explicit Lock(pa_threaded_mainloop* loop) : loop_(loop) { pa_threaded_mainloop_lock(loop_); }
    ~Lock() { pa_threaded_mainloop_unlock(loop_); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

  private:
    pa_threaded_mainloop* loop_;
};

void release(pa_operation* operation) {
    if (operation != nullptr) {
        pa_operation_unref(operation);
    }
}

}  // namespace

struct SoundOutput::Callbacks {
    static SoundOutput& of(void* self) { return *static_cast<SoundOutput*>(self); }

    static void context_state(pa_context* context, void* self) {
        auto& output = of(self);
        if (!PA_CONTEXT_IS_GOOD(pa_context_get_state(context))) {
            output.connected_ = false;
            output.take_route(Route::none);
        }
        pa_threaded_mainloop_signal(output.loop_, 0);
    }

    static void stream_changed(pa_stream* /*stream*/, void* self) { pa_threaded_mainloop_signal(of(self).loop_, 0); }
    static void stream_writable(pa_stream* /*stream*/, std::size_t /*room*/, void* self) {
        pa_threaded_mainloop_signal(of(self).loop_, 0);
    }

    static void drained(pa_stream* /*stream*/, int /*done*/, void* self) {
        of(self).drained_ = true;
        pa_threaded_mainloop_signal(of(self).loop_, 0);
    }

    static void something_changed(pa_context* /*context*/, pa_subscription_event_type_t /*type*/,
                                  std::uint32_t /*index*/, void* self) {
        of(self).look_at_route();
    }

    static void server_info(pa_context* context, const pa_server_info* info, void* self) {
        auto& output = of(self);
        const std::string_view name =
            info == nullptr || info->default_sink_name == nullptr ? "" : info->default_sink_name;
        if (name != output.sink_) {
            // Made anew for the other device: it must never follow from headphones to a loudspeaker.
            output.sink_ = name;
            output.drop_sound();
            output.close_stream();
        }
        if (name.empty()) {
            output.take_route(Route::none);
            return;
        }
        release(pa_context_get_sink_info_by_name(context, output.sink_.c_str(), &sink_info, self));
    }

    static void sink_info(pa_context* /*context*/, const pa_sink_info* info, int end, void* self) {
        if (end == 0 && info != nullptr) {
            of(self).take_route(route_of(*info));
        } else if (end < 0) {
            of(self).take_route(Route::none);
        }
    }
};

bool SoundOutput::has_server(const std::string& server) {
    if (!server.empty() || std::getenv("PULSE_SERVER") != nullptr) {
        return true;
    }
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    const std::string own = runtime == nullptr ? std::string() : std::string(runtime) + "/pulse/native";
    return (!own.empty() && ::access(own.c_str(), W_OK) == 0) || ::access("/run/pulse/native", W_OK) == 0;
}

Result<std::unique_ptr<SoundOutput>> SoundOutput::connect(Settings settings) {
    std::unique_ptr<SoundOutput> output(new SoundOutput(std::move(settings)));
    if (!output->open_context()) {
        return base::fail(ErrorCode::unavailable, "speech", "No sound server answers.",
                          "Start PulseAudio for the user that the kiosk runs as.");
    }
    return output;
}

bool SoundOutput::open_context() {
    loop_ = pa_threaded_mainloop_new();
    if (loop_ == nullptr) {
        return false;
    }
    context_ = pa_context_new(pa_threaded_mainloop_get_api(loop_), "Pillarbox");
    if (context_ == nullptr) {
        return false;
    }
    pa_context_set_state_callback(context_, &Callbacks::context_state, this);
    const char* server = settings_.server.empty() ? nullptr : settings_.server.c_str();
    if (pa_context_connect(context_, server, PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0 ||
        pa_threaded_mainloop_start(loop_) < 0) {
        return false;
    }
    const Lock lock(loop_);
    while (pa_context_get_state(context_) != PA_CONTEXT_READY) {
        if (!PA_CONTEXT_IS_GOOD(pa_context_get_state(context_))) {
            return false;
        }
        pa_threaded_mainloop_wait(loop_);
    }
    connected_ = true;
    pa_context_set_subscribe_callback(context_, &Callbacks::something_changed, this);
    const auto what = static_cast<pa_subscription_mask_t>(PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_CARD |
                                                          PA_SUBSCRIPTION_MASK_SERVER);
    release(pa_context_subscribe(context_, what, nullptr, nullptr));
    look_at_route();
    // Until it is known where sound goes: what is said sooner would be cut off by the answer.
    while (!looked_ && connected_) {
        pa_threaded_mainloop_wait(loop_);
    }
    return connected_;
}

SoundOutput::~SoundOutput() {
    if (loop_ == nullptr) {
        return;
    }
    pa_threaded_mainloop_stop(loop_);
    close_stream();
    if (context_ != nullptr) {
        pa_context_set_state_callback(context_, nullptr, nullptr);
        pa_context_set_subscribe_callback(context_, nullptr, nullptr);
        pa_context_disconnect(context_);
        pa_context_unref(context_);
    }
    pa_threaded_mainloop_free(loop_);
}

void SoundOutput::look_at_route() {
    release(pa_context_get_server_info(context_, &Callbacks::server_info, this));
}

void SoundOutput::take_route(Route route) {
    looked_ = true;
    pa_threaded_mainloop_signal(loop_, 0);
    const Route before = route_.exchange(route);
    if (before == route) {
        return;
    }
    if (before == Route::headphones) {
        drop_sound();  // first of all: the next millisecond would be everybody's
    }
    if (settings_.on_route) {
        settings_.on_route(route);
    }
}

bool SoundOutput::open_stream() {
    if (stream_ != nullptr && PA_STREAM_IS_GOOD(pa_stream_get_state(stream_))) {
        return true;
    }
    close_stream();
    const std::unique_ptr<pa_proplist, decltype(&pa_proplist_free)> properties(pa_proplist_new(), &pa_proplist_free);
    pa_proplist_sets(properties.get(), PA_PROP_MEDIA_ROLE, "a11y");
    stream_ = pa_stream_new_with_proplist(context_, "Speech", &format, nullptr, properties.get());
    if (stream_ == nullptr) {
        return false;
    }
    pa_stream_set_state_callback(stream_, &Callbacks::stream_changed, this);
    pa_stream_set_write_callback(stream_, &Callbacks::stream_writable, this);
    const auto all = static_cast<std::uint32_t>(-1);
    // It plays from the first sample on. With a prebuf of 0 the server would never tell that all was played.
    const pa_buffer_attr buffer{.maxlength = all,
                                .tlength = static_cast<std::uint32_t>(pa_usec_to_bytes(buffer_ms * 1000UL, &format)),
                                .prebuf = sizeof(Sample),
                                .minreq = all,
                                .fragsize = all};
    constexpr auto flags =
        static_cast<pa_stream_flags_t>(PA_STREAM_START_CORKED | PA_STREAM_ADJUST_LATENCY | PA_STREAM_DONT_MOVE);
    corked_ = true;
    const char* sink = sink_.empty() ? nullptr : sink_.c_str();
    if (pa_stream_connect_playback(stream_, sink, &buffer, flags, nullptr, nullptr) < 0) {
        return false;
    }
    while (stream_ != nullptr && pa_stream_get_state(stream_) != PA_STREAM_READY) {
        if (!PA_STREAM_IS_GOOD(pa_stream_get_state(stream_))) {
            return false;
        }
        pa_threaded_mainloop_wait(loop_);
    }
    return stream_ != nullptr;
}

void SoundOutput::close_stream() {
    if (stream_ == nullptr) {
        return;
    }
    pa_stream_set_state_callback(stream_, nullptr, nullptr);
    pa_stream_set_write_callback(stream_, nullptr, nullptr);
    pa_stream_disconnect(stream_);
    pa_stream_unref(stream_);
    stream_ = nullptr;
    corked_ = true;
}

void SoundOutput::cork(bool corked) {
    if (stream_ != nullptr && corked_ != corked) {
        corked_ = corked;
        release(pa_stream_cork(stream_, corked ? 1 : 0, nullptr, nullptr));
    }
}

More SoundOutput::write(Ticket ticket, std::span<const Sample> samples) {
    const Lock lock(loop_);
    while (!samples.empty()) {
        if (!holds(ticket) || !open_stream()) {
            return More::stop;
        }
        const std::size_t room = pa_stream_writable_size(stream_) / sizeof(Sample);
        if (room == 0) {
            pa_threaded_mainloop_wait(loop_);
            continue;
        }
        const auto now = samples.first(std::min(room, samples.size()));
        if (!holds(ticket) ||
            pa_stream_write(stream_, now.data(), now.size_bytes(), nullptr, 0, PA_SEEK_RELATIVE) < 0) {
            return More::stop;
        }
        samples = samples.subspan(now.size());
        if (!paused_) {
            cork(false);
        }
    }
    return holds(ticket) ? More::go_on : More::stop;
}

void SoundOutput::finish(Ticket ticket) {
    const Lock lock(loop_);
    if (!holds(ticket) || stream_ == nullptr) {
        return;
    }
    drained_ = false;
    pa_operation* operation = pa_stream_drain(stream_, &Callbacks::drained, this);
    while (operation != nullptr && !drained_ && holds(ticket) && stream_ != nullptr) {
        pa_threaded_mainloop_wait(loop_);
    }
    release(operation);
    if (holds(ticket)) {
        cork(true);
    }
}

void SoundOutput::drop_sound() {
    ++ticket_;
    paused_ = false;
    if (stream_ != nullptr && PA_STREAM_IS_GOOD(pa_stream_get_state(stream_))) {
        cork(true);
        release(pa_stream_flush(stream_, nullptr, nullptr));
    }
    pa_threaded_mainloop_signal(loop_, 0);
}

void SoundOutput::stop() {
    const Lock lock(loop_);
    drop_sound();
}

void SoundOutput::pause() {
    const Lock lock(loop_);
    paused_ = true;
    cork(true);
}

void SoundOutput::resume() {
    const Lock lock(loop_);
    paused_ = false;
    cork(false);
}

}  // namespace pillarbox::speech
