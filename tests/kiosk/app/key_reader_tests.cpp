// SPDX-License-Identifier: GPL-3.0-or-later
//
// What keys mean at a kiosk, by tree and by preferences, without a window.
#include "kiosk/app/key_reader.hpp"

#include <catch2/catch.hpp>

#include "accessibility/semantics/builder.hpp"
#include "kiosk/app/key_commands.hpp"
#include "kiosk/app/scanning.hpp"

namespace pillarbox::app {
namespace {

using namespace std::chrono_literals;
using input::Command;
using platform::Event;
using platform::EventKind;
using platform::Key;
using semantics::NodeId;
using semantics::Role;

constexpr int f13 = 302;
constexpr int f14 = 303;
constexpr int key_1 = '1';

KeyReader reader() {
    return KeyReader(input::KeyBindings::parse(R"({"name": "Test", "keys": [
        {"key": "F13", "command": "next"}, {"key": "F14", "command": "repeat"}, {"key": "1", "command": "switch_1"},
        {"key": "2", "command": "switch_2"}, {"key": "Comma", "command": "slower"},
        {"key": "Space", "command": "activate"}, {"scancode": 122, "command": "quieter"}]})",
                                               "test")
                         .value());
}

Event key(int code, std::chrono::milliseconds time = 0ms, int scancode = 0) {
    return {.kind = EventKind::key_down, .time = time, .code = code, .scancode = scancode};
}
Event letter(int code, std::chrono::milliseconds time = 0ms) {
    return {.kind = EventKind::character, .time = time, .character = static_cast<char32_t>(code), .code = code};
}

// A page with a field, a button and a second one, and the focus on one of them.
semantics::Tree page(std::string_view focus, std::string_view page_key = "page") {
    semantics::TreeBuilder builder;
    builder.begin({.page_key = std::string(page_key)});
    for (const auto& [name, role] :
         {std::pair{"field", Role::text_field}, std::pair{"one", Role::button}, std::pair{"two", Role::button}}) {
        auto& node = builder.add(name, role);
        node.name = name;
        node.flags.add(semantics::Flag::focusable);
        node.actions.add(semantics::Action::click);
    }
    return builder.finish(builder.id_of(focus));
}

}  // namespace

TEST_CASE("bound keys become the screen's own or the kiosk's commands and all others stay") {
    auto keys = reader();
    const auto tree = page("one");
    std::vector<Event> events{key(f13),    key(f14),    key(-1, 0ms, 122),
                              letter('a'), letter(','), {.kind = EventKind::key_down, .key = Key::tab, .code = 258}};
    CHECK(keys.read(events, {.tree = tree}) == std::vector{Command::repeat, Command::quieter, Command::slower});
    REQUIRE(events.size() == 3);
    CHECK(events[0].key == Key::next_item);
    CHECK(events[1].character == U'a');
    CHECK(events[2].key == Key::tab);
}

TEST_CASE("a key that writes is a command only where nobody writes") {
    auto keys = reader();
    const auto in_field = page("field");
    std::vector<Event> events{letter(','), letter(key_1)};
    CHECK(keys.read(events, {.tree = in_field}).empty());
    CHECK(events.size() == 2);

    const auto elsewhere = page("one");
    events = {letter(key_1)};
    CHECK(keys.read(events, {.tree = elsewhere}) == std::vector{Command::switch_1});
    CHECK(events.empty());
    events = {letter(key_1)};
    CHECK(keys.read(events, {.tree = elsewhere, .writing = KeySurroundings::Writing::anywhere}).empty());
    CHECK(events.size() == 1);
}

TEST_CASE("the keys of switches in use write nothing into a field") {
    auto keys = reader();
    const auto in_field = page("field");
    std::vector<Event> events{letter(key_1), letter(',')};
    const auto commands = keys.read(events, {.tree = in_field, .switches = KeySurroundings::Switches::in_use});
    CHECK(commands == std::vector{Command::switch_1});
    REQUIRE(events.size() == 1);
    CHECK(events[0].character == U',');
}

TEST_CASE("a space that is bound acts once though it comes as a key and as a character") {
    auto keys = reader();
    const auto tree = page("one");
    std::vector<Event> events{{.kind = EventKind::key_down, .key = Key::space, .code = ' '}, letter(' ')};
    CHECK(keys.read(events, {.tree = tree}).empty());
    REQUIRE(events.size() == 1);
    CHECK(events[0].key == Key::activate);
}

TEST_CASE("a trembling hand strikes a key and a switch once") {
    auto keys = reader();
    const auto tree = page("one");
    const KeySurroundings trembling{.tree = tree, .strike_span = 500ms};
    std::vector<Event> events{key(f13, 0ms), key(f13, 90ms), letter(key_1, 0ms), letter(key_1, 200ms),
                              key(f13, 600ms)};
    CHECK(keys.read(events, trembling).size() == 1);
    CHECK(events.size() == 2);
    events = {key(f13, 2000ms), key(f13, 2090ms)};
    CHECK(keys.read(events, {.tree = tree}).empty());
    CHECK(events.size() == 2);  // the control: without the preference all are heard
}

TEST_CASE("rate and volume stop at their ends and the cycle goes round and speech and picture turn") {
    flow::Preferences now;
    const auto after = [&now](Command command) {
        flow::put(now, preference_of(command, now).value());
        return now;
    };
    CHECK(after(Command::faster).speech_rate.step == 3);
    for (int press = 0; press < 9; ++press) {
        static_cast<void>(after(Command::slower));
    }
    CHECK(now.speech_rate.step == 0);
    now.volume.step = flow::Volume::last;
    CHECK(after(Command::louder).volume.step == flow::Volume::last);
    CHECK(after(Command::volume_cycle).volume.step == 0);
    CHECK(after(Command::volume_cycle).volume.step == 1);
    CHECK(after(Command::speech).speech == flow::Speech::on);
    CHECK(after(Command::blank).picture == flow::Picture::blank);
    CHECK(after(Command::blank).picture == flow::Picture::shown);
    for (const auto command : {Command::repeat, Command::next, Command::switch_1}) {
        CHECK_FALSE(preference_of(command, now));
    }
}

TEST_CASE("a switch turns scanning on by itself and the second makes it two") {
    const auto tree = page("one");
    Switches switches;
    flow::Preferences now;
    CHECK(switches.read({}, now, tree, 0ms).lit.empty());
    const std::vector first{Command::switch_1};
    const std::vector second{Command::switch_2};
    auto frame = switches.read(first, now, tree, 0ms);
    CHECK(frame.turned == flow::Scanning::one_switch);
    CHECK_FALSE(frame.request);
    CHECK(switches.read(second, now, tree, 0ms).turned == flow::Scanning::two_switches);

    now.scanning = flow::Scanning::one_switch;
    frame = switches.read({}, now, tree, 0ms);
    CHECK(frame.lit == std::vector{tree.nodes[1].id});
    CHECK(frame.moved);
    CHECK(switches.due() == flow::rest_of(now.scan_pace));
    CHECK(switches.read(first, now, tree, 10ms).request->node == tree.nodes[1].id);
    frame = switches.read(second, now, tree, 20ms);
    CHECK(frame.turned == flow::Scanning::two_switches);
    CHECK_FALSE(frame.request);

    now.scanning = flow::Scanning::two_switches;
    CHECK_FALSE(switches.read(first, now, tree, 30ms).request);
    CHECK_FALSE(switches.due());
    CHECK(switches.read(second, now, tree, 40ms).request->node == tree.nodes[2].id);
    now.scanning = flow::Scanning::off;
    CHECK(switches.read({}, now, tree, 50ms).lit.empty());
    CHECK_FALSE(switches.due());
}

}  // namespace pillarbox::app
