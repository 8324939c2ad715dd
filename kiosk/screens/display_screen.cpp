// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text size and colours, each choice with a small picture of itself.
#include <array>

#include "kiosk/screens/screen_list.hpp"
#include "kiosk/screens/screens.hpp"

namespace pillarbox::screens {

namespace {

using widgets::Choice;

Choice chosen_if(std::equality_comparable auto first, std::equality_comparable auto second) {
    return first == second ? Choice::chosen : Choice::open;
}

void text_sizes(const Canvas& canvas) {
    using enum flow::TextSize;
    struct Size {
        flow::TextSize size;
        std::string_view key, label;
    };
    constexpr std::array sizes{Size{standard, "standard", "Standard"}, Size{large, "large", "Large"},
                               Size{largest, "largest", "Largest"}};
    const auto& now = canvas.view.preferences;
    widgets::ChoicesSpec spec{
        .key = "text_size", .label = canvas.say("Text size"), .arrangement = widgets::Arrangement::grid};
    for (const auto& [size, key, label] : sizes)
        spec.options.push_back({.key = std::string(key),
                                .label = canvas.say(label),
                                .choice = chosen_if(now.text_size, size),
                                .sample = widgets::Sample{theme_of(now.theme), text_scale_of(size)}});
    if (const auto pressed = widgets::choices(canvas.ui, spec))
        canvas.emit(flow::Prefer{sizes[*pressed].size});
}

void themes(const Canvas& canvas) {
    using enum flow::Theme;
    struct Theme {
        flow::Theme theme;
        std::string_view key, label;
    };
    constexpr std::array themes{Theme{light, "light", "Light"}, Theme{dark, "dark", "Dark"},
                                Theme{high_contrast, "high_contrast", "High contrast"},
                                Theme{low_contrast, "low_contrast", "Soft"}};
    const auto& now = canvas.view.preferences;
    widgets::ChoicesSpec spec{.key = "theme", .label = canvas.say("Colours")};
    for (const auto& [theme, key, label] : themes)
        spec.options.push_back({.key = std::string(key),
                                .label = canvas.say(label),
                                .choice = chosen_if(now.theme, theme),
                                .sample = widgets::Sample{theme_of(theme)}});
    spec.arrangement = widgets::Arrangement::grid;
    if (const auto pressed = widgets::choices(canvas.ui, spec))
        canvas.emit(flow::Prefer{themes[*pressed].theme});
}

void movement(const Canvas& canvas) {
    const bool reduced = canvas.view.preferences.motion == flow::Motion::reduced;
    const auto label = canvas.say("Less movement on the screen");
    widgets::ChoicesSpec spec{.key = "movement", .kind = widgets::ChoiceKind::several, .name = label};
    spec.options = {{.key = "less", .label = label, .choice = reduced ? Choice::chosen : Choice::open}};
    if (widgets::choices(canvas.ui, spec))
        canvas.emit(flow::Prefer{reduced ? flow::Motion::full : flow::Motion::reduced});
}

}  // namespace

void display_choices(const Canvas& canvas) {
    text_sizes(canvas);
    widgets::large_gap(canvas.ui);
    themes(canvas);
    widgets::large_gap(canvas.ui);
    movement(canvas);
}

void draw_display(const Canvas& canvas) {
    overlay_page(
        canvas,
        [&] {
            widgets::heading(canvas.ui, "heading", canvas.say("Text size and contrast"));
            display_choices(canvas);
        },
        widgets::PageColumn::wide);
}

}  // namespace pillarbox::screens
