// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts that view_of() is put together from: form pages, the check page, and the words of every other screen.
#pragma once

#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/view_model.hpp"

namespace pillarbox::flow {

// --- view_page.cpp ---
[[nodiscard]] PageView page_view(const Session& session);
[[nodiscard]] CheckView check_view(const Session& session);
[[nodiscard]] std::optional<RemoveView> remove_view(const Session& session);

// --- view_question.cpp ---
[[nodiscard]] QuestionKind kind_of(const form::Node& node);
[[nodiscard]] Text label_of(const Session& session, const Question& question);
[[nodiscard]] QuestionView question_view(const Session& session, const Question& question);
// How the answer reads, one text a line; empty where there is none.
[[nodiscard]] std::vector<Text> answer_texts(const Session& session, const Question& question);
[[nodiscard]] Text text_of_problem(const Session& session, const Question& question, const form::Problem& problem);

// --- view_words.cpp ---
// The campaign's text in the session's language.
[[nodiscard]] Text campaign_text(const Session& session, std::string_view name);
[[nodiscard]] AttractView attract_view(const Session& session);
[[nodiscard]] NoticeView notice_view(const Session& session);
[[nodiscard]] NoticeView under_18_view(const Session& session);
[[nodiscard]] MessageView message_view(const Session& session);
[[nodiscard]] ReceiptView receipt_view(const Session& session);
[[nodiscard]] HelpView help_view(const Session& session);

}  // namespace pillarbox::flow
