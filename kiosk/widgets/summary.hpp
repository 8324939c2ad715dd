// SPDX-License-Identifier: GPL-3.0-or-later
//
// Check-your-answers rows, and the summary of what is wrong with a page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct SummaryRowSpec {
    std::string key{};
    std::string question{};
    std::string answer{};  // empty: Words::not_answered
    Reveal reveal = Reveal::shown;
    std::string change_label{};  // "Change"; empty: no button
    std::string change_name{};   // "Change: your link with LAS", for speech: must contain `change_label`
};
[[nodiscard]] Press summary_row(Ui& ui, const SummaryRowSpec& spec);

struct ErrorLink {
    std::string target{};  // the key of the widget to go to
    std::string text{};
};
// First on its page; takes the focus when it appears. Pressing a line moves the focus to its target.
void error_summary(Ui& ui, std::string_view key, const std::vector<ErrorLink>& errors);

}  // namespace pillarbox::widgets
