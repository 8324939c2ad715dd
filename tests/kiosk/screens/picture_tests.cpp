// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws every screen with OpenGL in three languages, and leaves PNG pictures where PILLARBOX_GALLERY says (else in a
// temporary folder), for people to look at. PILLARBOX_GALLERY_SIZE ("1280x800") and PILLARBOX_GALLERY_SCALE ("2")
// choose others; PILLARBOX_GALLERY_ONLY ("panel") takes the screens with that in their name.
#include <stdlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <functional>
#include <iterator>

#include "kiosk/platform/window.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/screens/staff_screens.hpp"
#include "tests/kiosk/screens/staff_tour.hpp"
#include "tests/kiosk/screens/tour.hpp"
#include "tests/kiosk/widgets/harness.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/x_display.hpp"

namespace pillarbox::tests {
namespace {

using namespace std::chrono_literals;

constexpr int settle_frames = 8;

struct Look {
    int width = 1080;
    int height = 1920;
    double text_scale = 0;  // 0: the view's own
};

Look wanted_look() {
    Look look;
    if (const char* size = ::getenv("PILLARBOX_GALLERY_SIZE")) {
        static_cast<void>(std::sscanf(size, "%dx%d", &look.width, &look.height));
    }
    if (const char* scale = ::getenv("PILLARBOX_GALLERY_SCALE")) {
        look.text_scale = ::atof(scale);
    }
    return look;
}

std::vector<input::KeyboardLayout> keyboards_of(const std::string& language) {
    std::vector<input::KeyboardLayout> keyboards;
    for (const auto& name : input::layouts_of_language(language)) {
        auto layout = input::KeyboardLayout::load(name);
        if (layout.has_value()) {
            keyboards.push_back(*std::move(layout));
        }
    }
    return keyboards;
}

// Draws one screen into a Ui.
using Draw = std::function<void(widgets::Ui&)>;

platform::Picture picture_of(platform::Window& window, const screens::FrameLook& look, const Draw& draw,
                             const std::string& focus, const messages::Messages& messages,
                             const std::vector<input::KeyboardLayout>& keyboards, double text_scale) {
    const Assets& loaded = assets();
    widgets::Ui ui({loaded.layouter.get(), &loaded.icons, &loaded.style});
    const auto words = screens::words_of(messages, look.language);
    widgets::UiFrame frame{.width = window.width(),
                           .height = window.height(),
                           .page_key = look.page_key,
                           .title = look.title,
                           .lang = look.language,
                           .direction = look.direction,
                           .text_scale = text_scale > 0 ? text_scale : look.text_scale,
                           .theme = look.theme,
                           .face = look.face,
                           .reach = look.reach,
                           .words = &words,
                           .keyboards = keyboards};
    for (int count = 0; count < settle_frames; ++count) {
        frame.now += 16ms;
        const text::Point white = loaded.atlas->white_pixel();
        ImDrawList& list = window.begin_frame(window.texture(), {white.x, white.y});
        ui.begin(list, frame);
        if (count == 1 && !focus.empty()) {
            ui.focus(focus);
        }
        draw(ui);
        ui.end();
        if (const auto changed = loaded.atlas->take_changed()) {
            static_cast<void>(
                window.upload({loaded.atlas->side_px(), loaded.atlas->side_px(), loaded.atlas->pixels()},
                              platform::PictureArea{changed->x, changed->y, changed->width, changed->height}));
        }
        const auto ground = ui.palette().page;
        window.present({static_cast<float>(ground.red) / 255, static_cast<float>(ground.green) / 255,
                        static_cast<float>(ground.blue) / 255});
    }
    return window.capture();
}

// Words, not only a ground: the parts of the picture that are not its first pixel's colour.
double inked_part(const platform::Picture& picture) {
    std::size_t inked = 0;
    for (std::size_t at = 0; at + 3 < picture.rgba.size(); at += 4) {
        inked += picture.rgba[at] != 255 || picture.rgba[at + 1] != 255 || picture.rgba[at + 2] != 255 ? 1U : 0U;
    }
    return static_cast<double>(inked) * 4 / static_cast<double>(picture.rgba.size());
}

}  // namespace

TEST_CASE("every screen is drawn in English and Arabic and Bengali") {
    const Look look = wanted_look();
    const auto display = XDisplay::start(look.width, look.height);
    if (!display) {
        WARN("SKIPPED: pictures: Xvfb is not installed");
        return;
    }
    platform::EventQueue events;
    auto window = platform::Window::open({.width = look.width, .height = look.height}, events);
    if (!window.has_value()) {
        WARN("SKIPPED: pictures: " << window.error().describe());
        return;
    }
    const TemporaryFolder temporary;
    const char* wanted = ::getenv("PILLARBOX_GALLERY");
    const std::filesystem::path folder = wanted == nullptr ? temporary.path() : std::filesystem::path(wanted);
    const auto messages = messages::Messages::load(PILLARBOX_SOURCE_DIR "/assets/locales");
    REQUIRE(messages.has_value());
    for (const std::string language : {"en", "ar", "bn"}) {
        const auto keyboards = keyboards_of(language);
        auto stops = tour(language);
        if (wanted != nullptr) {  // for people to look at: the test itself has enough to draw
            std::ranges::move(tour_of_kinds(language), std::back_inserter(stops));
            std::ranges::move(tour_of_aids(language), std::back_inserter(stops));
        }
        if (const char* only = ::getenv("PILLARBOX_GALLERY_ONLY")) {
            std::erase_if(stops, [only](const Stop& stop) { return stop.name.find(only) == std::string::npos; });
        }
        for (const auto& stop : stops) {
            INFO(stop.name << " in " << language);
            screens::Screens screens;
            const auto draw = [&](widgets::Ui& ui) { static_cast<void>(screens.draw(ui, stop.view, *messages)); };
            const auto picture = picture_of(**window, screens::look_of(stop.view, *messages), draw, stop.focus,
                                            *messages, keyboards, look.text_scale);
            CHECK(inked_part(picture) > 0.02);
            CHECK(platform::write_png(folder / (language + "-" + stop.name + ".png"), picture.view()).has_value());
        }
        for (const auto& stop : staff_tour(language)) {
            // All of them for people to look at; the audit has seen them all, so a test draws one of each shape.
            const bool has_its_own_shape = stop.name == "staff_door" || stop.name == "staff_page_1" ||
                                           stop.name == "staff_check_out_of_order" || stop.name == "staff_sending";
            if ((wanted == nullptr && !has_its_own_shape) || ::getenv("PILLARBOX_GALLERY_ONLY") != nullptr) {
                continue;
            }
            INFO(stop.name << " in " << language);
            const auto draw = [&](widgets::Ui& ui) {
                static_cast<void>(screens::draw_staff(ui, stop.view, *messages));
            };
            const auto picture = picture_of(**window, screens::look_of(stop.view, *messages), draw, {}, *messages,
                                            keyboards, look.text_scale);
            CHECK(inked_part(picture) > 0.02);
            CHECK(platform::write_png(folder / (language + "-" + stop.name + ".png"), picture.view()).has_value());
        }
    }
}

}  // namespace pillarbox::tests
