// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kiosk's screens: draw what the flow's view model says, through the widgets, and give back what the person did
// as flow events. Screens decide nothing. One file a screen; this is their only door.
//
// A Screens object lives for one respondent, as the Ui does: it holds the text editors of their answers.
#pragma once

#include <string>
#include <vector>

#include "accessibility/messages/messages.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/view_model.hpp"
#include "kiosk/screens/canvas.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::screens {

// The widgets' own words in a language.
[[nodiscard]] widgets::Words words_of(const messages::Messages& messages, std::string_view language);

// A person's preferences as the widgets take them.
[[nodiscard]] double text_scale_of(flow::TextSize size);  // 1.0, 1.5 or 2.0
[[nodiscard]] semantics::Theme theme_of(flow::Theme theme);
[[nodiscard]] text::Face face_of(flow::Font font);

// What the app puts into the UiFrame of a view model, beside size, time and input.
struct FrameLook {
    std::string page_key;
    std::string title;
    std::string language;
    text::Direction direction = text::Direction::left_to_right;
    double text_scale = 1.0;  // 1.0, 1.5 or 2.0
    semantics::Theme theme = semantics::Theme::light;
    widgets::Motion motion = widgets::Motion::full;
    text::Face face = text::Face::standard;
    widgets::Reach reach = widgets::Reach::whole_screen;
};
[[nodiscard]] FrameLook look_of(const flow::ViewModel& view, const messages::Messages& messages);

class Screens {
  public:
    // Between ui.begin() and ui.end(). The events are in the order in which they happened; feed each to flow::handle.
    [[nodiscard]] std::vector<flow::Event> draw(widgets::Ui& ui, const flow::ViewModel& view,
                                                const messages::Messages& messages);

  private:
    Fields fields_;
    std::string page_key_, language_;  // that the fields are of
};

}  // namespace pillarbox::screens
