// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a screen needs to draw itself, and nothing else: screens stay dumb. Built anew from the session for each frame
// that changed; holds answers, so it is dropped with the frame.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kiosk/flow/session.hpp"
#include "kiosk/flow/text.hpp"

namespace pillarbox::flow {

struct AttractView {
    Text invitation, title, committee, safety;
    std::vector<Text> themes{};  // what the call is about, a few words each
    std::uint64_t minutes = 0;   // that the full path takes; 0 where the campaign does not say
    base::Day closes{};
};

// not_yet_open, closed, out_of_order, sending, save_failed, declined, erased: some words and at most a few buttons.
struct MessageView {
    Text heading;
    std::vector<Text> paragraphs;
};

struct LanguageView {
    std::vector<std::string> languages;  // BCP 47; named in their own script by the screen
    Text safety;
};

struct NoticeSection {
    Text heading;
    std::vector<Text> paragraphs;
};
struct NoticeView {
    Text heading;
    Text safety;
    std::vector<NoticeSection> sections;
};

enum class QuestionKind {
    one_choice,    // cards
    rating,        // cards in one row where they fit: appearance "likert"
    choice_list,   // a button that opens a full-page list: appearance "minimal"
    many_choices,  // ticks
    line,          // one line of text
    paragraph,     // several: appearance "multiline"
    number,        // integer or decimal
    notice,        // a note: nothing to answer
    acknowledge,   // one tick, "OK"
};

struct ChoiceView {
    std::string name;
    Text label;
    bool chosen = false;
    Text refusal{};  // why the last tap on it did nothing; empty otherwise
};

struct QuestionView {
    std::string path;
    QuestionKind kind{};
    Text label, hint;
    bool required = false;
    bool read_only = false;
    std::string value;  // exact characters
    std::vector<ChoiceView> choices;
    Text problem;  // what is wrong and what to do; empty where nothing is
    Text refusal;  // why the last tap on a choice did nothing; empty otherwise
};

struct ProblemView {
    std::string path;  // the question to go to
    Text text;
};

struct PageView {
    Text heading, hint;
    std::uint64_t number = 0, total = 0;  // of the relevant pages, from 1
    std::vector<ProblemView> problems;    // the error summary; empty where nothing is to be shown
    std::vector<QuestionView> questions;
};

struct CheckAnswer {
    std::string path;
    Text question;
    std::vector<Text> answers;  // several choices, one each; empty where it was left out
    Text warning;               // the text looks as if it held a name, phone number or e-mail address
};
struct CheckSection {
    std::string path;  // of the page
    Text heading;
    std::vector<CheckAnswer> answers;
};
struct CheckView {
    std::vector<CheckSection> sections;
    bool has_warning = false;
};

struct ReceiptView {
    std::string code;  // empty while the receipt is withheld
    base::Day withdraw_until{};
    Text withdrawal, complaints;
};

using Body = std::variant<AttractView, MessageView, LanguageView, NoticeView, PageView, CheckView, ReceiptView>;

struct HelpView {
    Text safety, others, withdrawal, complaints;
};
struct IdleView {
    std::uint64_t seconds_left = 0, seconds_in_all = 0;
};

struct ViewModel {
    Screen screen{};
    Overlay overlay{};  // under an idle warning, what lies below it: a curtain stays drawn
    std::string
        page_key;  // stable and untranslated: "page:/data/q1", "check"; focus goes to the heading when it changes
    std::string language;
    std::vector<std::string> languages;
    Preferences preferences;
    bool can_go_back = false;
    bool can_stop = false;  // there is something to stop and erase
    Body body;
    std::optional<HelpView> help;
    std::optional<IdleView> idle;  // the warning, over everything else
};

[[nodiscard]] ViewModel view_of(const Session& session);

}  // namespace pillarbox::flow
