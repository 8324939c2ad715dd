// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a key to the sound at the device, from a key to silence, and from headphones that are pulled out to silence,
// in milliseconds: a real kiosk window under Xvfb, drawing and all, on a PulseAudio server that plays into nothing
// and is listened to. What the listener adds (about 10 ms) is counted. --limit-ms holds the 95th percentiles of keys
// to a limit.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <future>
#include <thread>

#include "accessibility/input/key_name.hpp"
#include "accessibility/speech/engine.hpp"
#include "core/base/check.hpp"
#include "core/base/clock.hpp"
#include "core/crypto/system_random.hpp"
#include "kiosk/app/kiosk.hpp"
#include "tests/bench/paired.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/sound_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/x_server.hpp"

namespace {

using namespace pillarbox;
using namespace std::chrono_literals;
using Time = tests::SoundListener::Time;
using std::chrono::steady_clock;

constexpr auto patience = 3s;
constexpr auto silence = 150ms;
constexpr auto rest = 400ms;  // into a text, where it is being said

double ms_between(Time from, Time to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

class Visit {
  public:
    Visit(const std::filesystem::path& folder, const std::string& server) : listener_(server, "speaker") {
        static_cast<void>(tests::make_demo_station(folder / "station"));
        app::KioskSettings settings;
        settings.station = folder / "station";
        settings.stage.assets = PILLARBOX_SOURCE_DIR "/assets";
        settings.stage.window = {.width = 1080, .height = 1920};
        auto opened = app::Kiosk::open(settings, *clock_, random_, events_);
        PILLARBOX_CHECK(opened.has_value());
        kiosk_ = *std::move(opened);
        draw_for(500ms);
        press({.kind = platform::EventKind::key_down, .code = input::code_of_key("F8").value()});
        PILLARBOX_CHECK(heard(patience).has_value());
    }

    // Tab goes to the next control, which is said.
    double time_to_sound() {
        stop();
        const auto pressed = press({.kind = platform::EventKind::key_down, .key = platform::Key::tab});
        const auto sound = heard(patience);
        PILLARBOX_CHECK(sound.has_value());
        return ms_between(pressed, *sound);
    }

    // Escape has no meaning on this page: it silences and no more. F5 says again what is long enough.
    double time_to_silence() {
        stop();
        press({.kind = platform::EventKind::key_down, .code = input::code_of_key("F5").value()});
        press({.kind = platform::EventKind::key_down, .code = input::code_of_key("F5").value()});  // the whole page
        PILLARBOX_CHECK(heard(patience).has_value());
        draw_for(rest);
        const auto pressed = stop_now();
        auto last = std::async(std::launch::async, [this] { return listener_.wait_for_silence(silence); });
        draw_until(last);
        const auto sound = last.get();
        return sound.has_value() ? std::max(0.0, ms_between(pressed, *sound)) : 0.0;
    }

  private:
    Time press(platform::Event event) {
        events_.push(event);
        return steady_clock::now();
    }
    Time stop_now() {
        listener_.forget();
        return press({.kind = platform::EventKind::key_down, .key = platform::Key::escape});
    }
    void stop() {
        static_cast<void>(stop_now());
        draw_for(rest);
        listener_.forget();
    }
    void draw_for(std::chrono::milliseconds time) {
        for (const auto until = steady_clock::now() + time; steady_clock::now() < until;) {
            static_cast<void>(kiosk_->run_frame(5ms));
        }
    }
    template <typename Result>
    void draw_until(std::future<Result>& done) {
        while (done.wait_for(0ms) != std::future_status::ready) {
            static_cast<void>(kiosk_->run_frame(5ms));
        }
    }
    std::optional<Time> heard(std::chrono::milliseconds longest) {
        auto sound = std::async(std::launch::async, [&] { return listener_.wait_for_sound(longest); });
        draw_until(sound);
        return sound.get();
    }

    std::unique_ptr<base::Clock> clock_ = base::clock_for("2023-01-20").value();
    crypto::SystemRandom random_;
    platform::EventQueue events_;
    tests::SoundListener listener_;
    std::unique_ptr<app::Kiosk> kiosk_;
};

// The voice without a window, while it says an answer into headphones: sound goes to the loudspeaker from one moment
// on, as when their plug is pulled out. What the program takes that says so to the server is counted.
std::vector<double> times_from_unplugged(tests::SoundServer& server, int pairs) {
    speech::Part answer("An answer that goes on, and on, and on, and on, for longer than anybody waits here.", "en");
    answer.privacy = speech::Privacy::for_one_person;
    speech::Engine engine({.server = server.address()});
    engine.watch_headphones();
    server.plug_in("ears", tests::SoundServer::Device::headphones);
    tests::SoundListener ears(server.address(), "ears");
    std::vector<double> times;
    for (int pair = 0; pair < pairs; ++pair) {
        server.lead_to("ears");
        for (const auto until = steady_clock::now() + patience;
             engine.route() != speech::Route::headphones && steady_clock::now() < until;) {
            std::this_thread::sleep_for(1ms);
        }
        engine.say({{answer}, speech::Urgency::focus});
        PILLARBOX_CHECK(ears.wait_for_sound(patience).has_value());
        const auto pulled = steady_clock::now();
        server.lead_to("speaker");
        const auto last = ears.wait_for_silence(silence);
        times.push_back(last.has_value() ? std::max(0.0, ms_between(pulled, *last)) : 0.0);
    }
    return times;
}

double percentile_95(std::vector<double> values) {
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, values.size() * 95 / 100)];
}

// The samples, then their 95th percentile, as figures.py knows them.
double report(std::string_view figure, const std::vector<double>& values) {
    for (const double value : values) {
        bench::print_pair(figure, value, 0);
    }
    const double high = percentile_95(values);
    bench::print_pair(std::string(figure) + "-p95", high, 0);
    return high;
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures how soon a key is heard, and how soon it or a plug that is pulled out silences."};
    int pairs = 60;
    double limit_ms = 0;
    command.add_option("--pairs", pairs, "How often each is measured");
    command.add_option("--limit-ms", limit_ms, "Fail where a 95th percentile is longer (0: only measure)");
    CLI11_PARSE(command, argument_count, arguments);
    auto server = tests::SoundServer::start();
    const auto display =
        tests::XServer::start({"Xvfb", "-screen", "0", "1080x1920x24", "-nolisten", "tcp", "-noreset"});
    if (!server.has_value() || !display.has_value()) {
        fmt::print("SKIPPED: speech: {} can't be started here\n", server.has_value() ? "Xvfb" : "PulseAudio");
        return 0;
    }
    ::setenv("PULSE_SERVER", server->address().c_str(), 1);
    std::vector<double> starts;
    std::vector<double> stops;
    {
        const tests::TemporaryFolder scratch;
        Visit visit(scratch.path(), server->address());
        for (int pair = 0; pair < pairs; ++pair) {
            starts.push_back(visit.time_to_sound());
            stops.push_back(visit.time_to_silence());
        }
    }
    static_cast<void>(report("speech-unplugged", times_from_unplugged(*server, pairs)));
    const double start_ms = report("speech-start", starts);
    const double stop_ms = report("speech-stop", stops);
    return limit_ms > 0 && std::max(start_ms, stop_ms) > limit_ms ? 1 : 0;
}
