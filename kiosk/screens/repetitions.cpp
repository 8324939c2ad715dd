// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person adds several times: people of a household, visits, stops on a way.
#include "kiosk/screens/screen_list.hpp"
#include "kiosk/widgets/list_row.hpp"

namespace pillarbox::screens {

namespace {

void draw_row(const Canvas& canvas, const flow::RepetitionView& view) {
    const auto name = canvas.say(view.name);
    const widgets::ListRowSpec row{
        .key = view.path,
        .name = name,
        .answer = canvas.say(view.answer),
        .reveal = canvas.reveal(),
        .change_label = canvas.say("Change"),
        .change_name = canvas.say(flow::message("Change: {question}", {{"question", name}})),
        .remove_label = canvas.say("Remove"),
        .remove_name = canvas.say(flow::message("Remove {name}", {{"name", name}}))};
    switch (widgets::list_row(canvas.ui, row)) {
        case widgets::ListRowPress::none:
            break;
        case widgets::ListRowPress::change:
            canvas.emit(flow::Change{view.path});
            break;
        case widgets::ListRowPress::remove:
            canvas.emit(flow::AskRemove{view.path});
            break;
    }
}

}  // namespace

void draw_repetitions(const Canvas& canvas, const flow::RepetitionsView& view) {
    if (view.repetitions.empty())
        widgets::paragraph(canvas.ui, "none", canvas.say("You have added nothing here."));
    for (const auto& repetition : view.repetitions)
        draw_row(canvas, repetition);
    widgets::large_gap(canvas.ui);
    if (view.can_add)
        action_button(canvas,
                      {.key = "add",
                       .label = canvas.say(view.repetitions.empty() ? "Add one" : "Add another"),
                       .kind = widgets::ButtonKind::secondary},
                      flow::AddRepetition{view.path});
}

void draw_remove(const Canvas& canvas, const std::string& path, const flow::Text& name) {
    action_button(canvas,
                  {.key = "remove_repetition",
                   .label = canvas.say(flow::message("Remove {name}", {{"name", canvas.say(name)}})),
                   .kind = widgets::ButtonKind::link},
                  flow::AskRemove{path});
}

}  // namespace pillarbox::screens
