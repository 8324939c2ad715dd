// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws every widget with OpenGL in three languages and two text sizes, and leaves PNG pictures where
// PILLARBOX_GALLERY says (else in a temporary folder), for people to look at.
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <set>

#include "accessibility/semantics/audit.hpp"
#include "kiosk/platform/window.hpp"
#include "tests/kiosk/widgets/gallery.hpp"
#include "tests/kiosk/widgets/harness.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/x_display.hpp"

namespace pillarbox::tests {
namespace {

using namespace std::chrono_literals;

constexpr int settle_frames = 8;

struct Scene {
    const GalleryLanguage& language;
    const GalleryPage& page;
    double text_scale = 1;
    semantics::Theme theme = semantics::Theme::light;
    std::string focus{};  // ringed, as after Tab
};

// Draws the page until it has come to rest and returns its picture.
platform::Picture picture_of(platform::Window& window, const Scene& scene) {
    const Assets& loaded = assets();
    widgets::Ui ui({loaded.layouter.get(), &loaded.icons, &loaded.style});
    const widgets::Words words = gallery_words(scene.language.code);
    const auto keyboard = input::KeyboardLayout::load(scene.language.keyboard);
    REQUIRE(keyboard.has_value());
    const std::vector<input::KeyboardLayout> keyboards{*keyboard, *keyboard};
    widgets::UiFrame frame{.width = window.width(),
                           .height = window.height(),
                           .page_key = scene.page.name,
                           .title = scene.page.name,
                           .lang = scene.language.code,
                           .direction = scene.language.direction,
                           .text_scale = scene.text_scale,
                           .theme = scene.theme,
                           .words = &words,
                           .keyboards = keyboards};
    semantics::Colour ground;
    for (int count = 0; count < settle_frames; ++count) {
        frame.now += 16ms;
        const text::Point white = loaded.atlas->white_pixel();
        ImDrawList& list = window.begin_frame(window.texture(), {white.x, white.y});
        std::vector<semantics::Request> requests;
        if (count == 3 && !scene.focus.empty()) {
            requests.push_back(
                {.node = semantics::id_of(scene.page.name, scene.focus), .action = semantics::Action::focus});
        }
        frame.requests = requests;
        ui.begin(list, frame);
        frame.requests = {};
        if (count == 1 && !scene.page.focus.empty()) {
            ui.focus(scene.page.focus);
        }
        scene.page.draw(ui);
        ui.end();
        ground = ui.palette().page;
        if (const auto changed = loaded.atlas->take_changed()) {
            static_cast<void>(
                window.upload({loaded.atlas->side_px(), loaded.atlas->side_px(), loaded.atlas->pixels()},
                              platform::PictureArea{changed->x, changed->y, changed->width, changed->height}));
        }
        window.present({static_cast<float>(ground.red) / 255, static_cast<float>(ground.green) / 255,
                        static_cast<float>(ground.blue) / 255});
    }
    return window.capture();
}

}  // namespace

TEST_CASE("every widget draws in every language and size") {
    const auto display = XDisplay::start();
    if (!display) {
        WARN("SKIPPED: gallery: Xvfb is not installed");
        return;
    }
    const TemporaryFolder temporary;
    const char* wanted = ::getenv("PILLARBOX_GALLERY");
    const std::filesystem::path folder = wanted == nullptr ? temporary.path() : std::filesystem::path(wanted);
    platform::EventQueue events;
    auto window = platform::Window::open({.width = 1080, .height = 1920}, events);
    if (!window.has_value()) {
        WARN("SKIPPED: gallery: " << window.error().describe());
        return;
    }
    for (const GalleryLanguage& language : gallery_languages()) {
        for (const GalleryPage& page : gallery_pages(language.code)) {
            for (const double scale : {1.0, 2.0}) {
                const platform::Picture picture = picture_of(**window, {language, page, scale});
                const std::string name = page.name + "-" + language.code + "-" + (scale > 1 ? "200" : "100") + ".png";
                REQUIRE(platform::write_png(folder / name, picture.view()).has_value());
                // Something of every page is drawn: more than two colours.
                std::set<std::uint32_t> colours;
                for (std::size_t at = 0; at < picture.rgba.size() && colours.size() < 3; at += 4) {
                    colours.insert(static_cast<std::uint32_t>(picture.rgba[at]) << 16U |
                                   static_cast<std::uint32_t>(picture.rgba[at + 1]) << 8U | picture.rgba[at + 2]);
                }
                CHECK(colours.size() == 3);
            }
        }
    }
}

TEST_CASE("every widget draws in high contrast and landscape with the focus ring") {
    const auto display = XDisplay::start(1920, 1080);
    if (!display) {
        WARN("SKIPPED: gallery: Xvfb is not installed");
        return;
    }
    const TemporaryFolder temporary;
    const char* wanted = ::getenv("PILLARBOX_GALLERY");
    const std::filesystem::path folder = wanted == nullptr ? temporary.path() : std::filesystem::path(wanted);
    platform::EventQueue events;
    auto window = platform::Window::open({.width = 1920, .height = 1080}, events);
    if (!window.has_value()) {
        WARN("SKIPPED: gallery: " << window.error().describe());
        return;
    }
    const std::vector<GalleryLanguage> languages = gallery_languages();
    const std::vector<GalleryPage> pages = gallery_pages("en");
    for (const GalleryPage& page : pages) {
        const platform::Picture picture = picture_of(
            **window,
            {languages.front(), page, 1.0, semantics::Theme::high_contrast, page.focus.empty() ? "back" : ""});
        CHECK(platform::write_png(folder / (page.name + "-contrast.png"), picture.view()).has_value());
        const platform::Picture plain = picture_of(**window, {languages.front(), page, 1.0, semantics::Theme::light,
                                                              page.name == "rating" ? "rating/well" : ""});
        CHECK(platform::write_png(folder / (page.name + "-landscape.png"), plain.view()).has_value());
        CHECK(picture.rgba != plain.rgba);
    }
}

// A field in which the last word is selected by a double tap, above the keyboard of its language.
TEST_CASE("every script has a keyboard and a field with handles") {
    const bool portrait = GENERATE(true, false);
    const int width = portrait ? 1080 : 1920;
    const int height = portrait ? 1920 : 1080;
    const auto display = XDisplay::start(width, height);
    if (!display) {
        WARN("SKIPPED: gallery: Xvfb is not installed");
        return;
    }
    const TemporaryFolder temporary;
    const char* wanted = ::getenv("PILLARBOX_GALLERY");
    const std::filesystem::path folder = wanted == nullptr ? temporary.path() : std::filesystem::path(wanted);
    platform::EventQueue events;
    auto window = platform::Window::open({.width = width, .height = height}, events);
    if (!window.has_value()) {
        WARN("SKIPPED: gallery: " << window.error().describe());
        return;
    }
    assets().layouter->forget();  // this window's texture has none of the glyphs that another one was given
    for (const WrittenScript& script : written_scripts()) {
        const std::string name = "keyboard-" + script.language.code + (portrait ? "" : "-landscape") + ".png";
        const platform::Picture picture = picture_of(**window, {script.language, writing_page(script), script.scale});
        CHECK(platform::write_png(folder / name, picture.view()).has_value());
    }
}

TEST_CASE("every gallery page passes the audit in every language and size and theme") {
    for (const GalleryLanguage& language : gallery_languages()) {
        const widgets::Words words = gallery_words(language.code);
        for (const GalleryPage& page : gallery_pages(language.code)) {
            for (const double scale : {1.0, 1.5, 2.0}) {
                for (const auto theme : {semantics::Theme::light, semantics::Theme::high_contrast}) {
                    Screen screen(page.draw);
                    screen.frame.lang = language.code;
                    screen.frame.direction = language.direction;
                    screen.frame.text_scale = scale;
                    screen.frame.theme = theme;
                    // The other theme lies on its side: twice the pages for the same number of tests.
                    if (theme == semantics::Theme::high_contrast) {
                        std::swap(screen.frame.width, screen.frame.height);
                    }
                    screen.frame.words = &words;
                    screen.settle();
                    if (!page.focus.empty()) {
                        screen.request(page.focus, semantics::Action::focus);
                    }
                    INFO(page.name << " " << language.code << " at " << scale);
                    CHECK(semantics::describe(semantics::audit(screen.tree())) == "");
                }
            }
        }
    }
}

}  // namespace pillarbox::tests
