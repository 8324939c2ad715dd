// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person has chosen about how the kiosk looks, speaks and takes their hands: one value, each field with its
// default, changed by Prefer (event.hpp) and shown by ViewModel::preferences. A new person finds a new value, so
// nothing here needs its own way back. The language is not among them: it is the campaign's to offer, and "Put all
// back" must not leave somebody in a language that they can't read.
//
// Each setting has a type of its own, so that Prefer{Theme::dark} says which field it means.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <variant>

namespace pillarbox::flow {

// --- see ---
enum class TextSize { standard, large, largest };  // 100, 150, 200 %
enum class Theme { light, dark, high_contrast, low_contrast };
enum class Font { standard, readable };  // readable: letters that are hard to mistake for one another

// --- hear ---
enum class Speech { off, on };

// A setting of even steps from 0 to `last`. `by` stops at both ends.
template <typename Setting>
[[nodiscard]] constexpr Setting stepped(Setting setting, int by) {
    return Setting{std::clamp(setting.step + by, 0, Setting::last)};
}

struct SpeechRate {
    static constexpr int last = 6;  // 0 is slowest; 2 is how people talk; 6 is for ears that are used to it
    int step = 2;
    friend bool operator==(SpeechRate, SpeechRate) = default;
};
struct Volume {
    static constexpr int last = 10;  // 0 is the softest that can be heard, never silence
    int step = 5;
    friend bool operator==(Volume, Volume) = default;
};

// What the loudspeaker may say when no headphones are in. Questions and buttons: always.
enum class Listening { private_only, answers_aloud };

// blank: nothing is drawn, the kiosk only speaks. Only while speech is on.
enum class Picture { shown, blank };

// --- reach and move ---
enum class Reach { whole_screen, low };  // low: all that can be touched is in the lower part
enum class Scanning { off, one_switch, two_switches };

struct ScanPace {
    static constexpr int last = 5;
    int step = 2;
    friend bool operator==(ScanPace, ScanPace) = default;
};
// How long the scan rests on each thing before it goes on by itself.
[[nodiscard]] constexpr std::chrono::milliseconds rest_of(ScanPace pace) {
    constexpr std::array<int, ScanPace::last + 1> rests_ms{750, 1000, 1500, 2000, 3000, 5000};
    return std::chrono::milliseconds{rests_ms.at(static_cast<std::size_t>(std::clamp(pace.step, 0, ScanPace::last)))};
}

// A second strike of the same key or switch within this time is a trembling hand, not a wish (EN 301 549, 5.8).
enum class StrikeFilter { off, half_second, one_second };
[[nodiscard]] constexpr std::chrono::milliseconds span_of(StrikeFilter filter) {
    return std::chrono::milliseconds{500 * static_cast<int>(filter)};
}

// --- calm and private ---
enum class Motion { full, reduced };         // reduced: nothing glides, rolls on or fades
enum class AnswerDisplay { plain, hidden };  // hidden: dots, until the person asks to see them

struct Preferences {
    TextSize text_size = TextSize::standard;
    Theme theme = Theme::light;
    Font font = Font::standard;
    Speech speech = Speech::off;
    SpeechRate speech_rate{};
    Volume volume{};
    Listening listening = Listening::private_only;
    Picture picture = Picture::shown;
    Reach reach = Reach::whole_screen;
    Scanning scanning = Scanning::off;
    ScanPace scan_pace{};
    StrikeFilter strike_filter = StrikeFilter::off;
    Motion motion = Motion::full;
    AnswerDisplay answers = AnswerDisplay::plain;

    friend bool operator==(const Preferences&, const Preferences&) = default;
};

using Preference = std::variant<TextSize, Theme, Font, Speech, SpeechRate, Volume, Listening, Picture, Reach,
                                Scanning, ScanPace, StrikeFilter, Motion, AnswerDisplay>;

// What this kiosk has beside its screen. What is missing is neither offered nor can be chosen.
struct Capabilities {
    bool speech = false;        // a voice and something to hear it with
    bool blank_screen = false;  // can go on with nothing drawn; needs speech too
    bool scanning = false;      // switches are read
    bool strike_filter = false;

    friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

void put(Preferences& preferences, const Preference& chosen);

// Without what the kiosk can't do, and with nothing that would leave a person without a way on: a blank screen that
// is silent shows its picture again.
[[nodiscard]] Preferences possible(Preferences wanted, const Capabilities& capabilities);

}  // namespace pillarbox::flow
