// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screens/looks.hpp"

#include <stdlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "accessibility/messages/languages.hpp"
#include "kiosk/widgets/style.hpp"

namespace pillarbox::tests {

const std::vector<PageLook>& shapes() {
    constexpr double of_96_dpi = 96 / 25.4;
    constexpr double of_141_dpi = 141 / 25.4;
    constexpr double of_220_dpi = 220 / 25.4;
    static const std::vector<PageLook> known{
        {.name = "portrait"},
        {.name = "landscape", .width = 1920, .height = 1080},
        {.name = "panel", .width = 1280, .height = 800, .px_per_mm = 5.9},
        {.name = "tablet", .width = 1920, .height = 1200, .px_per_mm = 8.9},
        {.name = "tablet-upright", .width = 1200, .height = 1920, .px_per_mm = 8.9},
        {.name = "portrait-96", .px_per_mm = of_96_dpi},
        {.name = "landscape-96", .width = 1920, .height = 1080, .px_per_mm = of_96_dpi},
        {.name = "portrait-141", .px_per_mm = of_141_dpi},
        {.name = "landscape-141", .width = 1920, .height = 1080, .px_per_mm = of_141_dpi},
        {.name = "portrait-220", .px_per_mm = of_220_dpi},
        {.name = "landscape-220", .width = 1920, .height = 1080, .px_per_mm = of_220_dpi},
    };
    return known;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        parts.push_back(part);
    }
    return parts;
}

std::string setting(const char* name, const std::string& otherwise) {
    const char* value = ::getenv(name);
    return value == nullptr ? otherwise : value;
}

semantics::Theme theme_named(const std::string& name) {
    for (const auto theme : widgets::all_themes) {
        if (widgets::name_of(theme) == name) {
            return theme;
        }
    }
    FAIL("no such theme: " << name);
    return semantics::Theme::light;
}

PageLook shape_named(const std::string& name) {
    const auto found = std::ranges::find(shapes(), name, &PageLook::name);
    INFO("shape " << name);
    REQUIRE(found != shapes().end());
    return *found;
}

// The attract page of a campaign that offers every language there is.
Stop in_every_language(const Stop& attract) {
    Stop stop{"attract_every_language", attract.view};
    stop.view.languages.clear();
    for (const auto& language : messages::languages()) {
        stop.view.languages.emplace_back(language.code);
    }
    return stop;
}

}  // namespace pillarbox::tests
