// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/screens/staff_screens.hpp"

#include "accessibility/messages/languages.hpp"
#include "kiosk/screens/staff_canvas.hpp"
#include "kiosk/widgets/figure.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::screens {

namespace {

using staff::BlockKind;
using widgets::NoticeKind;

NoticeKind notice_of(BlockKind kind) {
    switch (kind) {
        case BlockKind::good:
            return NoticeKind::success;
        case BlockKind::attention:
            return NoticeKind::warning;
        case BlockKind::safety:
            return NoticeKind::safety;
        case BlockKind::paragraph:
        case BlockKind::figure:
        case BlockKind::info:
        case BlockKind::code:
        case BlockKind::progress:
        case BlockKind::part:
            break;
    }
    return NoticeKind::info;
}

widgets::PageSpec page_of(const StaffCanvas& canvas) {
    widgets::PageSpec spec;
    spec.brand = "Pillarbox";
    switch (canvas.view.way_out) {
        case staff::StaffView::WayOut::leave:
            spec.back_label = canvas.say("Leave");
            break;
        case staff::StaffView::WayOut::back:
            spec.back_label = canvas.say("Back");
            break;
        case staff::StaffView::WayOut::none:
            break;
    }
    const bool takes_pin = canvas.view.door.has_value() && canvas.view.door->pin == staff::DoorSeen::Pin::set;
    if (takes_pin) {
        spec.next_label = canvas.say("Unlock");
        const bool ready = canvas.view.door->digits > 0 && canvas.view.door->wait_seconds == 0;
        spec.next = ready ? widgets::Availability::enabled : widgets::Availability::disabled;
    }
    return spec;
}

void finish_page(const StaffCanvas& canvas) {
    const auto action = widgets::end_page(canvas.ui);
    if (action == widgets::PageAction::next) {
        canvas.emit(staff::Unlock{});
    } else if (action == widgets::PageAction::back && canvas.view.way_out == staff::StaffView::WayOut::leave) {
        canvas.emit(staff::Leave{});
    } else if (action == widgets::PageAction::back) {
        canvas.emit(staff::Back{});
    }
}

}  // namespace

void staff_block(const StaffCanvas& canvas, const staff::Block& block, const std::string& key) {
    widgets::Ui& ui = canvas.ui;
    const auto title = canvas.say(block.title);
    const auto text = canvas.say(block.text);
    switch (block.kind) {
        case BlockKind::paragraph:
            return widgets::paragraph(ui, key, text);
        case BlockKind::figure:
            return widgets::figure(ui, {key, title, text});
        case BlockKind::code:
            return widgets::code_display(ui, {key, title, text, {}});
        case BlockKind::progress:
            return widgets::progress_bar(ui, {key, title, block.part});
        case BlockKind::part:
            return widgets::heading(ui, key, title, 2);
        case BlockKind::good:
        case BlockKind::attention:
        case BlockKind::info:
        case BlockKind::safety:
            return widgets::notice(
                ui, {key, notice_of(block.kind), text.empty() ? std::string() : title, text.empty() ? title : text});
    }
}

FrameLook look_of(const staff::StaffView& view, const messages::Messages& messages) {
    const Speaker speaker(messages, view.language);
    const bool mirrored = messages::direction_of(view.language) == messages::TextDirection::right_to_left;
    FrameLook look;
    look.page_key = view.page_key;
    look.title = speaker.say(view.heading);
    look.language = view.language;
    look.direction = mirrored ? text::Direction::right_to_left : text::Direction::left_to_right;
    return look;
}

std::vector<staff::Event> draw_staff(widgets::Ui& ui, const staff::StaffView& view,
                                     const messages::Messages& messages) {
    std::vector<staff::Event> events;
    const Speaker speaker(messages, view.language);
    const StaffCanvas canvas{ui, view, speaker, events};
    widgets::begin_page(ui, page_of(canvas));
    if (!view.station.empty()) {
        widgets::caption(ui, "station", view.station);
    }
    widgets::heading(ui, "heading", canvas.say(view.heading));
    if (view.door.has_value()) {
        draw_staff_door(canvas, *view.door);
    } else {
        draw_staff_page(canvas);
    }
    finish_page(canvas);
    return events;
}

}  // namespace pillarbox::screens
