// SPDX-License-Identifier: GPL-3.0-or-later
//
// Some words and at most one way on: closed, not yet open, out of order, saving, not saved, and the goodbyes.
#include "kiosk/screens/screen_list.hpp"

namespace pillarbox::screens {

namespace {

Footer footer_of(const Canvas& canvas) {
    using enum flow::Screen;
    switch (canvas.view.screen) {
        case save_failed:
            return {.next_label = canvas.say("Try again"), .next = flow::Send{}};
        case declined:
        case erased:
            return {.next_label = canvas.say("Finish"), .next = flow::Finish{}};
        case not_yet_open:
        case closed:
        case out_of_order:
        case sending:
        case attract:
        case language:
        case notice:
        case under_18_notice:
        case form_page:
        case check:
        case receipt:
            break;
    }
    return {};
}

widgets::Icon icon_of(flow::Screen screen) {
    using enum flow::Screen;
    switch (screen) {
        case save_failed:
            return widgets::Icon::warning;
        case out_of_order:
            return widgets::Icon::repair;
        case declined:
        case erased:
            return widgets::Icon::check;
        case sending:
            return widgets::Icon::lock;
        case not_yet_open:
            return widgets::Icon::clock;
        case closed:
            return widgets::Icon::calendar;
        case attract:
        case language:
        case notice:
        case under_18_notice:
        case form_page:
        case check:
        case receipt:
            break;
    }
    return widgets::Icon::info;
}

}  // namespace

void draw_message(const Canvas& canvas, const flow::MessageView& view) {
    page(canvas, {}, footer_of(canvas), [&] {
        widgets::hero_icon(canvas.ui, "icon", icon_of(canvas.view.screen));
        widgets::heading(canvas.ui, "heading", canvas.say(view.heading));
        for (std::size_t index = 0; index < view.paragraphs.size(); ++index)
            say_paragraph(canvas, "paragraph_" + std::to_string(index), view.paragraphs[index]);
    });
}

}  // namespace pillarbox::screens
