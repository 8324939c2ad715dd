// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every page of the journey in every language, theme, shape and text size, held to page_checks; and contact sheets of
// them. tests/screens/run sets what is wanted; without it a few of each are checked, and no picture is kept.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/widgets/harness.hpp"
#include "tests/screens/looks.hpp"
#include "tests/screens/page_checks.hpp"
#include "tests/screens/page_view.hpp"
#include "tests/screens/raster.hpp"

namespace pillarbox::tests {
namespace {

// What is wanted of the journey, and where the sheets go; no folder: no sheets.
struct Wanted {
    std::vector<std::string> languages, shapes, themes, scales, pages;
    std::filesystem::path folder;
    bool full_size = false;  // each page as a picture of its own, too
};

struct Count {
    std::size_t pages = 0;
    std::vector<std::string> violations;
};

class Sheets {
  public:
    explicit Sheets(Wanted wanted) : wanted_(std::move(wanted)) {
        auto loaded = messages::Messages::load(PILLARBOX_SOURCE_DIR "/assets/locales");
        REQUIRE(loaded.has_value());
        messages_ = *std::move(loaded);
    }

    Count run() {
        PageViewer viewer(messages_);
        for (const auto& language : wanted_.languages) {
            std::vector<Stop> stops = tour(language);
            stops.push_back(in_every_language(stops.front()));
            if (!wanted_.pages.empty()) {
                std::erase_if(stops, [this](const Stop& stop) {
                    return std::ranges::find(wanted_.pages, stop.name) == wanted_.pages.end();
                });
            }
            for (const auto& shape : wanted_.shapes) {
                for (const auto& theme : wanted_.themes) {
                    for (const auto& scale : wanted_.scales) {
                        PageLook look = shape_named(shape);
                        look.theme = theme_named(theme);
                        look.text_scale = std::stod(scale) / 100;
                        one_sheet(viewer, language + "-" + shape + "-" + theme + "-" + scale, stops, look);
                    }
                }
            }
        }
        return std::move(count_);
    }

  private:
    static constexpr int caption_height = 22;
    static constexpr int margin = 10;

    void one_sheet(PageViewer& viewer, const std::string& name, const std::vector<Stop>& stops,
                   const PageLook& look) {
        const bool wide = look.width > look.height;
        const int factor = wide ? 4 : 3;
        const int columns = wide ? 5 : 8;
        const int cell_width = look.width / factor + margin;
        const int cell_height = look.height / factor + margin + caption_height;
        const int rows = (static_cast<int>(stops.size()) + columns - 1) / columns;
        platform::Picture sheet{columns * cell_width + margin, rows * cell_height + margin, {}};
        if (!wanted_.folder.empty()) {
            sheet.rgba.assign(static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height) * 4, 70);
            for (std::size_t at = 3; at < sheet.rgba.size(); at += 4) {
                sheet.rgba[at] = 255;
            }
        }
        int cell = 0;
        for (const Stop& stop : stops) {
            check(viewer.show(stop, look), name + " " + stop.name);
            if (!wanted_.folder.empty()) {
                const int x = margin + cell % columns * cell_width;
                const int y = margin + cell / columns * cell_height;
                const auto picture = viewer.picture();
                if (wanted_.full_size) {
                    write(name + "-" + stop.name, picture);
                }
                paste(sheet, made_smaller(picture, factor), x, y + caption_height);
                paste(sheet, viewer.caption(stop.name, cell_width - margin, caption_height), x, y);
                ++cell;
            }
        }
        if (!wanted_.folder.empty()) {
            write(name, sheet);
        }
    }

    void write(const std::string& name, const platform::Picture& picture) {
        const auto written = platform::write_png(wanted_.folder / (name + ".png"), picture.view());
        INFO((written.has_value() ? "" : written.error().describe()));
        REQUIRE(written.has_value());
    }

    void check(const PageViewer::Shown& shown, const std::string& page) {
        ++count_.pages;
        if (!shown.rests) {
            count_.violations.push_back(page + ": never rests");
        }
        for (const Violation& violation : check_page(shown.tree)) {
            count_.violations.push_back(page + ": " + violation.rule + ": " + violation.key + ": " +
                                        violation.detail);
        }
    }

    Wanted wanted_;
    messages::Messages messages_;
    Count count_;
};

void expect_none(const Count& count) {
    for (const auto& violation : count.violations) {
        std::printf("VIOLATION %s\n", violation.c_str());
    }
    std::printf("%zu pages, %zu violations\n", count.pages, count.violations.size());
    CHECK(count.pages > 0);
    CHECK(count.violations.empty());
}

}  // namespace

TEST_CASE("every page is whole and nothing on it overlaps in the languages that differ most") {
    Wanted wanted;
    wanted.languages = {"en", "ar", "bn"};
    wanted.shapes = {"portrait", "landscape"};
    wanted.themes = {"light"};
    wanted.scales = {"200"};
    expect_none(Sheets(wanted).run());
}

TEST_CASE("every page is whole on small panels and tablets in every theme") {
    Wanted wanted;
    wanted.languages = {"en"};
    wanted.shapes = {"panel", "tablet", "tablet-upright"};
    wanted.themes = {"dark", "low_contrast"};
    wanted.scales = {"100"};
    expect_none(Sheets(wanted).run());
}

TEST_CASE("contact sheets of everything that was asked for", "[.][sheets]") {
    const auto offered = demo_campaign()->form->languages;
    std::string all;
    for (const auto& language : offered) {
        all += (all.empty() ? "" : ",") + language;
    }
    Wanted wanted;
    for (const auto& language : split(setting("PILLARBOX_SHEET_LANGUAGES", all))) {
        if (std::ranges::find(offered, language) == offered.end()) {
            std::printf("SKIPPED language %s: the campaign does not have it\n", language.c_str());
        } else {
            wanted.languages.push_back(language);
        }
    }
    wanted.shapes = split(setting("PILLARBOX_SHEET_SHAPES", "portrait,landscape"));
    wanted.themes = split(setting("PILLARBOX_SHEET_THEMES", "light,high_contrast"));
    wanted.scales = split(setting("PILLARBOX_SHEET_SCALES", "100,200"));
    wanted.pages = split(setting("PILLARBOX_SHEET_PAGES"));
    wanted.folder = setting("PILLARBOX_SHEET_FOLDER");
    wanted.full_size = !setting("PILLARBOX_SHEET_FULL").empty();
    if (!wanted.folder.empty()) {
        std::filesystem::create_directories(wanted.folder);
    }
    expect_none(Sheets(wanted).run());
}

}  // namespace pillarbox::tests
