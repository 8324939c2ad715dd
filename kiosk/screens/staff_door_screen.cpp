// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may come in: a PIN, or a key on a USB stick.
#include "accessibility/messages/languages.hpp"
#include "kiosk/screens/staff_canvas.hpp"
#include "kiosk/widgets/pin_pad.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::screens {

namespace {

void draw_pad(const StaffCanvas& canvas, const staff::DoorView& door) {
    widgets::PinPadSpec pad{
        .key = "pin",
        .name = canvas.say(flow::message("Digits entered: {count}", {{"count", door.digits}})),
        .digits = static_cast<std::size_t>(door.digits),
        .erase_name = canvas.say("Delete"),
        .availability = door.wait_seconds == 0 ? widgets::Availability::enabled : widgets::Availability::disabled};
    for (std::uint64_t digit = 0; digit < pad.labels.size(); ++digit) {
        pad.labels[digit] = messages::format_number(canvas.view.language, digit);
    }
    for (const auto& key : widgets::pin_pad(canvas.ui, pad)) {
        switch (key.kind) {
            case widgets::PinKeyKind::digit:
                canvas.emit(staff::TypeDigit{key.digit});
                break;
            case widgets::PinKeyKind::erase:
                canvas.emit(staff::EraseDigit{});
                break;
            case widgets::PinKeyKind::enter:
                canvas.emit(staff::Unlock{});
                break;
        }
    }
}

}  // namespace

void draw_staff_door(const StaffCanvas& canvas, const staff::DoorView& door) {
    for (std::size_t index = 0; index < canvas.view.blocks.size(); ++index) {
        staff_block(canvas, canvas.view.blocks[index], "block_" + std::to_string(index));
    }
    if (!door.problem.empty()) {
        widgets::notice(canvas.ui, {"problem", widgets::NoticeKind::warning, {}, canvas.say(door.problem)});
    } else if (door.pin == staff::DoorSeen::Pin::set) {
        widgets::paragraph(canvas.ui, "ask", canvas.say("Enter the staff PIN."));
    }
    if (door.pin == staff::DoorSeen::Pin::set) {
        draw_pad(canvas, door);
    }
    widgets::gap(canvas.ui);
    const widgets::ButtonSpec stick{
        .key = "stick_key", .label = canvas.say("Use the key on a USB stick"), .kind = widgets::ButtonKind::link};
    if (widgets::button(canvas.ui, stick) == widgets::Press::activated) {
        canvas.emit(staff::UseStickKey{});
    }
}

}  // namespace pillarbox::screens
