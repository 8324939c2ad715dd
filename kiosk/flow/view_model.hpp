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
    date,          // a date or a time in parts, one field each
    range,         // a scale of steps
    ranking,       // choices to put in order
    notice,        // a note, or the labels above a table: nothing to answer
    acknowledge,   // one tick, "OK"
};

struct ChoiceView {
    std::string name;
    Text label;
    bool chosen = false;
    Text refusal{};  // why the last tap on it did nothing; empty otherwise
};

struct DatePartView {
    DatePart part{};
    Text label;
    std::string value;  // as typed
    bool wrong = false;
};

struct RangeView {
    std::size_t last = 0;                              // the steps are 0 to last
    std::optional<std::size_t> step;                   // empty until something is chosen
    std::size_t first_step = 0;                        // that "more" and "less" come to first
    double number = 0, low = 0, high = 0, stride = 1;  // for assistive technology
    Text chosen, low_label, high_label;
};

// Which keys a field is typed with.
enum class Keys { letters, whole_number, decimal_number };

struct QuestionView {
    std::string path;
    QuestionKind kind{};
    Text label, hint;
    bool required = false;
    bool read_only = false;
    std::string value;                // exact characters
    std::vector<ChoiceView> choices;  // of a ranking in its present order
    std::vector<DatePartView> parts;
    RangeView range;
    Keys keys = Keys::letters;
    bool masked = false;         // drawn as dots: appearance "masked"
    std::vector<Text> answered;  // the answer as it reads, where it is read-only
    Text problem;                // what is wrong and what to do; empty where nothing is
    Text refusal;                // why the last tap on a choice did nothing; empty otherwise
};

struct ProblemView {
    std::string path;  // the question to go to
    Text text;
    std::optional<DatePart> part{};  // the field of it
};

// One repetition in the list of its repeat.
struct RepetitionView {
    std::string path;
    Text name;    // "Person 2"
    Text answer;  // the first that was given in it
};
struct RepetitionsView {
    std::string path;  // of the repeat
    std::vector<RepetitionView> repetitions;
    bool can_add = false;
};

struct PageView {
    std::vector<Text> captions;  // the repetitions that the page stands in: "Person 2 of 3"
    Text heading, hint;
    std::uint64_t number = 0, total = 0;  // of the relevant pages, from 1
    std::vector<ProblemView> problems;    // the error summary; empty where nothing is to be shown
    std::vector<QuestionView> questions;
    std::optional<RepetitionsView> list;  // the page lists repetitions, and asks nothing
    std::string removable;                // the repetition that can be taken away from here; empty: none
    Text removable_name;
};

struct CheckAnswer {
    std::string path;
    Text question;
    std::vector<Text> answers;  // several choices, one each; empty where it was left out
    Text warning;               // the text looks as if it held a name, phone number or e-mail address
};
struct CheckSection {
    std::string path;            // of its first page
    Text heading;                // empty for questions that belong to nothing
    std::vector<Text> captions;  // as the page's
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
// "Remove Person 2?"
struct RemoveView {
    Text name;
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
    bool hides_answers = false;  // chosen so, and not asked to show them
    Capabilities capabilities;   // what can be chosen at all
    bool can_go_back = false;
    bool can_stop = false;                     // there is something to stop and erase
    Assistance assistance = Assistance::none;  // to be said where answers begin and where they are sent
    Body body;
    std::optional<HelpView> help;
    std::optional<RemoveView> remove;
    std::optional<IdleView> idle;  // the warning, over everything else
};

[[nodiscard]] ViewModel view_of(const Session& session);

}  // namespace pillarbox::flow
