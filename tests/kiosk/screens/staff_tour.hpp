// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every staff screen, in order and out of order, in one language: for the audit and for pictures.
#pragma once

#include <string>
#include <vector>

#include "kiosk/staff/view_model.hpp"

namespace pillarbox::tests {

struct StaffStop {
    std::string name;
    staff::StaffView view;
};

[[nodiscard]] std::vector<StaffStop> staff_tour(const std::string& language);

}  // namespace pillarbox::tests
