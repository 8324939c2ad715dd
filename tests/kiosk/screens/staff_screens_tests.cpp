// SPDX-License-Identifier: GPL-3.0-or-later
//
// The staff screens through the semantic tree, without a display.
#include "kiosk/screens/staff_screens.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>

#include "accessibility/semantics/audit.hpp"
#include "tests/kiosk/screens/staff_shown.hpp"
#include "tests/kiosk/screens/staff_tour.hpp"

namespace pillarbox::tests {
namespace {

std::string english_left_in(const semantics::Tree& tree) {
    std::string found;
    for (const auto& node : tree.nodes) {
        for (std::string text : {node.name, node.description, node.value}) {
            for (const char* name : {"Pillarbox", "campaign.pack", "pillarbox station set-pin",
                                     "pillarbox-sync enrol", "pillarbox-sync", "pillarbox", "USB",
                                     "tally-2023-01-20.txt", "3F9A-11C2", "LAS", "shell sand daisy fruit uncle album",
                                     "A464 C263"
                                     " 7A6F 4D98 445D 1C14 C8B9 476B"}) {
                if (const auto at = text.find(name); at != std::string::npos) {
                    text.erase(at, std::string_view(name).size());
                }
            }
            const bool letters = std::ranges::adjacent_find(text, [](unsigned char left, unsigned char right) {
                                     return std::isalpha(left) != 0 && std::isalpha(right) != 0;
                                 }) != text.end();
            found += letters ? node.key + ": " + text + "\n" : "";
        }
    }
    return found;
}

const staff::StaffView& stop_named(const std::vector<StaffStop>& stops, std::string_view name) {
    const auto found = std::ranges::find(stops, name, &StaffStop::name);
    REQUIRE(found != stops.end());
    return found->view;
}

}  // namespace

TEST_CASE("every staff screen passes the audit at every text size and leaves no English in other languages") {
    for (const std::string language : {"en", "ar", "bn"}) {
        for (const auto& stop : staff_tour(language)) {
            StaffShown page(stop.view);
            INFO(stop.name << " in " << language);
            CHECK((language == "en" || english_left_in(page.tree()).empty()));
            for (const double text_scale : {1.0, 2.0}) {
                page.screen().frame.text_scale = text_scale;
                page.screen().settle();
                CHECK(semantics::describe(semantics::audit(page.tree())) == "");
            }
        }
    }
}

TEST_CASE("the PIN is typed by touch and by request and by hardware keys and no node tells a digit") {
    StaffShown page(stop_named(staff_tour("en"), "staff_door"));
    page.screen().tap("pin/4");
    page.screen().request("pin/8", semantics::Action::click);
    page.screen().tap("pin/erase");
    page.screen().request("pin/9", semantics::Action::focus);
    page.screen().press(platform::Key::enter);  // presses the digit and does not unlock
    CHECK(page.typed() == "48<9");
    page.screen().request("heading", semantics::Action::focus);
    page.screen().type(U"80x2");
    page.screen().press(platform::Key::backspace);
    page.screen().press(platform::Key::enter);
    CHECK(page.typed() == "48<9802<!");
    page.screen().tap("next");
    CHECK(page.typed() == "48<9802<!!");
    const auto* pad = semantics::find_key(page.tree(), "pin");
    REQUIRE(pad != nullptr);
    CHECK(pad->name == "Digits entered: 6");
    CHECK(semantics::describe(page.tree()).find("480215") == std::string::npos);
}

TEST_CASE("while the lock waits the pad is disabled and typing does nothing") {
    StaffShown page(stop_named(staff_tour("en"), "staff_door_waiting"));
    page.screen().type(U"480215");
    page.screen().press(platform::Key::enter);
    CHECK(page.typed().empty());
    CHECK(semantics::find_key(page.tree(), "pin/4")->flags.has(semantics::Flag::disabled));
}

TEST_CASE("a telephone's pad is not mirrored where the page is") {
    for (const std::string language : {"en", "ar"}) {
        StaffShown page(stop_named(staff_tour(language), "staff_door"));
        CHECK(semantics::find_key(page.tree(), "pin/1")->rect.x < semantics::find_key(page.tree(), "pin/3")->rect.x);
    }
}

TEST_CASE("all keys of the pad are seen without scrolling in high and wide windows") {
    for (const auto& [width, height] : {std::pair(1080, 1920), {1920, 1080}, {1280, 800}}) {
        StaffShown page(stop_named(staff_tour("en"), "staff_door"));
        page.screen().frame.width = width;
        page.screen().frame.height = height;
        page.screen().settle();
        INFO(width << "x" << height);
        for (const char* key : {"pin", "pin/0", "pin/1", "pin/5", "pin/9", "pin/erase"}) {
            const auto* node = semantics::find_key(page.tree(), key);
            REQUIRE(node != nullptr);
            CHECK(node->rect.y + node->rect.height <= node->clip.y + node->clip.height);
        }
        CHECK(semantics::describe(semantics::audit(page.tree())) == "");
    }
}

TEST_CASE("each button of a staff page becomes its event") {
    const auto stops = staff_tour("en");
    StaffShown page(stop_named(stops, "staff_page_1"));
    for (const auto& action : stop_named(stops, "staff_page_1").actions) {
        page.screen().request(action.key, semantics::Action::click);
        REQUIRE(std::holds_alternative<staff::Open>(page.events().back()));
        CHECK(std::get<staff::Open>(page.events().back()).page == std::get<staff::Open>(action.event).page);
    }
    page.screen().tap("back");
    CHECK(std::holds_alternative<staff::Leave>(page.events().back()));
}

}  // namespace pillarbox::tests
