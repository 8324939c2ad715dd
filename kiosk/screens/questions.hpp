// SPDX-License-Identifier: GPL-3.0-or-later
//
// One question of a form page as the widget of its kind. The widget's key is the question's path.
#pragma once

#include <functional>

#include "kiosk/screens/canvas.hpp"

namespace pillarbox::screens {

// `heading` is the page's: a question that says the same does not say it twice, only to speech.
void draw_question(const Canvas& canvas, const flow::QuestionView& question, const std::string& heading);

// --- question_parts.cpp: kinds that are put together from several controls ---
void draw_date(const Canvas& canvas, const flow::QuestionView& question, const std::string& heading);
void draw_range(const Canvas& canvas, const flow::QuestionView& question, const std::string& heading);
void draw_ranking(const Canvas& canvas, const flow::QuestionView& question, const std::string& heading);

// --- for both ---
// Empty where the page's heading says it already.
[[nodiscard]] std::string shown_label(const Canvas& canvas, const flow::QuestionView& question,
                                      const std::string& heading);
[[nodiscard]] std::string error_of(const Canvas& canvas, const flow::QuestionView& question);
// The key of one field of a date, for the editor, the node and the link from the error summary.
[[nodiscard]] std::string key_of_part(const std::string& path, flow::DatePart part);

// The editor at `key`. It is given `shown` when that has changed since it was last drawn, unless what was typed means
// the same.
using SameText = std::function<bool(const std::string& typed, const std::string& shown)>;
[[nodiscard]] text::TextEditor& editor_of(const Canvas& canvas, const std::string& key,
                                          const text::EditorLimits& limits, const std::string& shown,
                                          const SameText& same);

}  // namespace pillarbox::screens
