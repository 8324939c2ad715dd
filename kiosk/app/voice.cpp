// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/voice.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "accessibility/speech/item.hpp"
#include "accessibility/speech/voices.hpp"

namespace pillarbox::app {
namespace {

using platform::EventKind;
using speech::Part;
using speech::Person;
using speech::Route;
using speech::Urgency;
using speech::Utterance;

int words_a_minute(flow::SpeechRate rate) {
    constexpr std::array<int, flow::SpeechRate::last + 1> rates{80, 125, 175, 225, 290, 365, 450};
    return rates.at(static_cast<std::size_t>(std::clamp(rate.step, 0, flow::SpeechRate::last)));
}

// Step 0 can still be heard.
int percent_of(flow::Volume volume) {
    constexpr int softest = 30;
    return softest + (100 - softest) * volume.step / flow::Volume::last;
}

speech::Manners manners_of(const flow::Preferences& preferences) {
    return {.rate_wpm = words_a_minute(preferences.speech_rate),
            .volume_percent = percent_of(preferences.volume),
            .listening = preferences.listening == flow::Listening::answers_aloud ? speech::Listening::answers_aloud
                                                                                 : speech::Listening::private_only};
}

bool is_act(const platform::Event& event) {
    return event.kind == EventKind::key_down || event.kind == EventKind::character ||
           event.kind == EventKind::pointer_down || event.kind == EventKind::scroll;
}

// All that was said, as one utterance.
Utterance joined(const std::vector<Utterance>& utterances) {
    Utterance all{{}, Urgency::focus};
    for (const Utterance& utterance : utterances) {
        std::ranges::copy(utterance.parts, std::back_inserter(all.parts));
    }
    return all;
}

}  // namespace

Voice::Voice(VoiceSettings settings)
    : settings_(std::move(settings)),
      engine_({.clips = settings_.clips, .server = settings_.server, .on_route = [this](Route route) {
                   route_ = route;
                   if (settings_.wake) {
                       settings_.wake();
                   }
               }}) {}

bool Voice::can_be_heard() const {
    return speech::SoundOutput::has_server(settings_.server);
}

void Voice::watch_headphones() {
    engine_.watch_headphones();
}

void Voice::choose(const flow::Preferences& preferences) {
    const auto before = std::exchange(preferences_, preferences);
    if (manners_of(before) != manners_of(preferences)) {
        engine_.set_manners(manners_of(preferences));
    }
    if (before.speech != preferences.speech) {
        before_.reset();  // the page is said from its beginning
        stop();
        wanted_ = is_on() || route_seen_ != Route::headphones ? Wanted::yes : Wanted::not_any_more;
        if (!is_on()) {
            say({{{Part(phrases_.speech_off, phrases_.lang)}, Urgency::focus}});
        }
        return;
    }
    const Setting asked = std::exchange(asked_, Setting::none);
    if (asked == Setting::rate) {
        say_setting(phrases_.speed, preferences.speech_rate.step);
    } else if (asked == Setting::volume) {
        say_setting(phrases_.volume, preferences.volume.step);
    }
}

void Voice::say_setting(const std::string& phrase, int step) {
    const auto number = static_cast<std::uint64_t>(step) + 1;
    say({{{Part(with_number(phrases_, phrase, number), phrases_.lang)}, Urgency::focus}});
}

void Voice::read_input(std::span<const platform::Event> input, std::span<const input::Command> commands,
                       const semantics::Tree& shown) {
    person_ = Person::idle;
    const bool key = std::ranges::find(input, EventKind::key_down, &platform::Event::kind) != input.end();
    touched_ = key ? Touched::key : Touched::nothing;
    if (!is_on()) {
        return;
    }
    if (std::ranges::any_of(input, is_act)) {
        person_ = Person::acted;
        repeated_ = Repeated::nothing;
        stop();
    }
    for (const auto command : commands) {
        obey(command, shown);
    }
}

void Voice::stop() {
    engine_.stop();
    pause_ = Pause::off;
}

// Silence came with the plug already; whoever goes on without headphones turns speech on by a key. Headphones that
// stay in speak to the next person from their first key on.
std::optional<flow::Speech> Voice::follow_headphones() {
    const Route now = route_.load();
    const Route before = std::exchange(route_seen_, now);
    if (before == Route::headphones && now != Route::headphones) {
        return flow::Speech::off;
    }
    const bool came = now == Route::headphones && before != Route::headphones;
    const bool used = now == Route::headphones && touched_ == Touched::key && wanted_ == Wanted::yes;
    return !is_on() && (came || used) ? std::optional(flow::Speech::on) : std::nullopt;
}

void Voice::follow_light(const semantics::Tree& shown, std::span<const semantics::NodeId> lit) {
    const auto* node = lit.empty() ? nullptr : semantics::find(shown, lit.front());
    if (!is_on() || node == nullptr) {
        return;
    }
    auto parts = speech::parts_of(shown, *node, phrases_);
    if (!parts.empty()) {
        say({{std::move(parts), Urgency::focus}});
    }
}

void Voice::follow(std::shared_ptr<const semantics::Tree> shown, const speech::Phrases& phrases,
                   std::chrono::milliseconds now) {
    if (phrases_.lang != phrases.lang) {
        phrases_ = phrases;
    }
    if (!is_on() || shown == before_ || shown->nodes.empty()) {
        return;
    }
    static const semantics::Tree nothing;
    const bool first = before_ == nullptr;
    const semantics::Tree& before = first ? nothing : *before_;
    std::vector<Utterance> utterances;
    if (speech::speakable(shown->lang, settings_.clips) == speech::Speakable::not_at_all) {
        if (first || before.lang != shown->lang) {
            utterances.push_back({{Part(speech::Phrases().cannot_speak, "en")}, Urgency::focus});
        }
    } else {
        utterances = speech::narrate({before, *shown, person_, now}, memory_, phrases);
        if (first && !utterances.empty()) {
            auto& parts = utterances.front().parts;
            parts.insert(parts.begin(), Part(phrases.speech_on, phrases.lang));
        }
    }
    before_ = std::move(shown);
    if (!utterances.empty()) {
        if (person_ == Person::acted || first) {
            last_.clear();
        }
        std::ranges::copy(utterances, std::back_inserter(last_));
        say(std::move(utterances));
    }
}

void Voice::say(std::vector<Utterance> utterances) {
    for (Utterance& utterance : utterances) {
        if (listener_) {
            listener_(speech::open_text_of(utterance));
        }
        engine_.say(std::move(utterance));
    }
}

void Voice::obey(input::Command command, const semantics::Tree& shown) {
    using input::Command;
    if (command == Command::pause) {
        pause_or_go_on();
        return;
    }
    stop();
    if (command == Command::repeat) {
        say_again(shown);
        return;
    }
    repeated_ = Repeated::nothing;
    if (command == Command::spell) {
        say({speech::spelled_item(shown, phrases_)});
    } else if (command == Command::slower || command == Command::faster) {
        asked_ = Setting::rate;
    } else if (command == Command::quieter || command == Command::louder || command == Command::volume_cycle) {
        asked_ = Setting::volume;
    }
}

// Once: what was said last. Again: the whole page.
void Voice::say_again(const semantics::Tree& shown) {
    const bool again = std::exchange(repeated_, Repeated::last_words) == Repeated::last_words;
    Utterance words = again ? speech::whole_page(shown, phrases_) : joined(last_);
    if (words.parts.empty()) {
        words = speech::current_item(shown, phrases_);
    }
    say({std::move(words)});
}

void Voice::pause_or_go_on() {
    if (pause_ == Pause::off) {
        engine_.pause();
        pause_ = Pause::on;
    } else {
        engine_.resume();
        pause_ = Pause::off;
    }
}

void Voice::renew() {
    engine_.forget();
    before_.reset();
    memory_ = {};
    last_.clear();
    pause_ = Pause::off;
    repeated_ = Repeated::nothing;
    preferences_ = {};
    engine_.set_manners(manners_of(preferences_));
    asked_ = Setting::none;
    wanted_ = Wanted::yes;
}

}  // namespace pillarbox::app
