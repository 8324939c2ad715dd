// SPDX-License-Identifier: GPL-3.0-or-later
//
// The loudspeaker or the headphones: a stream to the PulseAudio server of this machine. Only a fifth of a second of
// sound is ever with the server, so that what is said can be taken back. While nothing is played, the stream is
// corked and no thread wakes.
//
// PulseAudio runs a thread of its own; all functions here may be called from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "accessibility/speech/samples.hpp"
#include "core/base/result.hpp"

struct pa_threaded_mainloop;
struct pa_context;
struct pa_stream;
struct pa_sink_info;
struct pa_server_info;

namespace pillarbox::speech {

// Where sound goes: to everybody, or to one person's ears. None: the server has no device.
enum class Route { none, loudspeaker, headphones };

class SoundOutput {
  public:
    struct Settings {
        std::string server{};                   // empty: the usual one of this user or machine
        std::function<void(Route)> on_route{};  // on PulseAudio's thread; must only post
    };
    // Error: `unavailable` where no server answers; that takes no time.
    [[nodiscard]] static base::Result<std::unique_ptr<SoundOutput>> connect(Settings settings);
    // Whether it is worth trying: a look at files, no thread.
    [[nodiscard]] static bool has_server(const std::string& server);
    ~SoundOutput();
    SoundOutput(const SoundOutput&) = delete;
    SoundOutput& operator=(const SoundOutput&) = delete;

    // Of one utterance. Anything that stops the sound makes it void.
    enum class Ticket : std::uint64_t {};
    [[nodiscard]] Ticket begin() const { return Ticket{ticket_.load()}; }
    // Waits for room. More::stop where the ticket is void, or the server is gone.
    [[nodiscard]] More write(Ticket ticket, std::span<const Sample> samples);
    // Waits until all was heard, and lets the device sleep; returns at once where the ticket is void.
    void finish(Ticket ticket);

    void stop();  // at once, and drops what waits
    void pause();
    void resume();

    [[nodiscard]] Route route() const { return route_.load(); }
    [[nodiscard]] bool is_connected() const { return connected_.load(); }

  private:
    struct Callbacks;
    explicit SoundOutput(Settings settings) : settings_(std::move(settings)) {}
    [[nodiscard]] bool open_context();
    [[nodiscard]] bool open_stream();
    void close_stream();
    void cork(bool corked);
    void drop_sound();
    void look_at_route();
    void take_route(Route route);
    [[nodiscard]] bool holds(Ticket ticket) const { return connected_.load() && begin() == ticket; }

    Settings settings_;
    std::atomic<std::uint64_t> ticket_{0};
    std::atomic<Route> route_{Route::none};
    std::atomic<bool> connected_{false};

    // Guarded by the main loop's lock.
    pa_threaded_mainloop* loop_ = nullptr;
    pa_context* context_ = nullptr;
    pa_stream* stream_ = nullptr;
    std::string sink_{};  // the default one: a stream stays on the sink it was made for
    bool looked_ = false;  // at where sound goes
    bool corked_ = true;
    bool paused_ = false;
    bool drained_ = true;
};

}  // namespace pillarbox::speech
