// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kiosk reads itself out: what the tree says after a frame becomes speech, and any input silences it. It reads
// published trees only and changes nothing; what the flow has to know comes back as preferences. While speech is off
// it costs a look at the input, and headphones that are plugged in turn it on.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/input/command.hpp"
#include "accessibility/semantics/tree.hpp"
#include "accessibility/speech/engine.hpp"
#include "accessibility/speech/narration.hpp"
#include "kiosk/flow/preferences.hpp"
#include "kiosk/platform/event.hpp"

namespace pillarbox::app {

struct VoiceSettings {
    std::filesystem::path clips{};  // assets/speech
    std::string server{};           // PulseAudio's; empty: the usual one
    std::function<void()> wake{};   // from another thread: headphones came or went
};

class Voice {
  public:
    explicit Voice(VoiceSettings settings);

    // Whether there is something to be heard with; a look at files.
    [[nodiscard]] bool can_be_heard() const;
    // From now on headphones turn speech on.
    void watch_headphones();

    // What the person chose, each frame.
    void choose(const flow::Preferences& preferences);
    // Before a frame is drawn: stops what is being said, and does what commands ask for. `input` is without the keys
    // that were commands; `shown` is what was on the screen when they were pressed.
    void read_input(std::span<const platform::Event> input, std::span<const input::Command> commands,
                    const semantics::Tree& shown);
    // After it was drawn.
    void follow(std::shared_ptr<const semantics::Tree> shown, const speech::Phrases& phrases,
                std::chrono::milliseconds now);
    // The light of a scan lies here now: it is said, as the focus is.
    void follow_light(const semantics::Tree& shown, std::span<const semantics::NodeId> lit);
    // Headphones that came or went since it was last asked, as a preference.
    [[nodiscard]] std::optional<flow::Speech> follow_headphones();

    // For the next person.
    void renew();

    // Told of every utterance as everybody may hear it: for rehearsals. Never of private text.
    using Listener = std::function<void(std::string_view)>;
    void on_utterance(Listener listener) { listener_ = std::move(listener); }

  private:
    void obey(input::Command command, const semantics::Tree& shown);
    void stop();
    void say(std::vector<speech::Utterance> utterances);
    void say_again(const semantics::Tree& shown);
    void pause_or_go_on();
    void say_setting(const std::string& phrase, int step);
    [[nodiscard]] bool is_on() const { return preferences_.speech == flow::Speech::on; }

    VoiceSettings settings_;
    std::atomic<speech::Route> route_{speech::Route::none};  // as PulseAudio's thread told it last
    speech::Route route_seen_ = speech::Route::none;
    flow::Preferences preferences_{};
    speech::Phrases phrases_{};
    Listener listener_;

    // Of one person.
    std::shared_ptr<const semantics::Tree> before_;  // null: nothing was said yet
    speech::Memory memory_;
    speech::Person person_ = speech::Person::idle;
    enum class Touched { nothing, key } touched_ = Touched::nothing;  // in this frame
    enum class Wanted { yes, not_any_more } wanted_ = Wanted::yes;    // not: turned off with headphones in
    std::vector<speech::Utterance> last_;                             // since the last input that led to words
    enum class Pause { off, on } pause_ = Pause::off;
    enum class Repeated { nothing, last_words } repeated_ = Repeated::nothing;
    enum class Setting { none, rate, volume } asked_ = Setting::none;  // by a key: the new one is to be said

    speech::Engine engine_;  // last: it ends before what its callback uses
};

}  // namespace pillarbox::app
