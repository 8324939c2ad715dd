// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saved here, not yet sent, and the code to withdraw with. Withheld until asked for where being seen with it could
// harm.
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

// "K7QM-2F9D" -> "K 7 Q M, 2 F 9 D": letter by letter, with a rest between the groups.
std::string spelled(const std::string& code) {
    std::string spoken;
    for (const char letter : code) {
        if (letter == '-') {
            spoken += ',';
            continue;
        }
        if (!spoken.empty())
            spoken += ' ';
        spoken += letter;
    }
    return spoken;
}

void draw_code(const Canvas& canvas, const flow::ReceiptView& view) {
    widgets::code_display(canvas.ui, {"code", canvas.say("Your withdrawal code"), view.code, spelled(view.code)});
    widgets::paragraph(canvas.ui, "keep",
                       canvas.say("Write this code down or take a photo of it. It is shown only now."));
    say_paragraph(canvas, "withdrawal", view.withdrawal);
}

void draw_withheld(const Canvas& canvas) {
    widgets::notice(canvas.ui,
                    {"withheld",
                     widgets::NoticeKind::info,
                     {},
                     canvas.say("So that nobody near you can see that you took part, your withdrawal code is not "
                                "shown. You need it only if you may want to withdraw your answers.")});
    widgets::gap(canvas.ui);
    action_button(canvas,
                  {.key = "show_receipt",
                   .label = canvas.say("Show my withdrawal code"),
                   .kind = widgets::ButtonKind::secondary},
                  flow::ShowReceipt{});
}

}  // namespace

void draw_receipt(const Canvas& canvas, const flow::ReceiptView& view) {
    const Footer footer{.next_label = canvas.say("Finish and clear the screen"), .next = flow::Finish{}};
    page(canvas, {}, footer, [&] {
        widgets::hero_icon(canvas.ui, "saved_icon", widgets::Icon::sealed);
        widgets::heading(canvas.ui, "heading", canvas.say("Thank you"));
        widgets::notice(canvas.ui,
                        {"saved", widgets::NoticeKind::success, canvas.say("Your answers are saved on this device"),
                         canvas.say("They are not sent yet. We will send them to the committee.")});
        widgets::large_gap(canvas.ui);
        if (view.code.empty())
            draw_withheld(canvas);
        else
            draw_code(canvas, view);
        widgets::large_gap(canvas.ui);
        widgets::heading(canvas.ui, "complaints_heading", canvas.say("Questions and complaints"), 2);
        say_paragraph(canvas, "complaints", view.complaints);
    });
}

}  // namespace pillarbox::screens
