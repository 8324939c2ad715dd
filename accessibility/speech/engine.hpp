// SPDX-License-Identifier: GPL-3.0-or-later
//
// Voice and loudspeaker in one thread, which starts with the first utterance and sleeps while there is none. Without
// a voice or a sound server it is quiet, and tries again with the next utterance. Every function returns at once and
// may be called from any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "accessibility/speech/sound_output.hpp"
#include "accessibility/speech/utterance.hpp"

namespace pillarbox::speech {

// What is said where no headphones are in: never the answers, unless the person chose that.
enum class Listening { private_only, answers_aloud };

struct Manners {
    int rate_wpm = 175;
    int volume_percent = 70;
    Listening listening = Listening::private_only;
    bool operator==(const Manners&) const = default;
};

class Engine {
  public:
    struct Settings {
        std::filesystem::path clips{};          // of languages without a voice: voices.hpp
        std::string server{};                   // PulseAudio's; empty: the usual one
        std::function<void(Route)> on_route{};  // from another thread: headphones came or went
    };
    explicit Engine(Settings settings);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Connects to the sound server where there is one, so that on_route tells of headphones while speech is off.
    void watch_headphones();

    void say(Utterance utterance);
    void stop();  // at once; what waits is dropped
    void pause();
    void resume();
    void set_manners(const Manners& manners);  // of what is said from now on; the volume also of what is being said
    [[nodiscard]] Route route() const;

    // For the next person: stops, and no word stays in a buffer.
    void forget();
    // Waits until nothing is said and nothing waits; for tests.
    void wait_until_quiet();

  private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace pillarbox::speech
