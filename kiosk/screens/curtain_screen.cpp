// SPDX-License-Identifier: GPL-3.0-or-later
//
// A curtain against eyes behind the shoulder: the picture is the same whatever was answered.
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

void draw_curtain(const Canvas& canvas) {
    widgets::PageSpec spec;
    spec.brand = "Pillarbox";
    spec.next_label = canvas.say("Show my answers again");
    widgets::begin_page(canvas.ui, std::move(spec));
    widgets::hero_icon(canvas.ui, "icon", widgets::Icon::hide);
    widgets::heading(canvas.ui, "heading", canvas.say("Your answers are hidden"));
    widgets::paragraph(canvas.ui, "why", canvas.say("Nobody can see them until you touch the button."));
    draw_dialog(canvas);
    if (widgets::end_page(canvas.ui) == widgets::PageAction::next)
        canvas.emit(flow::CloseOverlay{});
}

}  // namespace pillarbox::screens
