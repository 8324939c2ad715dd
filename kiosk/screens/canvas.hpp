// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every screen draws with, and the frame that all of them share: header and footer in the same places, with the
// same names.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "accessibility/text/text_editor.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/view_model.hpp"
#include "kiosk/screens/speaker.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/choices.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::screens {

// The editor of one text field. `seen` is a hash of the answer last taken over from the flow: while that stands, the
// editor is ahead of the flow, not behind it.
struct Field {
    text::TextEditor editor;
    std::size_t seen = 0;
};
using Fields = std::map<std::string, Field>;  // by question path

struct Canvas {
    widgets::Ui& ui;
    const flow::ViewModel& view;
    const Speaker& speaker;
    Fields& fields;
    std::vector<flow::Event>& events;

    [[nodiscard]] std::string say(const flow::Text& text) const { return speaker.say(text); }
    [[nodiscard]] std::string say(std::string_view english) const { return speaker.say(english); }
    [[nodiscard]] widgets::Reveal reveal() const {
        return view.hides_answers ? widgets::Reveal::masked : widgets::Reveal::shown;
    }
    void emit(flow::Event event) const { events.push_back(std::move(event)); }
};

// What differs between pages. Empty labels are not shown; the events are what the buttons mean here.
struct Footer {
    std::string next_label;
    flow::Event next = flow::Next{};
    flow::Event back = flow::Back{};
    widgets::PageColumn column = widgets::PageColumn::reading;
};

// Draws `body` between header and footer, and the dialog that may lie over it; turns what was pressed into events.
void page(const Canvas& canvas, widgets::ProgressSpec progress, const Footer& footer,
          const std::function<void()>& body);

// Not before a page, but over one: "Back" closes it.
void overlay_page(const Canvas& canvas, const std::function<void()>& body,
                  widgets::PageColumn column = widgets::PageColumn::reading);

// A paragraph, if there is anything to say.
void say_paragraph(const Canvas& canvas, std::string_view key, const flow::Text& text,
                   widgets::Emphasis emphasis = widgets::Emphasis::normal);
// "This is not a way to get help", its first sentence in bold.
void safety_notice(const Canvas& canvas, const flow::Text& text);
// That staff type, where they do.
void say_assistance(const Canvas& canvas);
// Where answers are hidden: the button that shows those of this page, and hides them again.
void reveal_button(const Canvas& canvas);
// A button in the body that emits `event`.
void action_button(const Canvas& canvas, const widgets::ButtonSpec& spec, flow::Event event);

}  // namespace pillarbox::screens
