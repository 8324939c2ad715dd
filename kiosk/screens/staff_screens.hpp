// SPDX-License-Identifier: GPL-3.0-or-later
//
// The screens of staff mode, drawn from kiosk/staff's view model with the same widgets as all others. Their only
// door. Stateless: staff type nothing but digits, which the session keeps.
#pragma once

#include <vector>

#include "accessibility/messages/messages.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/staff/event.hpp"
#include "kiosk/staff/view_model.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::screens {

[[nodiscard]] FrameLook look_of(const staff::StaffView& view, const messages::Messages& messages);

// Between ui.begin() and ui.end(); the events in the order in which they happened.
[[nodiscard]] std::vector<staff::Event> draw_staff(widgets::Ui& ui, const staff::StaffView& view,
                                                   const messages::Messages& messages);

}  // namespace pillarbox::screens
