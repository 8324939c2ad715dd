// SPDX-License-Identifier: GPL-3.0-or-later
//
// The design as data: the shipped style is read, what is wrong in one is named, and no theme is hard to read.
#include "kiosk/widgets/style.hpp"

#include <catch2/catch.hpp>

#include "accessibility/semantics/audit.hpp"
#include "core/base/file.hpp"
#include "kiosk/widgets/style_names.hpp"
#include "kiosk/widgets/tokens.hpp"

namespace pillarbox::tests {
namespace {

using namespace widgets;

const std::string shipped_path = PILLARBOX_SOURCE_DIR "/assets/styles/kiosk.json";

std::string shipped() {
    return std::string(base::text_of(base::read_file(shipped_path, Style::file_size_bytes_max).value()));
}

// The shipped style with one thing changed.
std::string with(const std::string& before, const std::string& after) {
    std::string text = shipped();
    const auto at = text.find(before);
    REQUIRE(at != std::string::npos);
    return text.replace(at, before.size(), after);
}

base::Error error_of(const std::string& json) {
    const auto style = Style::parse(json, "kiosk.json");
    REQUIRE_FALSE(style.has_value());
    return style.error();
}

Style shipped_style() {
    auto style = Style::load(shipped_path);
    INFO((style.has_value() ? "" : style.error().describe()));
    REQUIRE(style.has_value());
    return *std::move(style);
}

}  // namespace

TEST_CASE("the shipped style has four themes in which every pair of colours that is used can be read") {
    const Style style = shipped_style();
    for (const semantics::Theme theme : all_themes) {
        const Palette& palette = style.palette(theme);
        for (const ColourPair& pair : colour_pairs()) {
            const auto colour = [&](std::string_view wanted) {
                for (const ColourName& known : colour_names()) {
                    if (known.name == wanted) {
                        return palette.*known.member;
                    }
                }
                FAIL("a pair names a colour that no theme has: " << wanted);
                return Colour{};
            };
            double ratio = semantics::contrast_ratio(colour(pair.above), colour(pair.below));
            if (pair.use == PairUse::ring) {
                ratio = std::max(ratio, semantics::contrast_ratio(palette.focus_under, colour(pair.below)));
            }
            INFO(name_of(theme) << ": " << pair.above << " on " << pair.below);
            const double text = theme == semantics::Theme::high_contrast ? 7.0 : 4.5;
            CHECK(ratio >= (pair.use == PairUse::text ? text : 3.0));
        }
    }
}

TEST_CASE("the low contrast theme is softer than the light one and stays readable") {
    const Style style = shipped_style();
    const Palette& soft = style.palette(semantics::Theme::low_contrast);
    const Palette& light = style.palette(semantics::Theme::light);
    CHECK(semantics::contrast_ratio(soft.ink, soft.page) < 9.0);
    CHECK(semantics::contrast_ratio(light.ink, light.page) > 15.0);
}

TEST_CASE("a planted bad colour is refused with its theme and the pair that can't be read") {
    const auto error = error_of(with("\"ink_soft\": \"#4A5258\"", "\"ink_soft\": \"#9AA2A8\""));
    CHECK(error.code == base::ErrorCode::refused);
    CHECK(error.where == "kiosk.json: light");
    CHECK(error.what.find("\"ink_soft\" on \"page\"") != std::string::npos);
    CHECK(error.what.find("needs 4.5:1") != std::string::npos);
}

TEST_CASE("text in high contrast needs seven to one where the other themes need less") {
    // #808080 on black has 5.3:1.
    const auto error = error_of(with("\"ink_soft\": \"#FFFFFF\"", "\"ink_soft\": \"#808080\""));
    CHECK(error.where == "kiosk.json: high_contrast");
    CHECK(error.what.find("needs 7.0:1") != std::string::npos);
}

TEST_CASE("what is wrong in a style is named") {
    struct Fault {
        std::string before, after, where, what;
    };
    const std::vector<Fault> faults{
        {"\"heading\": 58", "\"heading\": 5", ": type", "\"heading\" is not a number from 24 to 120."},
        {"\"heading\": 58", "\"heading\": \"58\"", ": type", "\"heading\" is not a number"},
        {"\"heading\": 58", "\"headline\": 58", ": type", "\"headline\" is not a name of a style."},
        {"\"target_mm\": 11.7", "\"target_mm\": 9", ": shape", "\"target_mm\" is not a number from 11.64"},
        {"\"page\": \"#F6F7F9\"", "\"page\": \"F6F7F9\"", ": light", "\"page\" is not a colour"},
        {"\"page\": \"#F6F7F9\"", "\"page\": \"#F6F7FG\"", ": light", "\"page\" is not a colour"},
        {"\"page\": \"#F6F7F9\"", "\"page\": \"#F6F7F980\"", ": light", "\"page\" must be opaque"},
        {"\"page\": \"#F6F7F9\",", "", ": light", "\"page\" is missing."},
        {"\"dark\": {", "\"darker\": {", ": themes", "\"darker\" is not a name"},
        {"\"type\": {", "\"type\": [{", "", "It is not JSON."},
    };
    for (const Fault& fault : faults) {
        INFO(fault.after);
        const auto error = error_of(with(fault.before, fault.after));
        CHECK(error.code == base::ErrorCode::malformed);
        CHECK(error.where == "kiosk.json" + fault.where);
        CHECK(error.what.find(fault.what) != std::string::npos);
        CHECK_FALSE(error.remedy.empty());
    }
    CHECK(error_of("[]").code == base::ErrorCode::malformed);
    CHECK(error_of(std::string(Style::file_size_bytes_max + 1, ' ')).code == base::ErrorCode::limit_exceeded);
    CHECK(Style::load("/nowhere/kiosk.json").error().code == base::ErrorCode::not_found);
}

TEST_CASE("no target is smaller than eleven and a half millimetres on any display") {
    const Style style = shipped_style();
    struct Display {
        int width, height;
        double px_per_mm;
    };
    // Kiosks upright and on their side, small panels, tablets of ten inches, and a wall of 55 inches.
    for (const auto& [width, height, px_per_mm] :
         {Display{1080, 1920, 4.03}, Display{1920, 1080, 4.03}, Display{1280, 800, 5.9}, Display{1280, 800, 3.96},
          Display{1920, 1200, 8.9}, Display{1200, 1920, 8.9}, Display{1080, 1920, 1.58}}) {
        const Tokens tokens = make_tokens(style, {.width = width, .height = height, .px_per_mm = px_per_mm});
        INFO(width << "x" << height << " at " << px_per_mm);
        for (const float size :
             {tokens.target_min, tokens.button_height_min, tokens.card_height_min, tokens.header_button_height_min}) {
            CHECK(static_cast<double>(size) / px_per_mm >= semantics::target_mm_min);
        }
        CHECK(tokens.column > 0);
        CHECK(tokens.column <= static_cast<float>(width));
    }
}

TEST_CASE("sizes keep their millimetres where a display is large for its resolution") {
    const Style style = shipped_style();
    const Tokens drawn_for = make_tokens(style, {.px_per_mm = 4.03});
    const Tokens larger = make_tokens(style, {.px_per_mm = 3.4});
    CHECK(drawn_for.body_px / 4.03F == Approx(larger.body_px / 3.4F).epsilon(0.01));
    const Tokens wall = make_tokens(style, {.px_per_mm = 1.0});
    CHECK(wall.body_px == Approx(drawn_for.body_px * 0.75F));
}

}  // namespace pillarbox::tests
