// SPDX-License-Identifier: GPL-3.0-or-later
//
// The blank screen of those who only listen, and switches, on a real window: nothing of the answers is seen, the tree
// goes on, and a touch brings the picture back without pressing what it can't see.
#include <algorithm>
#include <catch2/catch.hpp>

#include "kiosk/app/stage.hpp"
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/support/x_display.hpp"

namespace pillarbox::app {
namespace {

using namespace std::chrono_literals;
using flow::Picture;
using platform::EventKind;

bool is_black(const platform::Picture& picture) {
    for (std::size_t at = 0; at < picture.rgba.size(); ++at) {
        if (picture.rgba[at] != (at % 4 == 3 ? 255 : 0)) {
            return false;
        }
    }
    return !picture.rgba.empty();
}

// A page with an answer on it, and frames of it on a window.
struct OpenStage {
    std::unique_ptr<tests::XDisplay> display = tests::XDisplay::start(1080, 1920);
    platform::EventQueue events;
    std::unique_ptr<Stage> stage;
    flow::ViewModel view;
    std::chrono::milliseconds now{1000};

    OpenStage() {
        tests::Scenario person;
        person.reaches_the_form().ticks("/data/answering_as/respondent", "organisation");
        person.answers("/data/answering_as/organisation_name", "Ada's Carers");
        view = person.view();
        if (display) {
            const StageSettings settings{.assets = PILLARBOX_SOURCE_DIR "/assets", .window = {}, .keypad = {}};
            auto opened = Stage::open(settings, events);
            stage = opened.has_value() ? *std::move(opened) : nullptr;
        }
    }
    std::vector<flow::Event> frames() {
        std::vector<flow::Event> done;
        for (int frame = 0; frame < 50 && (frame < 4 || !stage->is_settled()); ++frame) {
            stage->wait(0ms);
            std::ranges::move(stage->show(view, now += 16ms), std::back_inserter(done));
        }
        return done;
    }
    [[nodiscard]] std::vector<flow::Preference> preferences_of(const std::vector<flow::Event>& done) const {
        std::vector<flow::Preference> wishes;
        for (const auto& event : done) {
            if (const auto* wish = std::get_if<flow::Prefer>(&event)) {
                wishes.push_back(wish->chosen);
            }
        }
        return wishes;
    }
    void push_bound(input::Command command) {
        const auto key = stage->key_bindings().key_of(command).value();
        const bool writes = input::writes_text(key.code);
        events.push({.kind = writes ? EventKind::character : EventKind::key_down,
                     .time = now,
                     .character = writes ? static_cast<char32_t>(key.code) : U'\0',
                     .code = key.code,
                     .scancode = key.scancode});
    }
};

}  // namespace

TEST_CASE("a blank picture shows nothing while the tree goes on and a touch only brings it back") {
    OpenStage open;
    if (!open.stage) {
        WARN("SKIPPED: blank picture: there is no display");
        return;
    }
    static_cast<void>(open.frames());
    CHECK_FALSE(is_black(open.stage->capture()));
    const auto tree = open.stage->tree();

    open.push_bound(input::Command::blank);
    CHECK(open.preferences_of(open.frames()) == std::vector<flow::Preference>{Picture::blank});
    open.view.preferences.picture = Picture::blank;
    static_cast<void>(open.frames());
    CHECK(is_black(open.stage->capture()));
    CHECK(semantics::same_content(*open.stage->tree(), *tree));

    const auto& option = *semantics::find_key(*tree, "/data/answering_as/respondent/myself");
    open.events.tap({option.rect.x + 20, option.rect.y + 20}, open.now);
    const auto done = open.frames();
    CHECK(open.preferences_of(done) == std::vector<flow::Preference>{Picture::shown});
    CHECK(std::ranges::none_of(done,
                               [](const auto& event) { return std::holds_alternative<flow::ToggleChoice>(event); }));
    open.view.preferences.picture = Picture::shown;
    static_cast<void>(open.frames());
    CHECK_FALSE(is_black(open.stage->capture()));
    // The control: the same touch chooses once there is something to see.
    open.events.tap({option.rect.x + 20, option.rect.y + 20}, open.now);
    const auto chosen = open.frames();
    CHECK(std::ranges::any_of(chosen,
                              [](const auto& event) { return std::holds_alternative<flow::ToggleChoice>(event); }));
}

TEST_CASE("a switch lights the screen and presses what is lit and a new person finds no light") {
    OpenStage open;
    if (!open.stage) {
        WARN("SKIPPED: switches: there is no display");
        return;
    }
    static_cast<void>(open.frames());
    CHECK_FALSE(open.stage->scan_due());
    open.push_bound(input::Command::switch_2);
    CHECK(open.preferences_of(open.frames()) == std::vector<flow::Preference>{flow::Scanning::two_switches});
    open.view.preferences.scanning = flow::Scanning::two_switches;
    static_cast<void>(open.frames());
    const auto* light = semantics::find_key(*open.stage->tree(), "scan-light");
    REQUIRE(light != nullptr);
    CHECK_FALSE(open.stage->lit().empty());
    CHECK_FALSE(open.stage->scan_due());
    for (int presses = 0; presses < 2; ++presses) {
        open.push_bound(input::Command::switch_2);
        const auto done = open.frames();
        const bool chose = std::ranges::any_of(
            done, [](const auto& event) { return std::holds_alternative<flow::ToggleChoice>(event); });
        CHECK(chose == (presses == 1));
    }
    open.stage->renew();
    CHECK(open.stage->lit().empty());
}

}  // namespace pillarbox::app
