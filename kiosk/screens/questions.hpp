// SPDX-License-Identifier: GPL-3.0-or-later
//
// One question of a form page as the widget of its kind. The widget's key is the question's path.
#pragma once

#include "kiosk/screens/canvas.hpp"

namespace pillarbox::screens {

// `heading` is the page's: a question that says the same does not say it twice, only to speech.
void draw_question(const Canvas& canvas, const flow::QuestionView& question, const std::string& heading);

}  // namespace pillarbox::screens
