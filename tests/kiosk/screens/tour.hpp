// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every screen of the demo campaign, with answers on it, in one language: for the audit and for pictures.
#pragma once

#include <string>
#include <vector>

#include "kiosk/flow/view_model.hpp"

namespace pillarbox::tests {

struct Stop {
    std::string name;
    flow::ViewModel view;
    std::string focus{};  // key to focus, so that the keyboard opens
};

[[nodiscard]] std::vector<Stop> tour(const std::string& language);
// The Accessibility panel with all that a kiosk can have, and pages in each mode that it offers.
[[nodiscard]] std::vector<Stop> tour_of_aids(const std::string& language);
// Every kind of question (tests/kiosk/flow/all_kinds.hpp), untouched, answered and wrong.
[[nodiscard]] std::vector<Stop> tour_of_kinds(const std::string& language);

}  // namespace pillarbox::tests
