// SPDX-License-Identifier: GPL-3.0-or-later
//
// What opens a page for those who only pass by: who asks, what, and what it takes, in the header's colours. A band
// from edge to edge where the window stands upright, or the text is large; else a panel with the rest of the page
// beside it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct HeroFact {
    std::string key{};
    Icon icon = Icon::none;
    std::string text{};
};
struct HeroSpec {
    std::string caption_key{};
    std::string caption{};
    std::string heading{};  // key "heading", level 1
    std::string title_key{};
    std::string title{};
    std::vector<HeroFact> facts{};  // beside one another where they fit
    std::string points_key{};
    std::string points_label{};
    std::vector<std::string> points{};  // in the panel; under a band they come last, after the rest of the page
};

// First in the page's body. `rest` draws what a person does here.
void hero(Ui& ui, const HeroSpec& spec, const std::function<void()>& rest);

}  // namespace pillarbox::widgets
