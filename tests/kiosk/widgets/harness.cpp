// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/widgets/harness.hpp"

#include <utility>

#include "core/base/check.hpp"

namespace pillarbox::tests {

using namespace std::chrono_literals;

Assets& assets() {
    static Assets loaded = [] {
        Assets made;
        auto fonts = text::FontLibrary::create(text::FontLibrary::debian_folders());
        PILLARBOX_CHECK(fonts.has_value());
        auto icons = widgets::IconSet::load(PILLARBOX_SOURCE_DIR "/assets/icons");
        PILLARBOX_CHECK(icons.has_value());
        made.fonts = *fonts;
        made.atlas = std::make_shared<text::GlyphAtlas>();
        made.layouter = std::make_shared<text::TextLayouter>(made.fonts, made.atlas);
        made.icons = *std::move(icons);
        auto style = widgets::Style::load(PILLARBOX_SOURCE_DIR "/assets/styles/kiosk.json");
        PILLARBOX_CHECK(style.has_value());
        made.style = *std::move(style);
        return made;
    }();
    return loaded;
}

Screen::Screen(Draw draw) : draw_(std::move(draw)), ui_({assets().layouter.get(), &assets().icons, &assets().style}) {
    frame.page_key = "test";
    frame.title = "Test";
    frame.words = &words_;
    auto keyboard = input::KeyboardLayout::load("gb");
    if (keyboard.has_value()) {
        keyboards_.push_back(*std::move(keyboard));
    }
    frame.keyboards = keyboards_;
}

void Screen::draw_once() {
    const std::vector<platform::Event> input = events.take_frame();
    const std::vector<semantics::Request> requests = std::exchange(requests_, {});
    frame.events = input;
    frame.requests = requests;
    frame.now += 16ms;
    ImDrawList& list = context_.begin({.width = frame.width, .height = frame.height});
    ui_.begin(list, frame);
    draw_(ui_);
    ui_.end();
    static_cast<void>(context_.end());
    frame.events = {};
    frame.requests = {};
}

void Screen::settle(int frames_max) {
    int frames = 0;
    do {
        draw_once();
        ++frames;
    } while ((!events.empty() || !requests_.empty() || ui_.wants_frame()) && frames < frames_max);
    REQUIRE(frames < frames_max);
}

const semantics::Node& Screen::node(std::string_view key) const {
    const semantics::Node* found = semantics::find_key(tree(), key);
    INFO("no node " << key << " in\n" << semantics::describe(tree()));
    REQUIRE(found != nullptr);
    return *found;
}

platform::Point Screen::middle_of(std::string_view key) const {
    const semantics::Rect seen = node(key).rect.intersected(node(key).clip);
    return {seen.x + seen.width / 2, seen.y + seen.height / 2};
}

std::string Screen::focused_key() const {
    const semantics::Node* focused = semantics::find(tree(), tree().focus);
    return focused == nullptr ? std::string() : focused->key;
}

void Screen::tap(std::string_view key) {
    events.tap(middle_of(key), frame.now);
    settle();
}

void Screen::press(platform::Key key, platform::Shift shift) {
    events.press(key, frame.now, shift);
    settle();
}

void Screen::type(std::u32string_view text) {
    events.type(text, frame.now);
    settle();
}

void Screen::request(std::string_view key, semantics::Action action, std::string text) {
    requests_.push_back({.node = node(key).id, .action = action, .text = std::move(text)});
    settle();
}

}  // namespace pillarbox::tests
