// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys of a real keyboard, pressed in the X server: which of them are commands, and which are nothing.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include "tests/kiosk/platform/open_screen.hpp"

namespace pillarbox::platform {
namespace {

using namespace std::chrono_literals;

// Without a connection: an X server that its first client leaves starts over, and is not there for the window.
bool has_xdotool() {
    return std::system("command -v xdotool >/dev/null 2>&1") == 0;
}

// A window that has the keys; nothing, and why, where this machine can't press any.
std::unique_ptr<OpenScreen> screen_with_keys() {
    if (!has_xdotool()) {
        WARN("SKIPPED: hardware keys: xdotool is not installed");
        return nullptr;
    }
    auto screen = OpenScreen::open("hardware keys", 320, 240);
    if (screen) {
        REQUIRE(std::system("xdotool search --name Pillarbox windowfocus --sync >/dev/null 2>&1") == 0);
    }
    return screen;
}

bool press(const std::string& key) {
    return std::system(("xdotool key " + key + " >/dev/null 2>&1").c_str()) == 0;
}

// Pressed last, to know that all before it has come.
constexpr Key last = Key::page_down;

std::vector<Event> events_until_last(Window& window, EventQueue& events) {
    std::vector<Event> found;
    for (int turn = 0; turn < 200; ++turn) {
        window.wait(50ms);
        for (auto frame = events.take_frame(); !frame.empty(); frame = events.take_frame()) {
            for (const Event& event : frame) {
                if (event.kind == EventKind::key_down && event.key == last) {
                    return found;
                }
                if (event.kind == EventKind::key_down || event.kind == EventKind::character) {
                    found.push_back(event);
                }
            }
        }
    }
    FAIL("the last key did not come");
    return found;
}

}  // namespace

TEST_CASE("Control and a letter are commands of the editor and never a clipboard") {
    const auto screen = screen_with_keys();
    if (!screen) {
        return;
    }
    auto& [display, events, window] = *screen;
    const auto [keys, expected] = GENERATE(table<std::string, std::vector<Key>>({
        {"ctrl+a", {Key::select_all}},
        {"ctrl+z", {Key::undo}},
        {"ctrl+y", {Key::redo}},
        {"ctrl+shift+z", {Key::redo}},
        {"ctrl+BackSpace", {Key::backspace}},
        {"ctrl+c ctrl+v ctrl+x", {}},
    }));
    INFO(keys);
    REQUIRE(press(keys + " Next"));
    std::vector<Key> pressed;
    for (const Event& event : events_until_last(*window, events)) {
        CHECK(event.kind == EventKind::key_down);  // no character comes with it
        CHECK(event.control == Control::held);
        pressed.push_back(event.key);
    }
    CHECK(pressed == expected);
}

TEST_CASE("keypads' keys come with their codes and volume keys with their scancodes and a held key comes once") {
    const auto screen = screen_with_keys();
    if (!screen) {
        return;
    }
    auto& [display, events, window] = *screen;
    SECTION("by code and by scancode") {
        REQUIRE(press("191 122 comma Next"));
        const auto found = events_until_last(*window, events);
        REQUIRE(found.size() == 3);
        CHECK(found[0].kind == EventKind::key_down);
        CHECK(found[0].key == Key::none);
        CHECK(found[0].code == 302);  // F13
        CHECK(found[1].code == -1);
        CHECK(found[1].scancode == 122);
        CHECK(found[2].kind == EventKind::character);
        CHECK(found[2].code == ',');
    }
    SECTION("held longer than a keyboard waits before it repeats") {
        const auto held = GENERATE(as<std::string>{}, "a", "Down", "BackSpace", "122");
        INFO(held);
        REQUIRE(std::system(
                    ("xdotool keydown " + held + " sleep 1 keyup " + held + " key Next >/dev/null 2>&1").c_str()) ==
                0);
        CHECK(events_until_last(*window, events).size() == 1);
    }
}

}  // namespace pillarbox::platform
