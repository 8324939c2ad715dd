// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/voice.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/accessibility/speech/example_page.hpp"
#include "tests/support/sound_server.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;
using input::Command;
using tests::ExamplePage;
using tests::SoundServer;
using Lines = std::vector<std::string>;

namespace {

// The voice as the stage drives it, frame by frame.
struct Person {
    Lines heard{};
    flow::Preferences preferences{};
    speech::Phrases phrases{};
    app::Voice voice;

    explicit Person(const std::string& server = "unix:/nonexistent") : voice({.server = server}) {
        voice.on_utterance([this](std::string_view line) { heard.emplace_back(line); });
    }

    Lines sees(const ExamplePage& page, std::vector<platform::Event> input = {}, std::vector<Command> commands = {}) {
        heard.clear();
        const auto tree = std::make_shared<const semantics::Tree>(page.tree());
        voice.choose(preferences);
        voice.read_input(input, commands, *tree);
        voice.follow(tree, phrases, 0ms);
        return heard;
    }
};

const platform::Event tab{.kind = platform::EventKind::key_down, .key = platform::Key::tab};

}  // namespace

TEST_CASE("the voice says nothing until it is asked to, and the page from its beginning then") {
    Person person;
    CHECK(person.sees({}).empty());
    CHECK(person.sees({.focus = "next"}, {tab}).empty());
    person.preferences.speech = flow::Speech::on;
    const auto lines = person.sees({.focus = "next"});
    REQUIRE(lines.size() == 1);
    CHECK(lines.front().starts_with("Speech is on. Step 2 of 9, Your link"));
    CHECK(person.sees({.focus = "next"}).empty());
    person.preferences.speech = flow::Speech::off;
    CHECK(person.sees({.focus = "next"}) == Lines{"Speech is off."});
    CHECK(person.sees({.focus = "link/999"}, {tab}).empty());
}

TEST_CASE("keys say it again, spell it, read the page and tell the new speed") {
    Person person;
    person.preferences.speech = flow::Speech::on;
    static_cast<void>(person.sees({.focus = "link/carer"}));
    CHECK(person.sees({.focus = "next"}, {tab}).back().ends_with("Next, button"));
    CHECK(person.sees({.focus = "next"}, {}, {Command::repeat}).back().ends_with("Next, button"));
    CHECK(person.sees({.focus = "next"}, {}, {Command::repeat}).back().ends_with("End of the page."));
    CHECK(person.sees({.focus = "next"}, {}, {Command::spell}) == Lines{"N, e, x, t"});
    CHECK(person.sees({.focus = "next"}, {}, {Command::faster}).empty());
    person.preferences.speech_rate.step = 3;  // as the flow took it
    CHECK(person.sees({.focus = "next"}) == Lines{"Speed 4"});
    person.preferences.volume.step = 7;  // from the panel, which says it itself
    CHECK(person.sees({.focus = "next"}).empty());
}

TEST_CASE("the next person hears nothing of the last one") {
    Person person;
    person.preferences.speech = flow::Speech::on;
    static_cast<void>(person.sees({.focus = "next"}));
    person.voice.renew();
    person.preferences = {};
    CHECK(person.sees({.focus = "next"}, {tab}, {Command::repeat}).empty());
    person.preferences.speech = flow::Speech::on;
    static_cast<void>(person.sees({.focus = "link/999"}));
    const auto again = person.sees({.focus = "link/999"}, {}, {Command::repeat});
    REQUIRE(again.size() == 1);
    CHECK(again.front().find("Next") == std::string::npos);
}

TEST_CASE("a language without a voice is told in English, once") {
    Person person;
    person.preferences.speech = flow::Speech::on;
    ExamplePage somali{.focus = "next"};
    somali.lang = "so";
    CHECK(person.sees(somali) == Lines{"This kiosk cannot read this language aloud."});
    somali.focus = "link/999";
    CHECK(person.sees(somali, {tab}).empty());
}

TEST_CASE("headphones turn speech on, and off when they are pulled out") {
    auto server = SoundServer::start();
    if (!server.has_value()) {
        WARN("SKIPPED: speech: no PulseAudio server can be started here");
        return;
    }
    Person person(server->address());
    person.voice.watch_headphones();
    const auto wished = [&person] {
        for (int tries = 0; tries < 500; ++tries) {
            if (const auto wish = person.voice.follow_headphones(); wish.has_value()) {
                return wish;
            }
            std::this_thread::sleep_for(10ms);
        }
        return std::optional<flow::Speech>();
    };
    CHECK_FALSE(person.voice.follow_headphones().has_value());
    server->plug_in("ears", SoundServer::Device::headphones);
    CHECK(wished() == flow::Speech::on);
    person.preferences.speech = flow::Speech::on;
    CHECK(person.sees({.focus = "next"}).size() == 1);

    // Whoever comes next finds them in: the first key speaks, a touch does not.
    person.voice.renew();
    person.preferences = {};
    static_cast<void>(person.sees({.focus = "next"}, {{.kind = platform::EventKind::pointer_down}}));
    CHECK_FALSE(person.voice.follow_headphones().has_value());
    static_cast<void>(person.sees({.focus = "next"}, {tab}));
    CHECK(person.voice.follow_headphones() == flow::Speech::on);

    // Whoever turned it off is left in peace.
    person.preferences.speech = flow::Speech::on;
    static_cast<void>(person.sees({.focus = "next"}));
    person.preferences.speech = flow::Speech::off;
    static_cast<void>(person.sees({.focus = "next"}, {tab}));
    CHECK_FALSE(person.voice.follow_headphones().has_value());
    server->pull_out("ears");
    CHECK(wished() == flow::Speech::off);
}
