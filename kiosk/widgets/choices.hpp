// SPDX-License-Identifier: GPL-3.0-or-later
//
// Choosing one or several: a column of cards. The widget keeps no state: it is told what is chosen, and tells which
// card was pressed; the caller decides what that means and redraws.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

enum class ChoiceKind {
    one,      // radio cards
    several,  // tick boxes
    actions,  // buttons: pressing one acts at once, and nothing stays chosen
    rating,  // radio cards with a scale of bars, the best first; the last `unscaled` options have none ("don't know")
};
enum class Choice { open, chosen };
enum class Arrangement {
    column,
    grid,  // of short labels: as many beside one another as fit, in rows of one height
};

// A small picture of the page as it would look: "Aa" in a theme's colours, at a text size.
struct Sample {
    semantics::Theme theme = semantics::Theme::light;
    double text_scale = 1;
    std::optional<text::Face> face{};
};

struct Option {
    std::string key{};  // stable: the choice's name in the form
    std::string label{};
    std::string hint{};
    Choice choice = Choice::open;
    Availability availability = Availability::enabled;  // disabled: the maximum is reached
    std::optional<Sample> sample{};
    Icon icon = Icon::none;  // at the end of the card, where there is no sample
    std::string lang{};      // where the label is in another language than the page (a list of languages)
};

struct ChoicesSpec {
    std::string key{};
    ChoiceKind kind = ChoiceKind::one;
    std::string label{};  // shown above in bold; may be empty where the page's heading is the question
    std::string name{};   // of the group, where `label` is empty: the heading's text
    std::string hint{};   // "Choose up to two"
    std::string error{};  // shown and spoken
    std::vector<Option> options{};
    Arrangement arrangement = Arrangement::column;
    int unscaled = 0;  // rating only
};

// The index of the option that was pressed this frame. Its node's key is "<key>/<option key>".
[[nodiscard]] std::optional<std::size_t> choices(Ui& ui, const ChoicesSpec& spec);

}  // namespace pillarbox::widgets
