// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every widget in the four themes, read from the left and from the right: held to page_checks, and drawn for
// docs/design-system.md where tests/screens/run --gallery says.
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/kiosk/widgets/gallery.hpp"
#include "tests/kiosk/widgets/harness.hpp"
#include "tests/screens/page_checks.hpp"
#include "tests/screens/page_view.hpp"
#include "tests/screens/raster.hpp"

namespace pillarbox::tests {
namespace {

constexpr int factor = 4;
constexpr int margin = 12;

// English and Arabic: both directions.
std::vector<GalleryLanguage> both_directions() {
    auto languages = gallery_languages();
    std::erase_if(languages, [](const GalleryLanguage& language) { return language.code == "bn"; });
    return languages;
}

const messages::Messages& catalogue() {
    static const auto loaded = messages::Messages::load(PILLARBOX_SOURCE_DIR "/assets/locales").value();
    return loaded;
}

platform::Picture grey(int width, int height) {
    platform::Picture picture{width, height, {}};
    picture.rgba.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4, 128);
    for (std::size_t at = 3; at < picture.rgba.size(); at += 4) {
        picture.rgba[at] = 255;
    }
    return picture;
}

// A row for each direction, a column for each page.
platform::Picture sheet_of(semantics::Theme theme) {
    PageViewer viewer(catalogue());
    const PageLook look{.name = "portrait", .theme = theme};
    const int width = look.width / factor + margin;
    const int height = look.height / factor + margin;
    const auto columns = static_cast<int>(gallery_pages("en").size());
    const auto languages = both_directions();
    platform::Picture sheet = grey(columns * width + margin, static_cast<int>(languages.size()) * height + margin);
    int y = margin;
    for (const GalleryLanguage& language : languages) {
        int x = margin;
        for (const GalleryPage& page : gallery_pages(language.code)) {
            static_cast<void>(viewer.show(page, language, look));
            paste(sheet, made_smaller(viewer.picture(), factor), x, y);
            x += width;
        }
        y += height;
    }
    return sheet;
}

// Four pages of the journey side by side, for the front page of the documentation.
platform::Picture journey() {
    struct Part {
        const char* language;
        const char* page;
        semantics::Theme theme;
    };
    const std::vector<Part> parts{{"en", "attract", semantics::Theme::light},
                                  {"ar", "q1", semantics::Theme::light},
                                  {"bn", "check", semantics::Theme::low_contrast},
                                  {"en", "receipt", semantics::Theme::dark}};
    constexpr int journey_factor = 3;
    PageViewer viewer(catalogue());
    const PageLook look{.name = "portrait"};
    const int width = look.width / journey_factor + 2 * margin;
    platform::Picture sheet =
        grey(static_cast<int>(parts.size()) * width + 2 * margin, look.height / journey_factor + 4 * margin);
    int x = 2 * margin;
    for (const Part& part : parts) {
        for (const Stop& stop : tour(part.language)) {
            if (stop.name == part.page) {
                static_cast<void>(viewer.show(stop, {.name = "portrait", .theme = part.theme}));
                paste(sheet, made_smaller(viewer.picture(), journey_factor), x, 2 * margin);
            }
        }
        x += width;
    }
    return sheet;
}

}  // namespace

TEST_CASE("every widget is whole and apart from others in four themes and both directions") {
    PageViewer viewer(catalogue());
    for (const semantics::Theme theme : widgets::all_themes) {
        for (const GalleryLanguage& language : both_directions()) {
            for (const GalleryPage& page : gallery_pages(language.code)) {
                const auto shown = viewer.show(page, language, {.name = "portrait", .theme = theme});
                INFO(page.name << " " << language.code << " " << widgets::name_of(theme));
                CHECK(shown.rests);
                for (const Violation& violation : check_page(shown.tree)) {
                    FAIL_CHECK(violation.rule << ": " << violation.key << ": " << violation.detail);
                }
            }
        }
    }
}

TEST_CASE("a theme changes the picture of a page and not its meaning") {
    PageViewer viewer(catalogue());
    const auto language = gallery_languages().front();
    const auto pages = gallery_pages(language.code);
    const auto light = viewer.show(pages.front(), language, {.name = "portrait"});
    const auto light_picture = viewer.picture();
    const auto dark = viewer.show(pages.front(), language, {.name = "portrait", .theme = semantics::Theme::dark});
    CHECK(viewer.picture().rgba != light_picture.rgba);
    CHECK(semantics::describe(light.tree) == semantics::describe(dark.tree));
}

TEST_CASE("pictures of every widget for the documentation", "[.][gallery]") {
    const char* folder = ::getenv("PILLARBOX_GALLERY_FOLDER");
    REQUIRE(folder != nullptr);
    std::filesystem::create_directories(folder);
    REQUIRE(platform::write_png(std::filesystem::path(folder) / "kiosk.png", journey().view()).has_value());
    for (const semantics::Theme theme : widgets::all_themes) {
        const auto file = std::filesystem::path(folder) / ("design-" + std::string(widgets::name_of(theme)) + ".png");
        REQUIRE(platform::write_png(file, sheet_of(theme).view()).has_value());
    }
}

}  // namespace pillarbox::tests
