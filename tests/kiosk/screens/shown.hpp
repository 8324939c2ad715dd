// SPDX-License-Identifier: GPL-3.0-or-later
//
// One view of the flow on a screen under test, without a display.
#pragma once

#include <string>
#include <vector>

#include "accessibility/messages/messages.hpp"
#include "kiosk/screens/screens.hpp"
#include "tests/kiosk/widgets/harness.hpp"

namespace pillarbox::tests {

inline const messages::Messages& catalogue() {
    static const auto loaded = messages::Messages::load(PILLARBOX_SOURCE_DIR "/assets/locales").value();
    return loaded;
}

// One view on a screen under test; what the person does there is kept.
class Shown {
  public:
    explicit Shown(flow::ViewModel view)
        : view_(std::move(view)), screen_([this](widgets::Ui& ui) {
              for (auto& event : screens_.draw(ui, view_, catalogue())) {
                  events_.push_back(std::move(event));
              }
          }) {
        show(view_);
    }
    Shown(const Shown&) = delete;
    Shown& operator=(const Shown&) = delete;
    void show(flow::ViewModel view) {
        view_ = std::move(view);
        const auto look = screens::look_of(view_, catalogue());
        words_ = screens::words_of(catalogue(), look.language);
        screen_.frame.page_key = look.page_key;
        screen_.frame.title = look.title;
        screen_.frame.lang = look.language;
        screen_.frame.direction = look.direction;
        screen_.frame.theme = look.theme;
        screen_.frame.motion = look.motion;
        screen_.frame.face = look.face;
        screen_.frame.reach = look.reach;
        screen_.frame.words = &words_;
        screen_.settle();
    }
    void scale(double text_scale) {
        screen_.frame.text_scale = text_scale;
        screen_.settle();
    }

    void size(int width, int height) {
        screen_.frame.width = width;
        screen_.frame.height = height;
        screen_.settle();
    }

    [[nodiscard]] Screen& screen() { return screen_; }
    [[nodiscard]] const semantics::Tree& tree() const { return screen_.tree(); }
    template <typename Kind>
    [[nodiscard]] std::vector<Kind> did() const {
        std::vector<Kind> found;
        for (const auto& event : events_) {
            if (const auto* kind = std::get_if<Kind>(&event)) {
                found.push_back(*kind);
            }
        }
        return found;
    }

  private:
    flow::ViewModel view_;
    screens::Screens screens_;
    std::vector<flow::Event> events_;
    widgets::Words words_;
    Screen screen_;
};

}  // namespace pillarbox::tests
