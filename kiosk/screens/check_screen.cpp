// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that was answered, with Change on each, before it is sealed.
#include "kiosk/screens/screen_list.hpp"
#include "kiosk/widgets/summary.hpp"

namespace pillarbox::screens {

namespace {

std::string joined(const Canvas& canvas, const std::vector<flow::Text>& texts) {
    std::string all;
    for (const auto& text : texts) {
        if (!all.empty())
            all += '\n';
        all += canvas.say(text);
    }
    return all;
}

void draw_answer(const Canvas& canvas, const flow::CheckAnswer& answer) {
    const auto question = canvas.say(answer.question);
    const auto change = flow::message("Change: {question}", {{"question", question}});
    const widgets::SummaryRowSpec row{.key = answer.path,
                                      .question = question,
                                      .answer = joined(canvas, answer.answers),
                                      .reveal = canvas.reveal(),
                                      .change_label = canvas.say("Change"),
                                      .change_name = canvas.say(change)};
    if (widgets::summary_row(canvas.ui, row) == widgets::Press::activated)
        canvas.emit(flow::Change{answer.path});
    if (!answer.warning.empty())
        widgets::notice(canvas.ui,
                        {answer.path + "/warning", widgets::NoticeKind::warning, {}, canvas.say(answer.warning)});
}

}  // namespace

void draw_check(const Canvas& canvas, const flow::CheckView& view) {
    page(canvas, {}, {.next_label = canvas.say("Send my answers"), .next = flow::Send{}}, [&] {
        widgets::heading(canvas.ui, "heading", canvas.say("Check your answers"));
        say_assistance(canvas);
        reveal_button(canvas);
        widgets::paragraph(
            canvas.ui, "sealing",
            canvas.say("When you send your answers, they are sealed. Only the committee can open them."));
        if (view.has_warning)
            widgets::notice(
                canvas.ui,
                {"warning", widgets::NoticeKind::warning, {}, canvas.say("Some answers may show who somebody is")});
        for (const auto& section : view.sections) {
            widgets::gap(canvas.ui);
            for (std::size_t index = 0; index < section.captions.size(); ++index)
                widgets::caption(canvas.ui, "caption:" + section.path + std::to_string(index),
                                 canvas.say(section.captions[index]));
            if (!section.heading.empty())
                widgets::heading(canvas.ui, "section:" + section.path, canvas.say(section.heading), 2);
            for (const auto& answer : section.answers)
                draw_answer(canvas, answer);
        }
    });
}

}  // namespace pillarbox::screens
