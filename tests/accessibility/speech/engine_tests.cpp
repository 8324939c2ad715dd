// SPDX-License-Identifier: GPL-3.0-or-later
//
// The voice on a real PulseAudio server, heard at the device.
#include "accessibility/speech/engine.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "accessibility/speech/clip.hpp"
#include "accessibility/speech/voices.hpp"
#include "core/base/file.hpp"
#include "tests/support/sound_server.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;
using speech::Engine;
using speech::Listening;
using speech::Part;
using speech::Privacy;
using speech::Route;
using speech::Urgency;
using speech::Utterance;
using std::chrono::steady_clock;
using tests::SoundListener;
using tests::SoundServer;

namespace {

constexpr auto patience = 5s;
constexpr auto limit = 200ms;  // of the checklist; the bench holds it to 100 ms
constexpr auto long_silence = 300ms;

const std::string long_text =
    "This is a long text that nobody wants to hear to its end, because it goes on and on, and on, and on, and on.";

Utterance words(std::string text, std::string lang = "en", Urgency urgency = Urgency::focus) {
    return {{Part(std::move(text), std::move(lang))}, urgency};
}

Utterance answer(std::string text) {
    Utterance utterance = words(std::move(text));
    utterance.parts.front().privacy = Privacy::for_one_person;
    return utterance;
}

std::optional<SoundServer> server_or_skip() {
    auto server = SoundServer::start();
    if (!server.has_value()) {
        WARN("SKIPPED: speech: no PulseAudio server can be started here");
    }
    return server;
}

bool becomes(const Engine& engine, Route route) {
    const auto until = steady_clock::now() + patience;
    while (engine.route() != route && steady_clock::now() < until) {
        std::this_thread::sleep_for(1ms);
    }
    return engine.route() == route;
}

}  // namespace

TEST_CASE("speech is heard soon, and silent soon after it is stopped") {
    const auto server = server_or_skip();
    if (!server.has_value()) {
        return;
    }
    SoundListener listener(server->address(), "speaker");
    Engine engine({.server = server->address()});
    engine.say(words("Ready."));  // the first one loads the voice
    REQUIRE(listener.wait_for_sound(patience).has_value());
    engine.wait_until_quiet();
    listener.forget();

    const auto asked = steady_clock::now();
    engine.say(words(long_text));
    const auto heard = listener.wait_for_sound(patience);
    REQUIRE(heard.has_value());
    CHECK(*heard - asked < limit);
    const auto stopped = steady_clock::now();
    engine.stop();
    const auto last = listener.wait_for_silence(long_silence);
    CHECK((!last.has_value() || *last - stopped < limit));
    engine.wait_until_quiet();
}

TEST_CASE("a pause is silent, and what follows it is heard when speech goes on") {
    const auto server = server_or_skip();
    if (!server.has_value()) {
        return;
    }
    SoundListener listener(server->address(), "speaker");
    Engine engine({.server = server->address()});
    engine.say(words(long_text));
    REQUIRE(listener.wait_for_sound(patience).has_value());
    engine.pause();
    static_cast<void>(listener.wait_for_silence(long_silence));
    CHECK_FALSE(listener.wait_for_sound(long_silence).has_value());
    engine.resume();
    CHECK(listener.wait_for_sound(patience).has_value());
    engine.stop();
}

TEST_CASE("an answer is never heard on a loudspeaker unless the person chose that") {
    const auto server = server_or_skip();
    if (!server.has_value()) {
        return;
    }
    SoundListener listener(server->address(), "speaker");
    Engine engine({.server = server->address()});
    engine.say(answer("My name is Ada."));
    engine.wait_until_quiet();
    CHECK_FALSE(listener.wait_for_sound(long_silence).has_value());
    engine.set_manners({.listening = Listening::answers_aloud});
    engine.say(answer("My name is Ada."));
    CHECK(listener.wait_for_sound(patience).has_value());
}

TEST_CASE("headphones are noticed, hear answers, and fall silent when they are pulled out") {
    auto server = server_or_skip();
    if (!server.has_value()) {
        return;
    }
    std::atomic<int> told{0};
    Engine engine({.server = server->address(), .on_route = [&told](Route) { ++told; }});
    engine.watch_headphones();
    REQUIRE(becomes(engine, Route::loudspeaker));
    server->plug_in("ears", SoundServer::Device::headphones);
    REQUIRE(becomes(engine, Route::headphones));
    CHECK(told == 2);
    SoundListener speaker(server->address(), "speaker");
    {
        SoundListener ears(server->address(), "ears");
        engine.say(answer(long_text));
        CHECK(ears.wait_for_sound(patience).has_value());
    }
    engine.say(answer(long_text));
    std::this_thread::sleep_for(100ms);
    speaker.forget();
    server->pull_out("ears");
    REQUIRE(becomes(engine, Route::loudspeaker));
    CHECK_FALSE(speaker.wait_for_sound(long_silence).has_value());
    engine.say(answer(long_text));
    CHECK_FALSE(speaker.wait_for_sound(long_silence).has_value());
    engine.say(words("Next, button"));
    CHECK(speaker.wait_for_sound(patience).has_value());
}

TEST_CASE("without a server speech is quiet, and it is heard once there is one again") {
    Engine without({.server = "unix:/nonexistent/native"});
    without.say(words("Nobody hears this."));
    without.wait_until_quiet();
    CHECK(without.route() == Route::none);

    auto server = server_or_skip();
    if (!server.has_value()) {
        return;
    }
    Engine engine({.server = server->address()});
    engine.say(words("Heard."));
    engine.wait_until_quiet();
    CHECK(engine.route() == Route::loudspeaker);
    server->stop();
    engine.say(words(long_text));
    engine.wait_until_quiet();
    CHECK(becomes(engine, Route::none));
}

TEST_CASE("a language without a voice is read from its clips where there are some") {
    const auto server = server_or_skip();
    if (!server.has_value()) {
        return;
    }
    const tests::TemporaryFolder clips;
    CHECK(speech::speakable("so", clips.path()) == speech::Speakable::not_at_all);
    // Half a second of a tone, as a WAV file.
    constexpr std::size_t samples = 11'025;
    base::Bytes wav = base::bytes_of(std::string_view(
        "RIFF\x46\x56\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0\2\0\x10\0data\x22\x56\0\0", 44));
    for (std::size_t sample = 0; sample < samples; ++sample) {
        wav.push_back(0);
        wav.push_back(sample / 25 % 2 == 0 ? 0x20 : 0xE0);
    }
    const auto path = speech::clip_path(clips.path(), "so", "Xiga");
    REQUIRE(base::make_folder(path.parent_path()).has_value());
    REQUIRE(base::write_file(path, wav).has_value());
    CHECK(speech::speakable("so", clips.path()) == speech::Speakable::by_clips);

    SoundListener listener(server->address(), "speaker");
    Engine engine({.clips = clips.path(), .server = server->address()});
    engine.say(words("Dib u noqo", "so"));  // not recorded
    engine.wait_until_quiet();
    CHECK_FALSE(listener.wait_for_sound(long_silence).has_value());
    engine.say(words("Xiga", "so"));
    CHECK(listener.wait_for_sound(patience).has_value());
}
