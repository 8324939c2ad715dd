// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text size and contrast.
#include <array>

#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

using widgets::Choice;

widgets::Option option(const Canvas& canvas, std::string key, std::string_view label, Choice choice) {
    return {.key = std::move(key), .label = canvas.say(label), .choice = choice};
}

Choice chosen_if(std::equality_comparable auto first, std::equality_comparable auto second) {
    return first == second ? Choice::chosen : Choice::open;
}

}  // namespace

void display_choices(const Canvas& canvas) {
    using enum flow::TextSize;
    const auto& now = canvas.view.preferences;
    widgets::ChoicesSpec sizes{.key = "text_size", .label = canvas.say("Text size")};
    sizes.options = {option(canvas, "standard", "Standard", chosen_if(now.text_size, standard)),
                     option(canvas, "large", "Large", chosen_if(now.text_size, large)),
                     option(canvas, "largest", "Largest", chosen_if(now.text_size, largest))};
    if (const auto pressed = widgets::choices(canvas.ui, sizes))
        canvas.emit(flow::SetTextSize{std::array{standard, large, largest}[*pressed]});
    widgets::large_gap(canvas.ui);

    widgets::ChoicesSpec contrasts{.key = "contrast", .label = canvas.say("Contrast")};
    contrasts.options = {
        option(canvas, "standard", "Standard contrast", chosen_if(now.contrast, flow::Contrast::standard)),
        option(canvas, "high", "High contrast", chosen_if(now.contrast, flow::Contrast::high))};
    if (const auto pressed = widgets::choices(canvas.ui, contrasts))
        canvas.emit(flow::SetContrast{std::array{flow::Contrast::standard, flow::Contrast::high}[*pressed]});
}

void draw_display(const Canvas& canvas) {
    overlay_page(canvas, [&] {
        widgets::heading(canvas.ui, "heading", canvas.say("Text size and contrast"));
        display_choices(canvas);
    });
}

}  // namespace pillarbox::screens
