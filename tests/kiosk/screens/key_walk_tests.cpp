// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every screen by keys alone.
#include "tests/kiosk/screens/key_walk.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <span>

#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/texts.hpp"
#include "tests/kiosk/screens/shown.hpp"
#include "tests/kiosk/screens/staff_shown.hpp"
#include "tests/kiosk/screens/staff_tour.hpp"
#include "tests/kiosk/screens/tour.hpp"

namespace pillarbox::tests {
namespace {

using platform::Key;
using platform::Shift;

struct Format {
    int width, height;
    double text_scale;
};

constexpr std::array walk_keys{WalkKey{Key::tab}, WalkKey{Key::tab, Shift::held}, WalkKey{Key::down},
                               WalkKey{Key::up},  WalkKey{Key::next_item},        WalkKey{Key::previous_item}};

// Mirrored, in large letters and on its side, the way is the same: what scrolls differs.
constexpr std::size_t keys_in_large = 3;

std::span<const WalkKey> keys_for(const Format& format) {
    return std::span(walk_keys).first(format.text_scale > 1 ? keys_in_large : walk_keys.size());
}

constexpr std::array formats{Format{1080, 1920, 1.0}, Format{1920, 1080, 2.0}};

void shape(Screen& screen, const Format& format) {
    screen.frame.width = format.width;
    screen.frame.height = format.height;
    screen.frame.text_scale = format.text_scale;
    screen.settle();
}

// Two buttons, and whatever `also` does to the page.
std::string findings_of_page(const std::function<void(widgets::Ui&)>& also) {
    Screen screen([&also](widgets::Ui& ui) {
        widgets::begin_page(ui, {.brand = "Pillarbox", .back_label = "Back", .next_label = "Next"});
        widgets::heading(ui, "heading", "A page");
        static_cast<void>(widgets::button(ui, {.key = "one", .label = "One"}));
        static_cast<void>(widgets::button(ui, {.key = "two", .label = "Two"}));
        also(ui);
        static_cast<void>(widgets::end_page(ui));
    });
    screen.settle();
    return walk_round(screen, {Key::tab}).findings;
}

}  // namespace

TEST_CASE("every screen is walked round by Tab and arrows and the keypad, each control once and in sight") {
    std::size_t stops = 0;
    const auto [language, format] = GENERATE(table<std::string, Format>({{"en", formats[0]}, {"ar", formats[1]}}));
    for (const auto& all : {tour(language), tour_of_kinds(language)}) {
        for (const auto& stop : all) {
            for (const WalkKey& by : keys_for(format)) {
                Shown page(stop.view);
                shape(page.screen(), format);
                const Walk walk = walk_round(page.screen(), by);
                INFO(stop.name << " in " << language << " by key " << static_cast<int>(by.key));
                CHECK(walk.findings == "");
                stops += walk.stops;
            }
        }
    }
    CHECK(stops > 1000);
}

TEST_CASE("every staff screen is walked round by Tab and arrows and the keypad") {
    const auto [language, format] = GENERATE(table<std::string, Format>({{"en", formats[0]}, {"ar", formats[1]}}));
    for (const auto& stop : staff_tour(language)) {
        for (const WalkKey& by : std::span(walk_keys).first(keys_in_large)) {
            StaffShown page(stop.view);
            shape(page.screen(), format);
            INFO(stop.name << " in " << language << " by key " << static_cast<int>(by.key));
            CHECK(walk_round(page.screen(), by).findings == "");
        }
    }
}

TEST_CASE("the walk finds a planted trap and a control that is reached by no key and one without a ring") {
    CHECK(findings_of_page([](widgets::Ui&) {}) == "");
    CHECK_THAT(findings_of_page([](widgets::Ui& ui) {
                   if (ui.is_focused("two")) {
                       ui.focus("one");
                   }
               }),
               Catch::Contains("a trap"));
    CHECK_THAT(findings_of_page([](widgets::Ui& ui) {
                   if (ui.is_focused("one")) {
                       ui.focus("back");
                   }
               }),
               Catch::Contains("two is reached 0 times"));
    CHECK_THAT(findings_of_page(
                   [](widgets::Ui& ui) { ui.builder().find(ui.builder().id_of("two"))->visual.focus_ring.reset(); }),
               Catch::Contains("two has the focus and no ring"));
}

}  // namespace pillarbox::tests
