// SPDX-License-Identifier: GPL-3.0-or-later
//
// One view of staff mode on a screen under test, without a display.
#pragma once

#include <string>
#include <vector>

#include "kiosk/screens/staff_screens.hpp"
#include "tests/kiosk/screens/shown.hpp"

namespace pillarbox::tests {

class StaffShown {
  public:
    explicit StaffShown(staff::StaffView view)
        : view_(std::move(view)), screen_([this](widgets::Ui& ui) {
              for (auto& event : screens::draw_staff(ui, view_, catalogue())) {
                  events_.push_back(std::move(event));
              }
          }) {
        const auto look = screens::look_of(view_, catalogue());
        words_ = screens::words_of(catalogue(), look.language);
        screen_.frame.page_key = look.page_key;
        screen_.frame.title = look.title;
        screen_.frame.lang = look.language;
        screen_.frame.direction = look.direction;
        screen_.frame.words = &words_;
        screen_.settle();
    }
    StaffShown(const StaffShown&) = delete;
    StaffShown& operator=(const StaffShown&) = delete;

    [[nodiscard]] Screen& screen() { return screen_; }
    [[nodiscard]] const semantics::Tree& tree() const { return screen_.tree(); }
    [[nodiscard]] std::string typed() const {
        std::string digits;
        for (const auto& event : events_) {
            if (const auto* digit = std::get_if<staff::TypeDigit>(&event)) {
                digits += digit->digit;
            } else if (std::holds_alternative<staff::EraseDigit>(event)) {
                digits += '<';
            } else if (std::holds_alternative<staff::Unlock>(event)) {
                digits += '!';
            }
        }
        return digits;
    }
    [[nodiscard]] const std::vector<staff::Event>& events() const { return events_; }

  private:
    staff::StaffView view_;
    std::vector<staff::Event> events_;
    widgets::Words words_;
    Screen screen_;
};

}  // namespace pillarbox::tests
