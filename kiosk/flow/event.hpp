// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that can happen to a session: what the person does (screens make these), and what the kiosk reports
// (kiosk/app makes those). Values only; no event carries a time but Tick.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>

#include "core/base/day.hpp"
#include "kiosk/flow/preferences.hpp"

namespace pillarbox::flow {

// --- what the person does ---

// From the attract screen to the choice of language.
struct Start {};

// One of the form's languages. Keeps every answer; closes the list of languages where that was open.
struct ChooseLanguage {
    std::string language;
};

// The notice was read: on to the form.
struct Understand {};

// "No thanks": wipes, then says goodbye.
struct Decline {};

// The plainer notice, and a form without contact details.
struct Under18 {};

// The exact characters typed; an empty value takes the answer away.
struct SetAnswer {
    std::string path, value;
};

// Adds or removes one choice of a select. May be refused, visibly: see QuestionView::refusal.
struct ToggleChoice {
    std::string path, choice;
};

// One part of a date or a time, as typed.
enum class DatePart { day, month, year, hour, minute };
struct SetDatePart {
    std::string path;
    DatePart part{};
    std::string typed;
};

// The step of a range question, from 0 at its start.
struct SetStep {
    std::string path;
    std::size_t step = 0;
};

// One place up or down in a ranking. `confirm` takes the order as it stands, and `choice` is empty.
enum class Move { up, down, confirm };
struct MoveChoice {
    std::string path, choice;
    Move move{};
};

// One more repetition of the repeat at `path` ("/data/person"), where its list is shown; opens its first page.
struct AddRepetition {
    std::string path;
};
// Takes "/data/person[2]" away, from the list or from one of its pages; asks first where it holds answers.
struct AskRemove {
    std::string path;
};
struct ConfirmRemove {};
struct CancelRemove {};

struct Next {};
struct Back {};

// From the check page to the page that asks `path`; Next then comes back to the check page. From the list of a repeat
// to the first page of the repetition `path`; after its last page comes the list.
struct Change {
    std::string path;
};

// Also "Try again" after a failed save.
struct Send {};

// Where the receipt is withheld at first.
struct ShowReceipt {};

// Leaves the receipt or a goodbye.
struct Finish {};

struct AskStop {};
struct ConfirmStop {};  // erases everything
struct CancelStop {};

struct OpenHelp {};
struct OpenLanguages {};
struct OpenAccessibility {};  // from every screen: what Prefer changes
struct HideAnswers {};        // a curtain over the screen, against eyes behind the shoulder

// Help, languages, accessibility or curtain.
struct CloseOverlay {};

// One preference, from any screen and at once: Prefer{Theme::dark}. What the kiosk can't do stays as it was.
struct Prefer {
    Preference chosen;
};
// While answers are hidden: shows those of this page, or hides them again. The next page hides its own.
struct RevealAnswers {};
// "Put all back".
struct ForgetPreferences {};

// Any touch or key that made no other event: puts off the idle warning, or takes it away.
struct Activity {};

// --- what the kiosk reports ---

// At least once a second while somebody is there.
struct Tick {
    std::chrono::milliseconds monotonic;
};

// The envelope is durable in the outbox; the code as it is shown, in groups.
struct Saved {
    std::string withdrawal_code;
};

// It is not. Nothing is lost, Send tries again.
struct SaveFailed {};

// These two show between two people, never in the middle of a session.
enum class Service { in_order, out_of_order };
struct ServiceChanged {
    Service service;
};
struct DayChanged {
    base::Day today;
};

// Headphones that came, a voice that is missing: at any time. What can't be done any more is no longer chosen.
struct CapabilitiesChanged {
    Capabilities capabilities;
};

// Staff help the next person, who starts now. Paper forms are copied one after another: that lasts from one session
// to the next, until one is not finished or the kiosk is left alone.
enum class Assistance { none, reading_or_typing, from_paper };
struct Assist {
    Assistance how;
};

using Event =
    std::variant<Start, ChooseLanguage, Understand, Decline, Under18, SetAnswer, ToggleChoice, SetDatePart, SetStep,
                 MoveChoice, AddRepetition, AskRemove, ConfirmRemove, CancelRemove, Next, Back, Change, Send,
                 ShowReceipt, Finish, AskStop, ConfirmStop, CancelStop, OpenHelp, OpenLanguages, OpenAccessibility,
                 HideAnswers, CloseOverlay, Prefer, RevealAnswers, ForgetPreferences, Activity, Tick, Saved,
                 SaveFailed, ServiceChanged, DayChanged, CapabilitiesChanged, Assist>;

}  // namespace pillarbox::flow
