// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the staff screens draw with. staff_door_screen.cpp: the PIN pad. staff_page_screen.cpp: everything behind it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/screens/speaker.hpp"
#include "kiosk/staff/event.hpp"
#include "kiosk/staff/view_model.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::screens {

struct StaffCanvas {
    widgets::Ui& ui;
    const staff::StaffView& view;
    const Speaker& speaker;
    std::vector<staff::Event>& events;

    [[nodiscard]] std::string say(const flow::Text& text) const { return speaker.say(text); }
    [[nodiscard]] std::string say(std::string_view english) const { return speaker.say(english); }
    void emit(staff::Event event) const { events.push_back(std::move(event)); }
};

void staff_block(const StaffCanvas& canvas, const staff::Block& block, const std::string& key);
void draw_staff_door(const StaffCanvas& canvas, const staff::DoorView& door);
void draw_staff_page(const StaffCanvas& canvas);

}  // namespace pillarbox::screens
